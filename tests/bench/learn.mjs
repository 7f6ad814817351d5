// Features and forests on the images of the reference folder: this core as WebAssembly under Node, and beside it Debian's
// scikit-image and scikit-learn, one thread each (python3-skimage 0.19: only its time is of interest here).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { loadCore, shared } from '../node/load.mjs';

const folder = join(shared, 'nuclei');
const rounds = 3;
const count = 5;

if (!existsSync(folder)) {
  console.log(`features and forests: no ${folder}, nothing to measure`);
  process.exit(0);
}

const core = await loadCore();
const names = readdirSync(folder).filter((name) => name.endsWith('.tif')).sort().slice(0, count);
const images = names.map((name) => ({
  ...core.readTiff(readFileSync(join(folder, name)), name),
  truth: core.readLabelTiff(readFileSync(join(folder, 'ground_truth', name)), name).data,
}));

/** Rows of 24 numbers of every so many pixels, and whether the pixel belongs to a nucleus. */
function samplesOf(image, planes, step) {
  const places = [];
  for (let i = 0; i < image.data.length; i += step) places.push(i);
  const samples = new Float32Array(places.length * planes.length);
  places.forEach((place, row) => planes.forEach((plane, k) => { samples[row * planes.length + k] = plane.data[place]; }));
  return { samples, features: planes.length, labels: Uint8Array.from(places, (place) => (image.truth[place] > 0 ? 1 : 0)) };
}

/** Processor time, so that what else the machine does counts little. */
function timed(work) {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) / 1000, result];
}

/** Milliseconds for all images. */
function run() {
  const sums = { features: 0, fit: 0, predict: 0 };
  for (const image of images) {
    const [features, { planes }] = timed(() => core.multiscaleBasicFeatures(image));
    const set = samplesOf(image, planes, 181);
    const every = samplesOf(image, planes, 1).samples;
    const [fit, forest] = timed(() => core.trainForest(set));
    const [predict] = timed(() => forest.probabilities(every));
    forest.dispose();
    sums.features += features;
    sums.fit += fit;
    sums.predict += predict;
  }
  return sums;
}

const best = (runs) => Object.fromEntries(Object.keys(runs[0]).map((key) => [key, Math.min(...runs.map((r) => r[key]))]));
const pixels = images.reduce((sum, { data }) => sum + data.length, 0);
const show = (name, { features, fit, predict }) => console.log(`${name}: 24 features ` +
  `${((features * 1e6) / pixels).toFixed(0)} ns a pixel, 20 trees grown in ${(fit / count).toFixed(1)} ms, ` +
  `predicted ${((predict * 1e6) / pixels).toFixed(0)} ns a pixel`);

console.log(`features and forests, ${count} images, processor time, the fastest of ${rounds} runs each:`);
const ours = best(Array.from({ length: rounds }, run));
show('  WebAssembly under Node', ours);
const script = fileURLToPath(new URL('learn.py', import.meta.url));
const python = ['/usr/bin/python3', 'python3']
  .map((command) => spawnSync(command, [script, folder, String(rounds), String(count)], { encoding: 'utf8' }))
  .find(({ status }) => status === 0);
if (python) {
  const { versions, ...theirs } = JSON.parse(python.stdout);
  show(`  ${versions}`, theirs);
  console.log(`  faster: features ${(theirs.features / ours.features).toFixed(1)} x (at least 3 is wanted), ` +
    `growing ${(theirs.fit / ours.fit).toFixed(1)} x, prediction ${(theirs.predict / ours.predict).toFixed(1)} x (at least 5)`);
} else {
  console.log('  nothing to compare with: apt-get install python3-skimage python3-sklearn python3-tifffile');
}
