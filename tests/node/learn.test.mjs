// Features and forests for JavaScript: the references, what is refused, and memory.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { blobs, csvImage, loadCore, shared } from './load.mjs';

const core = await loadCore();
const refuses = (action, message) => assert.throws(action, (error) => {
  assert.ok(error instanceof Error);
  assert.equal(error.message, message);
  return true;
});

const folder = join(shared, 'parity/learn');
const skip = existsSync(folder) ? false : `no ${folder}: nothing to compare with`;
if (skip) console.log(`skipped: ${skip}`);
const json = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const floats = (name) => new Float32Array(new Uint8Array(readFileSync(join(folder, name))).buffer);

test("features are scikit-image's, bit for bit", { skip }, () => {
  const pixels = floats('images.f32');
  const expected = floats('features.f32');
  const bits = (array) => new Uint32Array(array.buffer, array.byteOffset, array.length);
  let compared = 0;
  for (const { name, rows, cols, image_at: at, features_at: from } of json('features.json').images) {
    if (from === undefined) continue;
    const image = at === undefined ? csvImage(`${name}.csv`) : { rows, cols, data: pixels.subarray(at, at + rows * cols) };
    const { names, planes } = core.multiscaleBasicFeatures(image);
    assert.equal(names.length, 24);
    const interleaved = Float32Array.from({ length: rows * cols * 24 }, (_, i) => planes[i % 24].data[Math.floor(i / 24)]);
    assert.deepEqual(bits(interleaved), bits(expected.subarray(from, from + interleaved.length)), name);
    compared += interleaved.length;
  }
  assert.equal(compared, expected.length);
});

test("forests are scikit-learn's, tree for tree", { skip }, () => {
  const samples = floats('samples.f32');
  for (const [index, set] of json('forests.json').sets.entries()) {
    const forest = core.trainForest({
      samples: samples.subarray(set.x_at, set.x_at + set.samples * set.features),
      features: set.features,
      labels: set.y,
    }, { trees: set.trees, maxDepth: set.max_depth, randomState: set.random_state });
    const hash = createHash('sha256');
    for (const { feature, threshold, counts } of forest.trees) {
      feature.forEach((f, node) => {
        const bytes = new DataView(new ArrayBuffer(12 + 8 * set.classes));
        bytes.setInt32(0, f, true);
        bytes.setFloat64(4, threshold[node], true);
        for (let k = 0; k < set.classes; k++) bytes.setFloat64(12 + 8 * k, counts[node * set.classes + k], true);
        hash.update(bytes);
      });
    }
    assert.equal(hash.digest('hex'), set.sha256, `set ${index}`);
    assert.deepEqual([...forest.probabilities(set.probe.flat())], set.probabilities.flat(), `set ${index}`);
    forest.dispose();
  }
});

test('features can be chosen', () => {
  const image = blobs(40, 50, 5);
  const { names, planes } = core.multiscaleBasicFeatures(image, { edges: false, sigmaMin: 1, sigmaMax: 2 });
  assert.deepEqual(names, ['intensity, sigma 1', 'larger eigenvalue, sigma 1', 'smaller eigenvalue, sigma 1',
    'intensity, sigma 2', 'larger eigenvalue, sigma 2', 'smaller eigenvalue, sigma 2']);
  assert.deepEqual(planes[3], core.gaussian(image, 2));
  const all = core.multiscaleBasicFeatures(image);
  assert.deepEqual(planes[1], all.planes[all.names.indexOf('larger eigenvalue, sigma 1')]);
  assert.deepEqual(core.multiscaleBasicFeatures(image, { intensity: false, texture: false, sigmaMin: 3, sigmaMax: 3 }).names,
    ['edges, sigma 3']);
  assert.deepEqual(core.multiscaleBasicFeatures(image, { edges: false, texture: false, sigmaMin: 0.7, sigmaMax: 5 }).names,
    ['intensity, sigma 0.7', 'intensity, sigma 1.8708286933869707', 'intensity, sigma 4.999999999999999']);
});

test('features that cannot be are refused', () => {
  const image = blobs(20, 20, 2);
  const choice = (options) => () => core.multiscaleBasicFeatures(image, options);
  refuses(choice({ intensity: false, edges: false, texture: false }),
    'No kind of feature is chosen; choose intensity, edges or texture, or several of them.');
  refuses(choice({ edges: 1 }), 'edges is 1; it must be true or false.');
  refuses(choice({ sigmaMin: '1' }), 'sigmaMin is 1; it must be a finite number.');
  refuses(choice({ sigmaMax: 30 }), 'The largest sigma is 30; it must be from 0.1 to 20 pixels.');
  refuses(choice({ sigmaMin: 8, sigmaMax: 4 }), 'The largest sigma is 4; it must be at least the smallest, 8.');
  refuses(() => core.multiscaleBasicFeatures({ rows: 1, cols: 3, data: [1, 2, 3] }),
    'Texture needs at least 2 rows and 2 columns; this image has 1 x 3 pixels.');
  refuses(() => core.multiscaleBasicFeatures({ rows: 1, cols: 3, data: [1, NaN, 3] }, { texture: false }),
    'image holds 1 pixel that is NaN or infinite; every pixel must be a finite number.');
  assert.equal(core.multiscaleBasicFeatures({ rows: 1, cols: 3, data: [1, 2, 3] }, { texture: false }).names.length, 12);
});

