// Makes the page's scripts and index.html: node tools/assemble-page.mjs MODULES DIST
//
// MODULES holds the page's modules; in DIST lie the wasm files. index.html gets the list of the page's parts, each with its size
// and SHA-256: `{"name": [bytes, "digest in base64"], ...}`. It is the only such list.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Packs, replaceOne } from './pack-modules.mjs';

const LATER = 'floodlight-deferred.js';
/** All that is checked before it runs: web/page/parts.js. */
const PARTS = ['start.js', 'floodlight.js', 'floodlight.wasm', 'floodlight-deferred.wasm', LATER, 'image-set-worker.js',
  'core/floodlight-core.wasm', 'THIRD_PARTY.txt'];

const [modules, dist] = process.argv.slice(2);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64');

const page = new Packs(modules, { 'image-set.js': LATER, 'zip.js': LATER, 'notices.js': LATER });
const write = (name, text) => fs.writeFileSync(path.join(dist, name), text);
write('start.js', page.script('start.js'));
write('floodlight.js', page.script('main.js'));
write(LATER, page.script('image-set.js', 'zip.js', 'notices.js'));
write('image-set-worker.js', new Packs(modules).script('image-set-worker.js'));

const list = {};
for (const name of PARTS) {
  const bytes = fs.readFileSync(path.join(dist, name));
  list[name] = [bytes.length, sha256(bytes)];
}
let html = fs.readFileSync('index.html', 'utf8');
// A browser that has another version's start.js must not take it for this one: it is the only script that runs unchecked.
html = replaceOne(html, 'src="./start.js"', `src="./start.js?${encodeURIComponent(list['start.js'][1].slice(0, 8))}"`);
html = replaceOne(html, 'src="./floodlight.js"', `src="./floodlight.js" integrity="sha256-${list['floodlight.js'][1]}" crossorigin`);
html = replaceOne(html, 'id="parts">', `id="parts">${JSON.stringify(list)}`);
write('index.html', html);
