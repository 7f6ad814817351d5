// Starts the app: checks the browser, takes the module that start.js has asked for, and says what went wrong if it does.
import { Gate } from './gate.js';
import { Host } from './host.js';
import { began } from './loading.js';
import { isCarried, moduleOf } from './parts.js';
import { reasonOfProgram } from './refusals.js';
import { Rescue } from './rescue.js';

const FIRST_PAUSE = 1000;  // milliseconds
const LONGEST_PAUSE = 30_000;

const loading = document.getElementById('loading');
const problem = document.getElementById('problem');
const canvas = document.getElementById('canvas');

/** Shows a sentence over the page. `fatal`: the app has stopped, and its last picture goes dim. */
function tell(sentence, fatal) {
  if (document.body.classList.contains('stopped')) return;  // what came first is the cause
  loading.hidden = true;
  problem.querySelector('p').textContent = sentence;
  problem.hidden = false;
  document.body.classList.toggle('stopped', fatal);
  if (fatal) document.getElementById('mirror').inert = true;
}

function giveUp(sentence) {
  tell(sentence, true);
}

/** The program has stopped: its last picture stays, with ways to save and to go on. */
function stop(sentence) {
  if (document.body.classList.contains('stopped')) return;
  gate.shut();
  host.stop();
  giveUp(sentence);
  new Rescue(problem, host, gate);
}

const host = new Host(canvas, (sentence) => (host.app ? stop(sentence) : giveUp(sentence)));
const gate = new Gate((error) => {
  console.error(error);
  stop('Something in Floodlight went wrong, and it has stopped.');
});

/** What an error says about itself, whatever was thrown. */
function wording(error) {
  return error?.message || String(error ?? 'unknown error');
}

function watchErrors() {
  // Resizing inside a resize observer is reported as an error and is none.
  const harmless = (text) => text.includes('ResizeObserver loop');
  const unexpected = (error) => {
    tell(`Something went wrong in the page: ${wording(error)}. Reload it if it does not answer.`, false);
  };
  addEventListener('error', (event) => {
    if (harmless(event.message)) return;
    unexpected(event.error ?? event.message);
  });
  addEventListener('unhandledrejection', (event) => {
    unexpected(event.reason);
  });
  problem.querySelector('button').addEventListener('click', () => { problem.hidden = true; });
}

/** A sentence about what this browser lacks, or null. */
function missing() {
  if (typeof WebAssembly !== 'object') {
    return 'Floodlight needs WebAssembly, which this browser does not have or which is switched off.';
  }
  return null;
}

/** Why the app has not come up, whatever was thrown. */
function reason(error) {
  return error instanceof WebAssembly.CompileError ? reasonOfProgram(error) : wording(error);
}

async function instantiateFirst(imports) {
  const module = await moduleOf('floodlight.wasm');
  return { module, instance: await WebAssembly.instantiate(module, imports) };
}

/** Resolves after so many milliseconds, or when the network is back. */
function pause(time) {
  return new Promise((resolve) => {
    setTimeout(resolve, time);
    addEventListener('online', resolve, { once: true });
  });
}

/**
 * Adds the part of the program that the first picture does without (tools/split-wasm.mjs); what needs it has waited. Tried
 * until it is there, with ever longer pauses.
 */
async function addRest(app, host, primary) {
  let module = null;
  let said = '';
  for (let wait = FIRST_PAUSE; !module; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    try {
      module = await moduleOf('floodlight-deferred.wasm');
    } catch (error) {
      const sentence = `Floodlight is not whole: ${await reason(error)} It is asked for again by itself.`;
      if (sentence !== said) tell(sentence, false);
      said = sentence;
      console.error(error);
      await pause(wait);
    }
  }
  if (said && !document.body.classList.contains('stopped')) problem.hidden = true;
  await WebAssembly.instantiate(module, { primary });
  app.everythingLoaded();
  host.files.everythingLoaded();
  app.whole = true;
}

/** Whether what the program throws is caught. It throws where a file is bad or memory is full, and nowhere on the way to a picture. */
function catchesExceptions(app) {
  return Boolean(gate.trial(() => app._catches_exceptions()));
}

/** What the page does when it is there and has time. */
async function afterwards() {
  if (isCarried('floodlight.wasm') || !canBeKept()) return;
  try {
    const { keepForLater } = await import('./updates.js');
    await keepForLater();
  } catch {
    // The page is whole without, and whoever needs what came with it asks again, and is told.
  }
}

/** Whether the browser keeps pages for later: not on plain http:, and not where a page has no origin. */
function canBeKept() {
  try {
    return 'serviceWorker' in navigator && navigator.serviceWorker !== undefined;
  } catch {
    return false;
  }
}

/** Resolves after the app's first frame. */
async function firstFrame(app) {
  while (app.frames() < 1) await new Promise(requestAnimationFrame);
}

async function start() {
  began();
  watchErrors();
  const lack = missing();
  if (lack) {
    giveUp(lack);
    return;
  }
  let failed = null;
  let first = null;
  const options = {
    host,
    instantiateWasm(imports, done) {
      instantiateFirst(imports).then(({ instance, module }) => {
        first = instance;
        done({ exports: gate.exports(instance.exports) }, module);
      }, (error) => failed(error));
      return {};
    },
    print: (text) => console.log(text),
    printErr: (text) => console.error(text),
  };
  let app = null;
  try {
    const { default: createFloodlight } = await import('./floodlight.js');
    app = await new Promise((resolve, reject) => {
      failed = reject;
      createFloodlight(options).then(resolve, reject);
    });
    // Without a GPU the processor draws, which is in the part that else comes after the first picture.
    if (app.drawsByProcessor()) await addRest(app, host, first.exports);
    await firstFrame(app);
    loading.hidden = true;
    globalThis.floodlight = Object.assign(app, { ready: true, whole: app.whole === true, settled: () => host.settled() });
  } catch (error) {
    giveUp(`Floodlight cannot start: ${await reason(error)}`);
    console.error(error);
    return;
  }
  if (!app.whole) await addRest(app, host, first.exports);
  if (!document.body.classList.contains('stopped') && !catchesExceptions(app)) {
    tell("This browser does not catch Floodlight's own errors: all works, but a bad file or a full memory stops the page. " +
      'A current Firefox, Chrome, Edge or Safari goes on.', false);
  }
  await afterwards();
}

start();
