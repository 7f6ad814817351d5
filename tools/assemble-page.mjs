// Makes the page's scripts, index.html and what keeps it for later: node tools/assemble-page.mjs MODULES DIST
//
// MODULES holds the page's modules; in DIST lie the wasm files. index.html gets the list of the page's parts, each with its size
// and SHA-256: `{"name": [bytes, "digest in base64"], ...}`; service-worker.js gets one of all files that are kept.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ICON_SIDES } from './make-icons.mjs';
import { Packs, replaceOne } from './pack-modules.mjs';

const LATER = 'floodlight-deferred.js';
/** Modules that are asked for when they are first needed. */
const COME_LATER = ['image-set.js', 'training.js', 'zip.js', 'notices.js', 'updates.js'];
/** All that is checked before it runs: web/page/parts.js. */
const PARTS = ['start.js', 'floodlight.js', 'floodlight.wasm', 'floodlight-deferred.wasm', LATER, 'core-worker.js',
  'core/floodlight-core.wasm', 'THIRD_PARTY.txt'];

/** What the browser asks for by itself. */
const BESIDE = ['manifest.json', ...ICON_SIDES.map((side) => `icon-${side}.png`)];

const [modules, dist] = process.argv.slice(2);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64');

const page = new Packs(modules, Object.fromEntries(COME_LATER.map((name) => [name, LATER])));
const write = (name, text) => fs.writeFileSync(path.join(dist, name), text);
write('start.js', page.script('start.js'));
write('floodlight.js', page.script('main.js'));
write(LATER, page.script(...COME_LATER));
write('core-worker.js', new Packs(modules).script('core-worker.js'));

const list = {};
for (const name of PARTS) {
  const bytes = fs.readFileSync(path.join(dist, name));
  list[name] = [bytes.length, sha256(bytes)];
}
/** A browser that has another version's file must not take it for this one: the address says what is in it. */
const addressOf = (name) => `./${name}?${encodeURIComponent(list[name][1].slice(0, 8))}`;
let html = fs.readFileSync('index.html', 'utf8');
html = replaceOne(html, 'src="./start.js"', `src="${addressOf('start.js')}"`);
html = replaceOne(html, 'src="./floodlight.js"', `src="${addressOf('floodlight.js')}" integrity="sha256-${list['floodlight.js'][1]}" crossorigin`);
html = replaceOne(html, 'id="parts">', `id="parts">${JSON.stringify(list)}`);
write('index.html', html);

const kept = Object.fromEntries(PARTS.map((name) => [name, [addressOf(name), list[name][1]]]));
kept['index.html'] = ['./', sha256(html)];
for (const name of BESIDE) {
  const digest = sha256(fs.readFileSync(path.join(dist, name)));
  kept[name] = [`./${name}`, digest];
}
const worker = fs.readFileSync('web/page/service-worker.js', 'utf8');
write('service-worker.js', replaceOne(worker, 'const FILES = {};', `const FILES = ${JSON.stringify(kept)};`));
