// Simulated images, samples and scores from JavaScript.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';

import { loadCore } from './load.mjs';

const core = await loadCore();
const refuses = (action, message) => assert.throws(action, { name: 'Error', message });
const small = { sampling: { rows: 40, columns: 64 } };
const digest = (array) => createHash('sha256').update(new Uint8Array(array.buffer)).digest('hex').slice(0, 16);
const labels = (...rows) => ({ rows: rows.length, cols: rows[0].length, data: Int32Array.from(rows.flat()) });
const four = labels([1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 2, 2], [0, 0, 2, 2]);
const empty = labels([0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]);

test('a simulated image has pixels, photons and truth of one shape', () => {
  const made = core.simulate(small, { specimen: 5, exposure: 2 });
  for (const image of [made.pixels, made.photons, made.truth]) {
    assert.equal(image.rows, 40);
    assert.equal(image.cols, 64);
    assert.equal(image.data.length, 40 * 64);
  }
  assert.ok(made.pixels.data instanceof Float32Array && made.truth.data instanceof Int32Array);
  assert.ok(made.pixels.data.every((value) => Number.isInteger(value) && value >= 0 && value <= 4095));
  assert.ok(made.photons.data.every((value) => value >= 0));
  assert.equal(made.type, 'uint16');
  assert.equal(made.typeMaximum, 4095);
  assert.equal(made.pixelSizeUm, 0.65);
});

test('without arguments it is the default field, to the bit', () => {
  const made = core.simulate();
  assert.equal(made.pixels.rows, 512);
  assert.deepEqual([digest(made.pixels.data), digest(made.truth.data)], ['7862cece7c7a7790', '33dfaa7454738463']);
  assert.deepEqual(core.simulate('{}', { specimen: 1 }), made);
});

test('another exposure is the same field with other noise, another specimen another field', () => {
  const first = core.simulate(small, { specimen: 5, exposure: 1 });
  const again = core.simulate(small, { specimen: 5, exposure: 2 });
  assert.deepEqual(again.truth, first.truth);
  assert.notDeepEqual(again.pixels, first.pixels);
  assert.notDeepEqual(core.simulate(small, { specimen: 6, exposure: 1 }).truth, first.truth);
});

test('parameters and seeds that will not do are refused with a sentence', () => {
  refuses(() => core.simulate({ light: { exposure: 99 } }),
    'light.exposure is 99; it must be a number from 0.01 to 30 x reference.');
  refuses(() => core.simulate({ light: { shutter: 1 } }), 'There is no simulation parameter called light.shutter.');
  refuses(() => core.simulate({ light: 3 }), 'light must be an object of parameters, not 3.');
  refuses(() => core.simulate(() => 1), "parameters must be an object of a simulation's parameters, or its JSON text.");
  refuses(() => core.simulate(small, { specimen: -1 }),
    'seeds.specimen is -1; it must be a whole number from 0 to 9007199254740991.');
  refuses(() => core.simulate(small, { exposure: 0.5 }),
    'seeds.exposure is 0.5; it must be a whole number from 0 to 9007199254740991.');
  assert.throws(() => core.simulate('{'), Error);
});

test('the table of the simulator describes what simulate takes', () => {
  const table = core.simulationParameters();
  assert.equal(new Set(table.map((row) => row.key)).size, table.length);
  assert.ok(table.some((row) => row.main) && table.some((row) => !row.main));
  const exposure = table.find((row) => row.key === 'light.exposure');
  assert.equal(exposure.group, 'light');
  assert.equal(exposure.default, 1);
  assert.equal(exposure.main, true);
  assert.equal(exposure.allowed, 'a number from 0.01 to 30 x reference');
  const defaults = {};
  for (const { key, default: value } of table) {
    const [group, name] = key.split('.');
    (defaults[group] ??= {})[name] = value;
  }
  assert.deepEqual(core.simulate({ ...defaults, sampling: { ...defaults.sampling, ...small.sampling } }),
    core.simulate(small));
});

