// The module against scikit-image's own results, where the reference folder is there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { csvImage, loadCore, shared } from './load.mjs';

const referencePath = join(shared, 'parity/reference.json');
const skip = existsSync(referencePath) ? false : `no ${referencePath}: nothing to compare with`;
if (skip) console.log(`skipped: ${skip}`);

const core = await loadCore();
const reference = skip ? { images: {} } : JSON.parse(readFileSync(referencePath, 'utf8'));
const digest = (array) => createHash('sha256').update(new Uint8Array(array.buffer)).digest('hex');

function recipeOf(name) {
  const recipe = core.defaultRecipe();
  const small = { lecture_grid: [5, 1], small_field: [7, 2] }[name];
  if (small) {
    recipe.refinements[0].max_size = 3;
    Object.assign(recipe.seeds, { window: small[0], min_distance: small[1], exclude_border: false });
  }
  return recipe;
}

function imageOf(name) {
  const csv = { lecture_grid: 'pixel_grid.csv', small_field: 'small_field.csv' }[name];
  if (csv) return csvImage(csv);
  const file = `${name}.tif`;
  return core.readTiff(readFileSync(join(shared, 'nuclei', file)), file);
}

test("the lab's recipe on the reference images", { skip }, async (t) => {
  for (const [name, { lab }] of Object.entries(reference.images)) {
    await t.test(name, () => {
      const pipeline = new core.Pipeline();
      pipeline.setRecipe(recipeOf(name));
      pipeline.setImage(imageOf(name));
      pipeline.finish();
      assert.equal(pipeline.failure(), null);
      const { mask, threshold } = pipeline.value('mask');
      assert.equal(threshold, lab.threshold);
      assert.equal(digest(mask.data), lab.mask.sha256, 'mask');
      assert.equal(digest(pipeline.value('filtered').data), lab.filtered.sha256, 'filtered');
      assert.equal(digest(pipeline.value('components').labels.data), lab.mask_labels.sha256, 'components');
      assert.equal(digest(pipeline.value('refined').data), lab.closed.sha256, 'refined');
      assert.equal(digest(pipeline.value('distance').squared), lab.distance_squared.sha256, 'distance');
      const { peaks, labels: seeds } = pipeline.value('seeds');
      assert.equal(digest(peaks), lab.peaks.sha256, 'peaks');
      assert.equal(digest(seeds.data), lab.seeds.sha256, 'seeds');
      const { labels, count } = pipeline.value('labels');
      assert.equal(digest(labels.data), lab.labels.sha256, 'labels');
      assert.equal(count, lab.n_labels);
      pipeline.dispose();
    });
  }
});
