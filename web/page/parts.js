// The page's parts: fetched and checked before they run, or carried by the page itself when it is the offline file.
//
// What each part has to be stands in index.html, written there by tools/assemble-page.mjs: its name, its size in bytes, and its
// SHA-256. Whatever else comes under that name is asked for once more, past the browser's cache, and then refused.
import { progress } from './loading.js';
import { isOutdated, reasonOf, reasonOfScript, Refusal } from './refusals.js';
import { Sha256 } from './sha256.js';

const TURN = 8;  // milliseconds of unpacking after which the page has a turn
const PIECE = 1 << 14;  // bytes that are unpacked in one go; what they become is ten times as much
const FIRST_DIGIT = '!'.charCodeAt(0);
const NO_DIGIT = '<'.charCodeAt(0);  // it could end the element

const list = document.getElementById('parts');
const parts = JSON.parse(list?.textContent ?? '{}');
const programs = new Map();  // what became of what was asked for: wasm files and scripts by name, parts by what carries them
let running = null;  // resolves when the script that runs already is found to be the right one

/** Where a part lies. The address says what is in it, as tools/assemble-page.mjs writes it: no cache mixes two versions. */
export function addressOf(name) {
  return new URL(`${name}?${encodeURIComponent(parts[name][1].slice(0, 8))}`, location.href).href;
}

/** The elements that carry parts, by the parts' names: the offline file's (tools/make-offline.mjs). */
const carriers = new Map([...document.querySelectorAll('[data-carries]')]
  .flatMap((element) => element.dataset.carries.split(' ').map((name) => [name, element])));

/** Whether the page brings a part along, as the offline file does. */
export function isCarried(name) {
  return carriers.has(name);
}

/** The bytes of a .wasm file as a response of the page's own: not every static host knows its type. */
function wasmResponse(body) {
  return new Response(body, { headers: { 'content-type': 'application/wasm' } });
}

/** Reads a part to its end, and refuses it if it is not what this page was made for. */
async function check(name, response) {
  const [size, digest] = parts[name];
  const reader = response.body.getReader();
  const sha = new Sha256();
  let bytes = 0;
  let first = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    first ??= value[0];
    bytes += value.length;
    sha.update(value);
    progress(name, bytes, size);
  }
  if (sha.base64() !== digest) throw new Refusal(name, { response, first, bytes, size });
}

/** Fetches a part while `use` takes its response; resolves to `{ made }`, what `use` promises, if the part is the right one. */
async function attempt(name, use, cache, address) {
  progress(name, 0, parts[name][0]);
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Refusal(name, { response });
  const copy = response.clone();
  const made = use(response);
  made.catch(() => {});  // not wanted if the bytes are wrong
  await check(name, copy);
  return { made };
}

/** What `use` makes of a part's response, fetched again if need be. */
async function fetched(name, use, address) {
  let right = null;
  try {
    right = await attempt(name, use, 'default', address).catch(() => attempt(name, use, 'reload', address));
  } catch (error) {
    if (error instanceof Refusal && await isOutdated(list)) {
      throw new Error('the server has another version of Floodlight by now. Reload the page.');
    }
    throw new Error(await reasonOf(error, name, address));
  }
  return right.made;
}

/** Bytes written as digits to the base of 85: five of them are four bytes. */
function bytesOfDigits(text) {
  const words = new DataView(new ArrayBuffer((text.length / 5) * 4));
  for (let i = 0; i < text.length; i += 5) {
    let word = 0;
    for (let j = i; j < i + 5; ++j) {
      const code = text.charCodeAt(j);
      word = word * 85 + code - FIRST_DIGIT - (code > NO_DIGIT);
    }
    words.setUint32((i / 5) * 4, word);
  }
  return new Uint8Array(words.buffer);
}

/** Calls `work` with each beginning of a piece of so many bytes, and lets the page have its turns. */
async function byPieces(length, piece, work) {
  let until = performance.now() + TURN;
  for (let at = 0; at < length; at += piece) {
    work(at);
    if (performance.now() < until) continue;
    await new Promise((resolve) => { setTimeout(resolve); });
    until = performance.now() + TURN;
  }
}

/** The parts that an element carries, `{name: bytes}`: each is checked as one that was fetched. */
async function unpacked({ dataset, textContent }) {
  const names = dataset.carries.split(' ');
  const packed = bytesOfDigits(textContent.trim()).subarray(0, Number(dataset.bytes));
  const all = new Uint8Array(names.reduce((sum, name) => sum + parts[name][0], 0));
  let end = 0;
  const decoder = new globalThis.fzstd.Decompress((bytes) => {
    all.set(bytes, end);
    end += bytes.length;
  });
  await byPieces(packed.length, PIECE, (at) => decoder.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length));
  const found = {};
  let begin = 0;
  for (const name of names) {
    const [size, digest] = parts[name];
    const bytes = all.subarray(begin, begin += size);
    const sha = new Sha256();
    await byPieces(size, 4 * PIECE, (at) => sha.update(bytes.subarray(at, at + 4 * PIECE)));
    if (sha.base64() !== digest) throw new Error(`${name} is another`);
    found[name] = bytes;
  }
  return found;
}

/** What a part's response is made into, wherever the part comes from. */
async function part(name, use) {
  if (!isCarried(name)) {
    const [made] = await Promise.all([fetched(name, use, addressOf(name)), running]);
    return made;
  }
  const carrier = carriers.get(name);
  let found = null;
  try {
    found = await once(carrier, () => unpacked(carrier));
  } catch {
    throw new Error('this file was damaged or cut off. It has to be copied anew.');
  }
  return use(wasmResponse(found[name]));
}

/** What is asked for once, however often it is needed; after a failure it is asked for again. */
function once(name, make) {
  if (!programs.has(name)) {
    const made = make();
    programs.set(name, made);
    made.catch(() => programs.delete(name));
  }
  return programs.get(name);
}

/** A part's bytes. */
export function bytesOf(name) {
  return part(name, (response) => response.arrayBuffer());
}

/** A .wasm file, compiled. */
export function moduleOf(name) {
  return once(name, () => part(name, (response) => {
    const known = response.headers.get('content-type') === 'application/wasm';
    return WebAssembly.compileStreaming(known ? response : wasmResponse(response.body));
  }));
}

/** Runs a script of the page's own, which the browser itself checks as well. */
export function runScript(name) {
  return once(name, async () => {
    const type = await part(name, async (response) => {
      await response.arrayBuffer();
      return response.headers.get('content-type');
    });
    const script = document.createElement('script');
    Object.assign(script, { src: addressOf(name), integrity: `sha256-${parts[name][1]}`, crossOrigin: 'anonymous' });
    const ran = await new Promise((resolve) => {
      script.onload = () => resolve(true);
      script.onerror = () => resolve(false);
      document.head.append(script);
    });
    if (!ran) throw new Error(await reasonOfScript(name, script.src, type));
  });
}

/**
 * Makes sure that a script which runs already is the one of this page; nothing else is made of parts before. The browser ran
 * it unchecked, because from a disk and in a sandboxed frame it runs nothing that is to be checked, and someone has to say
 * what is wrong there.
 * @param address where it came from
 */
export function checkRunning(name, address) {
  const readAll = (response) => response.arrayBuffer();
  running = attempt(name, readAll, 'force-cache', address).catch(async () => {
    await fetched(name, readAll, address);
    throw new Error(`an old ${name} was in the way. Reload the page.`);
  });
  running.catch(() => {});  // told by what waits for it
}
