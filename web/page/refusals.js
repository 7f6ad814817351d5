// Why the page cannot start, or a part of it was refused: in words that say what to do.
import { isStarting } from './loading.js';

const NOTICE = 100;  // milliseconds in which a browser tells that a policy was the cause
const LESS_THAN = '<'.charCodeAt(0);
const KILOBYTE = 1024;
const COPY = 'Reload the page; if that does not help, the whole folder has to be copied to the server anew.';

const violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  if (event.disposition === 'enforce') violations.push(event);
});

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** What came in a part's place: its `response`, and of the body the `first` byte, and `bytes` where there should be `size`. */
export class Refusal extends Error {
  constructor(name, about) {
    super(`${name} was refused`);
    Object.assign(this, about);
  }
}

function signIn(name) {
  return `the server sends a web page in place of ${name}. If it wants a sign-in, sign in in another tab and reload this page.`;
}

function forbidden(name, directive) {
  return `the server's Content-Security-Policy forbids ${name}: ${directive} has to allow 'self'.`;
}

/** The directive by which a policy has forbidden a part, or undefined. */
function forbiddenBy(address) {
  const violation = violations.find(({ blockedURI }) => blockedURI === address);
  return violation?.effectiveDirective.replace(/-elem$/, '');
}

/** Whether a browser runs what a server calls so. */
const isScript = (type) => /^(text|application)\/(x-)?(java|ecma)script\s*(;|$)/i.test(type);

async function sendsElsewhere(address) {
  try {
    return (await fetch(address, { redirect: 'manual', cache: 'no-store' })).type === 'opaqueredirect';
  } catch {
    return false;
  }
}

/** Why nothing came at all. */
async function reasonOfNothing(name, address) {
  await pause(NOTICE);
  // First, because the page's own policy forbids the other host that many are sent to.
  if (await sendsElsewhere(address)) return signIn(name);
  const directive = forbiddenBy(address);
  if (directive) return forbidden(name, directive);
  if (self.origin === 'null') {
    return 'the frame that shows it lets it fetch nothing. Its attribute sandbox has to say "allow-scripts allow-same-origin"; ' +
      'floodlight-offline.html needs allow-scripts alone.';
  }
  if (!isStarting()) return `${name} could not be fetched: the server does not answer. What is here works on; try it again later.`;
  return `${name} could not be fetched. Check the connection and reload the page.`;
}

/** Why a script does not run though the right bytes have come, as what `type` says. */
export async function reasonOfScript(name, address, type) {
  // The browser asks for it itself, and the server may be gone by then.
  if (isScript(type)) return reasonOfNothing(name, address);
  await pause(NOTICE);
  const directive = forbiddenBy(address);
  if (directive) return forbidden(name, directive);
  return `the server calls ${name} "${type}", and browsers run only what is called text/javascript.`;
}

/** Why a part did not come, or was not taken. */
export async function reasonOf(error, name, address) {
  if (!(error instanceof Refusal)) return reasonOfNothing(name, address);
  const { response, first, bytes, size } = error;
  if (response.status === 404 || response.status === 410) {
    return `the server has no ${name} (${response.status}). The whole folder has to be copied to it.`;
  }
  if (!response.ok) return `the server refuses ${name} (${response.status}). Reload the page later, or ask who runs the server.`;
  if (first === LESS_THAN) return signIn(name);
  if (bytes < size) {
    return `${name} was cut off after ${Math.floor(bytes / KILOBYTE)} of ${Math.ceil(size / KILOBYTE)} KB. ${COPY}`;
  }
  return `${name} is not the one that this page was made for: it is of another version, or damaged. ${COPY}`;
}

/** Why the right program does not start; `error` is what the browser says. */
export async function reasonOfProgram(error) {
  await pause(NOTICE);
  if (violations.some(({ blockedURI }) => blockedURI === 'wasm-eval') || /unsafe-eval/.test(error.message)) {
    return "the server's Content-Security-Policy forbids WebAssembly: script-src has to allow 'wasm-unsafe-eval'.";
  }
  return `this browser cannot run it (${error.message}). A current Firefox, Chrome, Edge or Safari can.`;
}

/**
 * Whether the server has another version's index.html by now. A page that has only begun is opened anew from it, once;
 * the browser's own reloading asks for index.html anyway.
 * @param list the element of index.html that lists its parts
 */
export async function isOutdated(list) {
  let text = '';
  try {
    text = await (await fetch(location.href, { cache: 'reload' })).text();
  } catch {
    return false;
  }
  const [, there] = text.split(`id="${list.id}">`);
  if (there === undefined || there.startsWith(list.textContent)) return false;
  if (!isStarting() || performance.getEntriesByType('navigation')[0]?.type === 'reload') return true;
  // One that keeps the page for later would open the old one again.
  await navigator.serviceWorker?.getRegistration().then((keeper) => keeper?.unregister()).catch(() => {});
  location.reload();
  return new Promise(() => {});
}
