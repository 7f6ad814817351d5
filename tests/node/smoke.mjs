// One small run through the whole core: in a process of its own, or in a worker, whose parent it tells the outcome.
import { isMainThread, parentPort } from 'node:worker_threads';

import { blobs, loadCore } from './load.mjs';

const core = await loadCore();
const pipeline = new core.Pipeline();
pipeline.setImage(blobs(120, 100, 8));
pipeline.setRecipe({ floodlight_recipe: 1, seeds: { exclude_border: false } });
pipeline.finish();
const { labels, count } = pipeline.value('labels');
pipeline.dispose();
let refusal = '';
try {
  core.median(labels, 2);
} catch (error) {
  refusal = error.message;
}
if (isMainThread) {
  console.log(JSON.stringify({ count, refusal }));
} else {
  parentPort.postMessage({ labels, count, refusal }, [labels.data.buffer]);
}
