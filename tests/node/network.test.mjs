// Networks for JavaScript: the same weights and labels as everywhere, what is refused, and memory.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';

import { loadCore } from './load.mjs';

const core = await loadCore();
const refuses = (action, message) => assert.throws(action, (error) => {
  assert.ok(error instanceof Error);
  assert.equal(error.message, message);
  return true;
});
const small = { widths: [3, 4, 5], seed: 5, images: 9, steps: 4 };

function trained(options) {
  const training = new core.NetworkTraining(options);
  while (!training.done) {
    while (training.images < training.imagesWanted) training.addSimulated();
    assert.ok(training.step() > 0);
  }
  return training;
}

test('the shipped network gives the labels that it gives natively', () => {
  const recipe = core.networkRecipe();
  assert.equal(createHash('sha256').update(Buffer.from(recipe.mask.network.weights, 'base64')).digest('hex'),
    'f6393a1630416291f6ccc4d10696b5fec06c05ad23be4c5365f268803dff3ca3');
  const pipeline = new core.Pipeline();
  pipeline.setImage(core.makeSample('nuclei_01').pixels);
  pipeline.setRecipe(recipe);
  while (pipeline.runFor(1000));
  const { labels } = pipeline.value('labels');
  // As tests/core/samples/shipped_network_test.cpp has it.
  assert.equal(createHash('sha256').update(new Uint8Array(labels.data.buffer)).digest('hex'),
    '4667a22d74dc84bd65a354174d7d541f0d332e2111a1884512f510e3b4bfb524');
  const { network, prediction, threshold } = pipeline.value('mask');
  assert.equal(prediction, null);
  assert.ok(Number.isNaN(threshold));
  assert.equal(network.length, 3);
  const sum = network.reduce((all, plane) => all + plane.data[1234], 0);
  assert.ok(Math.abs(sum - 1) < 1e-6);
  pipeline.dispose();
});

test('training gives the same network every time, and a recipe that the core reads', () => {
  const one = trained(small);
  const other = trained(small);
  assert.deepEqual(one.network(), other.network());
  assert.deepEqual(one.network().trained, { seed: 5, images: 9, steps: 4 });
  assert.deepEqual(core.checkRecipe(one.recipe()), one.recipe());
  assert.deepEqual(one.recipe().mask.network, one.network());
  assert.equal(one.steps, 4);
  one.dispose();
  other.dispose();
});

/** Trains on to that step. */
function on(training, to) {
  while (training.steps < to) {
    while (training.images < training.imagesWanted) training.addSimulated();
    training.step();
  }
}

test('a moment is gone back to, here and in another training, and the weights are those of straight on', () => {
  const straight = new core.NetworkTraining(small);
  on(straight, 4);
  const training = new core.NetworkTraining(small);
  on(training, 2);
  const moment = structuredClone(training.moment());
  assert.equal(moment.step, 2);
  on(training, 3);
  const third = training.moment();
  training.goTo(moment);
  assert.equal(training.steps, 2);
  on(training, 4);
  assert.deepEqual(training.moment(), straight.moment());
  training.goTo(third);
  on(training, 4);
  assert.deepEqual(training.moment(), straight.moment());
  const other = new core.NetworkTraining(small);
  other.goTo(moment);
  on(other, 4);
  assert.deepEqual(other.moment(), straight.moment());
  assert.deepEqual(other.network(), straight.network());
  for (const each of [straight, training, other]) each.dispose();
});

test('the loss of unseen fields is the mean of theirs, falls as the network learns, and changes no weight', () => {
  const options = { images: 30, steps: 60 };
  const training = new core.NetworkTraining(options);
  const before = training.unseenLoss(8);
  assert.equal(training.unseenLoss(8), before);
  assert.notEqual(training.unseenLoss(1), before);
  on(training, 60);
  assert.ok(training.unseenLoss(8) < 0.6 * before);
  const plain = new core.NetworkTraining(options);
  on(plain, 60);
  assert.deepEqual(training.moment(), plain.moment());
  for (const each of [training, plain]) each.dispose();
});

test('fields differ in what is asked for', () => {
  const networks = [{}, { focus: false }, { focus: true }].map((variety) => {
    const training = trained({ ...small, variety });
    const { weights } = training.network();
    training.dispose();
    return weights;
  });
  assert.equal(networks[0], networks[2]);
  assert.notEqual(networks[0], networks[1]);
});

test('images of one\'s own are learnt from', () => {
  const training = new core.NetworkTraining({ ...small, images: 1 });
  const { pixels, truth } = core.makeSample('nuclei_02');
  training.addImage(pixels, truth);
  const first = training.step();
  assert.ok(Number.isFinite(first) && first > 0);
  training.dispose();
});

test('what cannot be trained is refused in a sentence', () => {
  refuses(() => new core.NetworkTraining({ widths: [8] }), 'The network has 1 levels; it must have 2 to 4.');
  refuses(() => new core.NetworkTraining({ rate: 2 }), 'The learning rate must be above 0 and at most 1.');
  refuses(() => new core.NetworkTraining({ steps: 0 }), 'steps is 0; it must be a whole number from 1 to 100000.');
  const training = new core.NetworkTraining(small);
  refuses(() => training.step(), 'The next step draws from 8 images, and there are 0; add some first.');
  refuses(() => training.unseenLoss(0), 'fields is 0; it must be a whole number from 1 to 100.');
  refuses(() => training.goTo(), 'moment must be what moment() gave.');
  const moment = training.moment();
  refuses(() => training.goTo({ ...moment, step: 5 }), 'step is 5; it must be a whole number from 0 to 4.');
  refuses(() => training.goTo({ ...moment, mean: new Float32Array(3) }),
    `mean of the moment has 3 numbers; this network has ${moment.weights.length} weights.`);
  assert.throws(() => new core.NetworkTraining({ ...small, variety: { focused: false } }), /focused/);
  training.dispose();
  const whole = trained(small);
  refuses(() => whole.step(), 'All 4 steps of this training are done.');
  whole.dispose();
});
