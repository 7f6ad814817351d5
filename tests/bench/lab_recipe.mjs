// The lab's recipe on the 25 images of the reference folder: this core as WebAssembly under Node, and beside it
// Debian's scikit-image (python3-skimage 0.19, whose results differ a little: only its time is of interest here).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { loadCore, shared } from '../node/load.mjs';

const folder = join(shared, 'nuclei');
const rounds = 3;

if (!existsSync(folder)) {
  console.log(`lab recipe: no ${folder}, nothing to measure`);
  process.exit(0);
}

const core = await loadCore();
const images = readdirSync(folder).filter((name) => name.endsWith('.tif')).sort()
  .map((name) => core.readTiff(readFileSync(join(folder, name)), name));

/** Milliseconds for all images, as the wall has them, and what the stages report. */
function run() {
  const pipeline = new core.Pipeline();
  const stages = Object.fromEntries(core.stages().map((stage) => [stage, 0]));
  let nuclei = 0;
  const start = performance.now();
  for (const image of images) {
    pipeline.setImage(image);
    pipeline.finish();
    nuclei += pipeline.value('labels').count;
    for (const stage of core.stages()) stages[stage] += pipeline.milliseconds(stage);
  }
  const total = performance.now() - start;
  pipeline.dispose();
  return { total, stages, nuclei };
}

const fastest = (runs) => runs.reduce((best, next) => (next.total < best.total ? next : best));
const show = (name, { total, stages, nuclei }) => {
  const parts = Object.entries(stages).map(([stage, ms]) => `${stage} ${ms.toFixed(0)}`);
  console.log(`${name}: ${total.toFixed(0)} ms, ${nuclei} nuclei (${parts.join(', ')})`);
};

console.log(`lab recipe, ${images.length} images, the fastest of ${rounds} runs each:`);
const ours = fastest(Array.from({ length: rounds }, run));
show('  WebAssembly under Node', ours);
const script = fileURLToPath(new URL('lab_recipe.py', import.meta.url));
const python = ['/usr/bin/python3', 'python3']
  .map((command) => spawnSync(command, [script, folder, String(rounds)], { encoding: 'utf8' }))
  .find(({ status }) => status === 0);
if (python) {
  const theirs = JSON.parse(python.stdout);
  show(`  scikit-image ${theirs.version}`, theirs);
  const segmentation = ({ total, stages }) => total - stages.measurements;
  console.log(`  ratio ${(ours.total / theirs.total).toFixed(2)}, ` +
    `without measuring ${(segmentation(ours) / segmentation(theirs)).toFixed(2)} (at most 0.50 is wanted)`);
} else {
  console.log('  scikit-image is not there to compare with: apt-get install python3-skimage python3-tifffile');
}
