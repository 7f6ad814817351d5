// What the page fetches before its first labelled picture, file by file as a server would send it, against the limit; then
// what it fetches after it.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {fileURLToPath} from 'node:url';

const kilobyte = 1024;
const limit = 450 * kilobyte;
const fontLimit = 60 * kilobyte;
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
const fonts = path.join(root, 'build/web/fonts');

// Asked for when the first picture is there.
const isDeferred = (name) => ['floodlight-deferred.wasm', 'floodlight-deferred.js', 'many-worker.js'].includes(name);
// These are for others than a visitor of the page.
const isForOthers = (name) => /^(core|samples)\//.test(name) || name === 'floodlight-offline.html';

function brotliSize(file) {
  return zlib.brotliCompressSync(fs.readFileSync(file), {
    params: {[zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: fs.statSync(file).size},
  }).length;
}

// Every file that index.html names, or that a file so reached names: at least what is fetched, never less.
function reachableFromIndex() {
  const all = fs.readdirSync(dist, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter((name) => !isForOthers(name));
  const reached = ['index.html'];
  for (const name of reached) {
    if (name.endsWith('.wasm')) continue;
    const text = fs.readFileSync(path.join(dist, name), 'utf8');
    for (const other of all) {
      if (!reached.includes(other) && text.includes(path.basename(other))) reached.push(other);
    }
  }
  return reached;
}

const show = (label, raw, compressed) =>
  console.log(`  ${label.padEnd(36)}${(raw / kilobyte).toFixed(1).padStart(9)}${(compressed / kilobyte).toFixed(1).padStart(9)}`);

console.log(`  ${'before the first labelled picture'.padEnd(36)}${'KB'.padStart(9)}${'brotli'.padStart(9)}`);
let rawTotal = 0;
let total = 0;
const sizes = (name) => [fs.statSync(path.join(dist, name)).size, brotliSize(path.join(dist, name))];
const names = reachableFromIndex();
for (const name of names.filter((reached) => !isDeferred(reached))) {
  const [raw, compressed] = sizes(name);
  rawTotal += raw;
  total += compressed;
  show(name, raw, compressed);
}
show(`in all (at most ${limit / kilobyte})`, rawTotal, total);
for (const name of names.filter(isDeferred)) show(`after it: ${name}`, ...sizes(name));
const fontFiles = fs.readdirSync(fonts).map((name) => path.join(fonts, name));
const fontTotal = fontFiles.reduce((sum, file) => sum + brotliSize(file), 0);
show(`of which fonts (at most ${fontLimit / kilobyte})`, fontFiles.reduce((sum, file) => sum + fs.statSync(file).size, 0), fontTotal);

if (total > limit || fontTotal > fontLimit) {
  console.error('The page is too large.');
  process.exitCode = 1;
}
