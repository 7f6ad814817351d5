// The notice that stands until the app is there: how much of it has come, that nothing comes, or why it cannot start.

const QUIET = 8000;  // milliseconds without a byte after which the notice says so
const LOOK = 500;
const KILOBYTE = 1024;

const loading = document.getElementById('loading');
const line = loading.querySelector('[data-loading]');
const late = document.getElementById('late');
const parts = new Map();  // `[bytes that have come, bytes in all]` by name
let heard = performance.now();
let begun = false;
let stopped = false;

/** The app's script runs: from here on it speaks for itself. */
export function began() {
  begun = true;
  late.hidden = true;
}

/** Whether the app's script has run. */
export function hasBegun() {
  return begun;
}

/** Whether the app is not there yet. */
export function isStarting() {
  return !loading.hidden;
}

/** Of a part this much has come; it is asked for with 0. */
export function progress(name, bytes, size) {
  heard = performance.now();
  parts.set(name, [bytes, size]);
  if (stopped) return;
  const [come, all] = [...parts.values()].reduce((sums, both) => sums.map((sum, i) => sum + both[i]), [0, 0]);
  line.textContent = come < all ? `Loading: ${Math.round(come / KILOBYTE)} of ${Math.round(all / KILOBYTE)} KB` : 'Starting';
}

/** Puts a sentence in the place of the progress. @param link `{text, address}` of what helps */
export function stop(sentence, link) {
  if (stopped || !isStarting()) return;  // what came first is the cause
  stopped = true;
  late.hidden = true;
  loading.setAttribute('role', 'alert');
  line.textContent = sentence;
  if (!link) return;
  const anchor = document.createElement('a');
  anchor.href = link.address;
  anchor.textContent = link.text;
  line.after(anchor);
}

/** Says so while nothing comes. A machine that compiles, or whose bytes come slowly, is left in peace. */
export function watch() {
  late.hidden = true;
  late.className = '';
  late.textContent = 'Nothing has come for some time. Check the connection; as soon as the rest is here, Floodlight starts.';
  const timer = setInterval(() => {
    const complete = begun && [...parts.values()].every(([bytes, size]) => bytes === size);
    if (complete || stopped || !isStarting()) clearInterval(timer);
    late.hidden = complete || stopped || performance.now() - heard < QUIET;
  }, LOOK);
}