/** Two classes that overlap. */
const set = {
  samples: Float32Array.from({ length: 600 }, (_, i) => ((i * 7919) % 101) / 7 + (i % 6 < 3 ? 0 : 4)),
  features: 3,
  labels: Uint8Array.from({ length: 200 }, (_, i) => 5 + (i % 2)),
};

test('a forest has trees, answers for samples, and is saved and read', () => {
  const forest = core.trainForest(set);
  assert.equal(forest.trees.length, 20);
  assert.equal(forest.features, 3);
  assert.deepEqual(forest.classes, Uint8Array.of(5, 6));
  const [{ feature, threshold, counts }] = forest.trees;
  assert.ok(feature instanceof Int32Array && threshold instanceof Float64Array && counts instanceof Uint32Array);
  assert.deepEqual([threshold.length, counts.length], [feature.length, 2 * feature.length]);
  assert.equal(counts[0] + counts[1], 200);
  // Depth first, left first: the tree can be walked, and a question's counts are the sums of its children's.
  let next = 0;
  const walk = () => {
    const node = next++;
    if (feature[node] < 0) return node;
    const children = [walk(), walk()];
    for (const k of [0, 1])
      assert.equal(counts[2 * node + k], children.reduce((all, child) => all + counts[2 * child + k], 0));
    return node;
  };
  walk();
  assert.equal(next, feature.length);

  const chances = forest.probabilities(set.samples);
  assert.equal(chances.length, 400);
  for (let i = 0; i < 200; i++) assert.ok(Math.abs(chances[2 * i] + chances[2 * i + 1] - 1) < 1e-12);
  const right = set.labels.filter((label, i) => label === (chances[2 * i + 1] > chances[2 * i] ? 6 : 5)).length;
  assert.ok(right > 150, `${right} of 200`);

  const text = JSON.stringify(forest);
  for (const saved of [text, JSON.parse(text), forest.toJSON()]) {
    const again = new core.Forest(saved);
    assert.deepEqual(again.trees, forest.trees);
    assert.deepEqual(again.probabilities(set.samples), chances);
    again.dispose();
  }
  forest.dispose();
  assert.throws(() => forest.probabilities(set.samples), Error);
});

test('settings count', () => {
  const trees = (options) => {
    const forest = core.trainForest(set, options);
    const result = forest.trees;
    forest.dispose();
    return result;
  };
  assert.deepEqual(trees({}), trees());
  assert.deepEqual(trees({ trees: 3 }), trees().slice(0, 3));
  assert.notDeepEqual(trees({ randomState: 1 }), trees());
  const nodes = (options) => trees(options).reduce((sum, { feature }) => sum + feature.length, 0);
  assert.equal(nodes({ maxDepth: 1 }), 60);
  assert.ok(nodes({ maxDepth: null }) > nodes({ maxDepth: 5 }));
  assert.equal(nodes({ maxDepth: null }), nodes({ maxDepth: 1000 }));
  assert.equal(nodes({ maxDepth: undefined }), nodes({ maxDepth: 10 }));
});

test('training sets and settings that will not do are refused', () => {
  const train = (changes, options) => () => core.trainForest({ ...set, ...changes }, options);
  refuses(() => core.trainForest(), 'The training set must be {samples, features, labels}.');
  refuses(train({ features: 0 }), 'features is 0; it must be a whole number from 1 to 1000.');
  refuses(train({ samples: undefined }), 'samples must be an array or typed array.');
  refuses(train({ samples: [NaN] }), 'samples must hold finite numbers only.');
  refuses(train({ samples: [1, 2, 3] }), '200 samples of 3 features need 600 values; there are 3.');
  refuses(train({ labels: [1, 2.5] }), 'labels holds 2.5; a label must be a whole number from 0 to 255.');
  refuses(train({ labels: [256] }), 'labels holds 256; a label must be a whole number from 0 to 255.');
  refuses(train({ labels: [-1] }), 'labels holds -1; a label must be a whole number from 0 to 255.');
  refuses(train({ labels: new Uint8Array(200) }), 'Only one class is painted; paint some pixels of another one, too.');
  refuses(train({}, { trees: 0 }), 'trees is 0; it must be a whole number from 1 to 1000.');
  refuses(train({}, { maxDepth: 0 }), 'maxDepth is 0; it must be a whole number from 1 to 1000.');
  refuses(train({}, { randomState: -1 }), 'randomState is -1; it must be a whole number from 0 to 4294967295.');
  refuses(train({}, { randomState: 2 ** 32 }), 'randomState is 4294967296; it must be a whole number from 0 to 4294967295.');
  const forest = core.trainForest(set);
  refuses(() => forest.probabilities([1, 2, 3, 4]), 'samples holds 4 numbers; it must hold 3 for each sample.');
  refuses(() => forest.probabilities([1, 2, Infinity]), 'samples must hold finite numbers only.');
  assert.equal(forest.probabilities([]).length, 0);
  forest.dispose();
  refuses(() => new core.Forest({ features: 3 }), 'The forest has no "classes".');
  refuses(() => new core.Forest(undefined), 'A forest is read from what toJSON() gave, or from its JSON text.');
  assert.throws(() => new core.Forest('{'), /^Error: This is not valid JSON: line 1/);
});

