// What the page fetches before its first labelled picture, file by file as a server would send it, against the limit; then
// what it fetches after it.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {fileURLToPath} from 'node:url';

const kilobyte = 1024;
// Some hosts serve gzip alone.
const limits = {brotli: 330 * kilobyte, gzip: 400 * kilobyte};
const fontLimit = 60 * kilobyte;
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
const fonts = path.join(root, 'build/web/fonts');

// Asked for when the first picture is there, or by what installs the page.
const isDeferred = (name) => /^icon-\d+\.png$/.test(name) || ['floodlight-deferred.wasm', 'floodlight-deferred.js', 'core-worker.js',
  'THIRD_PARTY.txt', 'service-worker.js', 'manifest.json'].includes(name);
// These are for others than a visitor of the page.
const isForOthers = (name) => /^(core|samples)\//.test(name) || name === 'floodlight-offline.html';

function sizesOf(file) {
  const bytes = fs.readFileSync(file);
  const {BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT} = zlib.constants;
  const params = {[BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length};
  return {raw: bytes.length, brotli: zlib.brotliCompressSync(bytes, {params}).length, gzip: zlib.gzipSync(bytes, {level: 9}).length};
}
const sumOf = (files) => files.map(sizesOf).reduce(
  (sum, one) => ({raw: sum.raw + one.raw, brotli: sum.brotli + one.brotli, gzip: sum.gzip + one.gzip}),
  {raw: 0, brotli: 0, gzip: 0});

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

const columns = (values) => values.map((value) => value.padStart(9)).join('');
const show = (label, {raw, brotli, gzip}) =>
  console.log(`  ${label.padEnd(44)}${columns([raw, brotli, gzip].map((size) => (size / kilobyte).toFixed(1)))}`);
const inDist = (name) => path.join(dist, name);

console.log(`  ${'before the first labelled picture'.padEnd(44)}${columns(['KB', 'brotli', 'gzip'])}`);
const names = reachableFromIndex();
const first = names.filter((name) => !isDeferred(name));
for (const name of first) show(name, sizesOf(inDist(name)));
const total = sumOf(first.map(inDist));
show(`in all (at most ${limits.brotli / kilobyte} brotli, ${limits.gzip / kilobyte} gzip)`, total);
for (const name of names.filter(isDeferred)) show(`after it: ${name}`, sizesOf(inDist(name)));
const fontTotal = sumOf(fs.readdirSync(fonts).map((name) => path.join(fonts, name)));
show(`of which fonts (at most ${fontLimit / kilobyte} brotli)`, fontTotal);

for (const [coding, limit] of Object.entries(limits)) {
  if (total[coding] <= limit) continue;
  console.error(`The page is too large: ${(total[coding] / kilobyte).toFixed(1)} KB of ${coding} where ${limit / kilobyte} are allowed.`);
  process.exitCode = 1;
}
if (fontTotal.brotli > fontLimit) {
  console.error('The fonts are too large.');
  process.exitCode = 1;
}
