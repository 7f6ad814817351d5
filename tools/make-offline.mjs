#!/usr/bin/env node
// Packs the page into one file that works from a memory stick: node tools/make-offline.mjs [MODULES [DIST]]
// The page's modules become a single inline script, whose hash goes into the content security policy. The wasm files, the
// script of the workers and the notices ride along as digits to the base of 85 (base64 would make the file a sixteenth larger),
// packed by zstd, whose window holds them all: the core is in them twice, once for the page and once for its workers. No
// browser's DecompressionStream has it yet, so its decoder (fzstd) rides along too.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Packs, replaceOne } from './pack-modules.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const DECODER = 'node_modules/fzstd/umd/index.js';
const MOST_BYTES = 1_800_000;
const DIGITS = Array.from({ length: 86 }, (_, i) => '!'.charCodeAt(0) + i).filter((code) => code !== '<'.charCodeAt(0));
/** What is packed together: what the first picture waits for is a piece of its own. */
const CARRIED = [['floodlight.wasm'], ['core/floodlight-core.wasm', 'core-worker.js', 'floodlight-deferred.wasm', 'THIRD_PARTY.txt']];

/** Bytes as digits to the base of 85, five for each four of them; see web/page/parts.js. */
export function digitsOf(bytes) {
  const whole = Buffer.concat([bytes, Buffer.alloc((4 - bytes.length % 4) % 4)]);
  const digits = Buffer.alloc((whole.length / 4) * 5);
  for (let i = 0; i < whole.length / 4; ++i) {
    let word = whole.readUInt32BE(4 * i);
    for (let j = 4; j >= 0; --j) {
      digits[5 * i + j] = DIGITS[word % 85];
      word = Math.floor(word / 85);
    }
  }
  return digits.toString('latin1');
}

/** The least that zstd makes of the bytes. */
function packed(bytes) {
  return execFileSync('zstd', ['-q', '-c', '--ultra', '-22', '--long=23', `--stream-size=${bytes.length}`],
    { input: bytes, maxBuffer: 2 * bytes.length + 1000 });
}

function main() {
  if (!fs.existsSync(path.join(ROOT, DECODER))) {
    console.log('no floodlight-offline.html: its decoder fzstd is not there (tools/setup installs it)');
    return;
  }
  const [modules, dist] = [process.argv[2] ?? 'build/modules', process.argv[3] ?? 'dist'].map((folder) => path.resolve(ROOT, folder));
  const read = (name) => {
    const file = path.join(dist, name);
    if (!fs.existsSync(file)) throw new Error(`${file} is missing: build the page first`);
    return fs.readFileSync(file);
  };

  const scripts = [`\n${fs.readFileSync(path.join(ROOT, DECODER), 'utf8')}`,
    `\n${new Packs(modules).script('main.js')}`];
  if (scripts.some((script) => /<\/script|<!--/i.test(script))) throw new Error('a script contains text that would end it');
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const list = {};  // as tools/assemble-page.mjs writes it
  for (const name of CARRIED.flat()) list[name] = [read(name).length, createHash('sha256').update(read(name)).digest('base64')];
  const carried = CARRIED.map((names) => {
    const bytes = packed(Buffer.concat(names.map(read)));
    return `<script type="text/plain" data-carries="${names.join(' ')}" data-bytes="${bytes.length}">${digitsOf(bytes)}</script>\n`;
  });

  let html = fs.readFileSync(path.join(ROOT, 'index.html'), 'utf8');
  html = replaceOne(html, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:",
    `default-src 'none'; script-src ${hashes.join(' ')} 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:`);
  html = replaceOne(html, '<link rel="manifest" href="./manifest.json">\n<script src="./start.js" defer></script>\n<script src="./floodlight.js" defer></script>\n' +
    '<script type="application/json" id="parts"></script>\n', `<script type="application/json" id="parts">${JSON.stringify(list)}</script>\n`);
  html = replaceOne(html, 'Its script start.js did not come, or does not run here: reload the page, try a current Firefox, Chrome, ' +
    'Edge or Safari, and see whether the whole folder was copied to the server. A frame that shows it needs sandbox="allow-scripts ' +
    'allow-same-origin".',
  'This file was damaged or cut off, or does not run here: try a current Firefox, Chrome, Edge or Safari, and copy the file anew. A frame that shows it needs sandbox="allow-scripts".');
  html = replaceOne(html, '</body>', `${carried.join('')}${scripts.map((script) => `<script>${script}</script>\n`).join('')}</body>`);

  const file = path.join(dist, 'floodlight-offline.html');
  const size = Buffer.byteLength(html);
  if (size > MOST_BYTES) throw new Error(`the offline file has ${size} bytes where ${MOST_BYTES} are allowed`);
  fs.writeFileSync(file, html);
  console.log(`${path.relative(process.cwd(), file)}: ${size} bytes`);
}

main();