test('a recipe with a forest gives the mask of its class, and reads back as the same', () => {
  const image = blobs(90, 110, 14);
  const { planes } = core.multiscaleBasicFeatures(image, { sigmaMin: 1, sigmaMax: 4 });
  const sample = (i) => planes.map(({ data }) => data[i]);
  const painted = Array.from({ length: 200 }, (_, i) => i * 49);
  const labels = painted.map((i) => (image.data[i] > 100 ? 1 : 2));
  const forest = core.trainForest({ samples: painted.flatMap(sample), features: planes.length, labels }, { trees: 6 });
  const classifier = {
    classes: [{ label: 1, name: 'nuclei' }, { label: 2, name: 'background' }],
    nuclei: 1,
    features: { intensity: true, edges: true, texture: true, sigmas: [1, 2, 4] },
    settings: { trees: 6, max_depth: 10, random_state: 0 },
    painted: [{ image: 'a.tif', paint: 'a_paint.tif' }],
    forest: forest.toJSON(),
  };
  const recipe = { floodlight_recipe: 1, mask: { from: 'classifier', classifier }, seeds: { exclude_border: false } };
  const chances = forest.probabilities(Array.from(image.data, (_, i) => sample(i)).flat());
  const run = (what) => {
    const pipeline = new core.Pipeline();
    pipeline.setImage(image);
    pipeline.setRecipe(what);
    pipeline.finish();
    assert.equal(pipeline.failure(), null);
    const result = { mask: pipeline.value('mask'), labels: pipeline.value('labels'), recipe: pipeline.recipe() };
    pipeline.dispose();
    return result;
  };
  const { mask, labels: nuclei, recipe: used } = run(recipe);
  const expected = Uint8Array.from(image.data, (_, i) => (chances[2 * i] >= chances[2 * i + 1] ? 1 : 0));
  assert.deepEqual(mask.mask.data, expected);
  assert.ok(nuclei.count > 3);
  assert.ok(Number.isNaN(mask.threshold));
  assert.equal(mask.onRaw, null);
  assert.deepEqual([...mask.prediction.classes], [1, 2]);
  assert.deepEqual(mask.prediction.probabilities[0].data, Float32Array.from(image.data, (_, i) => chances[2 * i]));
  assert.deepEqual(used.mask.classifier, classifier);
  assert.deepEqual(run(core.recipeText(recipe)).labels, nuclei);
  assert.equal(run(core.defaultRecipe()).mask.prediction, null);
  forest.dispose();
  const broken = (changes) => ({ ...recipe, mask: { from: 'classifier', classifier: { ...classifier, ...changes } } });
  refuses(() => core.checkRecipe(broken({ nuclei: 7 })),
    'mask.classifier: The classifier\'s class of nuclei is 7; it must be the label of one of its classes.');
  refuses(() => core.checkRecipe({ floodlight_recipe: 1, mask: { from: 'classifier' } }),
    'mask.from is "classifier"; then mask.classifier must be there, too.');
  assert.deepEqual(core.checkRecipe({ floodlight_recipe: 1, mask: { from: 'classic' } }), core.defaultRecipe());
});

test('memory is given back, after errors too', () => {
  const image = blobs(100, 100, 8);
  const round = () => {
    core.multiscaleBasicFeatures(image, { sigmaMax: 4 });
    const forest = core.trainForest(set, { trees: 5 });
    const again = new core.Forest(JSON.stringify(forest));
    assert.throws(() => core.trainForest({ ...set, samples: [1] }));
    assert.throws(() => new core.Forest('{}'));
    forest.dispose();
    again.dispose();
  };
  for (let i = 0; i < 10; i++) round();
  const size = core.HEAPU8?.length;
  const handles = core.count_emval_handles?.();
  for (let i = 0; i < 60; i++) round();
  assert.equal(core.HEAPU8?.length, size);
  assert.equal(core.count_emval_handles?.(), handles);
});
