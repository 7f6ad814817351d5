// The page's first script: fetches the program ahead, watches that it comes, and says at once what cannot succeed.
import { hasBegun, stop, watch } from './loading.js';
import { checkRunning, moduleOf, runScript } from './parts.js';
import { reasonOfProgram } from './refusals.js';

const PROGRAM = 'floodlight.js';
const own = document.currentScript.src;
let problem = null;  // what the browser says of the program

function giveUp(error) {
  stop(`Floodlight cannot start: ${error.message}`);
}

/** A host's policy may forbid the style that index.html carries, but not this. */
function adoptStyle() {
  const style = document.querySelector('style');
  if (style.sheet) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style.textContent);
  document.adoptedStyleSheets = [sheet];
}

/** The scripts that index.html names have run or have been refused: a program that has not begun is fetched anew. */
async function mend() {
  if (hasBegun()) return;
  try {
    if (!problem) await runScript(PROGRAM);
    if (!hasBegun()) throw new Error(await reasonOfProgram(problem ?? new Error(PROGRAM)));
  } catch (error) {
    giveUp(error);
  }
}

if (location.protocol === 'file:') {
  stop('This folder needs a web server. From a disk opens the file that lies beside this one:',
    { text: 'floodlight-offline.html', address: `./floodlight-offline.html${location.hash}` });
} else {
  adoptStyle();
  watch();
  addEventListener('error', (event) => { if (event.filename?.includes(`/${PROGRAM}?`)) problem ??= event; });
  addEventListener('DOMContentLoaded', mend);
  checkRunning('start.js', own);
  // Its problems are told by the app's script, which asks for it too.
  if (typeof WebAssembly === 'object') moduleOf('floodlight.wasm').catch(() => {});
}