test('samples are listed and made, simulated ones as simulate makes them', () => {
  const list = core.samples();
  assert.equal(list.filter(({ group }) => group === 'population').length, 25);
  assert.equal(list[0].id, 'nuclei_01');
  for (const { title, lookFor, recipe } of list) {
    assert.ok(title && lookFor);
    assert.deepEqual(core.checkRecipe(recipe), recipe);
  }
  const border = list.find(({ id }) => id === 'case_border');
  const { photons, ...same } = core.simulate(border.simulation.parameters, border.simulation.seeds);
  assert.equal(photons.rows, 160);
  assert.deepEqual(core.makeSample('case_border'), same);
  const plateau = core.makeSample('plateau');
  assert.equal(list.find(({ id }) => id === 'plateau').simulation, null);
  assert.deepEqual([plateau.truth, plateau.pixelSizeUm, plateau.type, plateau.typeMaximum], [null, null, 'uint8', 255]);
  refuses(() => core.makeSample('nuclei_99'), 'There is no sample called nuclei_99.');
  refuses(() => core.makeSample(), 'id is undefined; it must be a string.');
});

test('a perfect result, whatever its numbers, scores 1', () => {
  const renumbered = { ...four, data: four.data.map((label) => label * 7) };
  const { truth, predicted, ap, ...score } = core.score(renumbered, four);
  assert.deepEqual(score, {
    matched: 2, missed: 0, extra: 0, split: 0, merged: 0, precision: 1, recall: 1, f1: 1, meanAp: score.meanAp, dice: 1,
  });
  assert.ok(Math.abs(score.meanAp - 1) < 1e-12);
  assert.deepEqual(ap, new Float64Array(10).fill(1));
  assert.deepEqual(truth[1],
    { label: 2, area: 4, partner: 14, iou: 1, split: false, merged: false, fate: 'matched' });
  assert.deepEqual(predicted.map(({ label }) => label), [7, 14]);
});

test('what is missed, extra, split and merged is counted', () => {
  const missed = core.score(labels([1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]), four);
  assert.deepEqual([missed.matched, missed.missed, missed.extra], [1, 1, 0]);
  assert.deepEqual([missed.precision, missed.recall, missed.f1], [1, 0.5, 2 / 3]);
  assert.equal(missed.truth[1].fate, 'unmatched');
  const split = core.score(labels([1, 3, 0, 0], [1, 3, 0, 0], [0, 0, 2, 2], [0, 0, 2, 2]), four);
  assert.deepEqual([split.matched, split.missed, split.extra, split.split, split.merged], [1, 1, 2, 1, 0]);
  assert.deepEqual(split.predicted.map(({ fate }) => fate), ['split', 'matched', 'split']);
  const merged = core.score({ ...four, data: four.data.map((label) => Math.min(label, 1)) }, four);
  assert.deepEqual([merged.matched, merged.missed, merged.extra, merged.merged], [0, 2, 1, 1]);
  assert.deepEqual([merged.dice, merged.truth[0].fate], [1, 'merged']);
});

test('the limit on IoU is the caller\'s', () => {
  const threeQuarters = labels([1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 2, 2], [0, 0, 2, 2]);
  assert.equal(core.score(threeQuarters, four, { iou: 0.7 }).matched, 2);
  assert.equal(core.score(threeQuarters, four, { iou: 0.75 }).matched, 1);
  assert.equal(core.score(threeQuarters, four).truth[0].iou, 0.75);
});

test('two empty images score 1, one empty image 0', () => {
  assert.deepEqual([core.score(empty, empty).f1, core.score(empty, empty).dice], [1, 1]);
  assert.deepEqual([core.score(four, empty).f1, core.score(empty, four).f1], [0, 0]);
});

test('what cannot be scored is refused with a sentence', () => {
  refuses(() => core.score(labels([1, 1]), four),
    'The segmentation has 1 x 2 pixels (rows x columns), the truth 4 x 4; they must be of the same image.');
  refuses(() => core.score({ ...four, data: Float32Array.from(four.data) }, four),
    'predicted must hold whole numbers, in an Int32Array for example.');
  refuses(() => core.score(four, { ...four, data: four.data.map((label) => -label) }),
    'truth holds a negative label; labels are whole numbers from 0 to 2147483647.');
  refuses(() => core.score(four, four, { iou: 2 }), 'The IoU limit must be a number from 0 to 1.');
  refuses(() => core.score(four, four, { iou: 'half' }), 'iou is half; it must be a finite number.');
});
