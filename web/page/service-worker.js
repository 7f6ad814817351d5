// Keeps the page for when there is no network: every file by its content, one whole version at a time.
//
// The browser itself fetches this script past every cache when the page is opened (web/page/updates.js); another build's has
// another list, and so another version is noticed. It is installed beside the one that runs: all of its files are fetched and
// checked before it counts, or none of it does. It takes over when the reader says so, or when no page is open.

/** The page's files as `{"name": ["address", "digest in base64"], ...}`; tools/assemble-page.mjs writes them here. */
const FILES = {};

const PREFIX = `floodlight ${registration.scope} `;
const PAGE = 'index.html';
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', json: 'application/json', png: 'image/png',
  txt: 'text/plain; charset=utf-8', wasm: 'application/wasm' };

const absolute = (address) => new URL(address, registration.scope).href;
const own = PREFIX + FILES[PAGE][1];

async function digestOf(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
}

/** A file of this version, from the browser's cache or past it; what is something else is refused. */
async function fetched(name) {
  const [address, digest] = FILES[name];
  for (const cache of ['default', 'reload']) {
    const response = await fetch(absolute(address), { cache });
    const bytes = await response.arrayBuffer();
    if (!response.ok || await digestOf(bytes) !== digest) continue;
    const headers = { 'content-type': TYPES[name.split('.').pop()] };
    const policy = response.headers.get('content-security-policy');
    if (policy) headers['content-security-policy'] = policy;
    return new Response(bytes, { headers });
  }
  throw new Error(`${name} is not the one of this version`);
}

/** A file that another version has brought already, where the address says what is in it. */
async function kept(address) {
  return address.includes('?') ? caches.match(address) : undefined;
}

async function install() {
  const store = await caches.open(own);
  try {
    await Promise.all(Object.keys(FILES).map(async (name) => {
      const address = absolute(FILES[name][0]);
      await store.put(address, await kept(address) ?? await fetched(name));
    }));
  } catch (error) {
    await caches.delete(own);
    throw error;
  }
}

/** Two versions are kept: a page of the one before may still be open, and wants its later parts. */
async function dropOld() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== own);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** What is kept under the address; from the server what is not. */
async function answer(request, address) {
  const store = await caches.open(own);
  return await store.match(address) ?? await kept(address) ?? fetch(request);
}

addEventListener('install', (event) => event.waitUntil(install()));

addEventListener('activate', (event) => event.waitUntil(dropOld().then(() => clients.claim())));

addEventListener('message', ({ data }) => {
  if (data === 'take over') skipWaiting();
});

addEventListener('fetch', (event) => {
  const { request } = event;
  // What asks past every cache asks the server.
  if (request.method !== 'GET' || request.cache === 'reload' || request.cache === 'no-store') return;
  const [address] = request.url.split(/[?#]/);
  if (request.mode === 'navigate') {
    if (address === registration.scope || address === absolute(PAGE)) event.respondWith(answer(request, registration.scope));
  } else if (address.startsWith(registration.scope)) {
    event.respondWith(answer(request, request.url));
  }
});
