// What the page's worker does to train a network: moments, stopping, going on, and what it says of a training that runs away.
import assert from 'node:assert/strict';
import test from 'node:test';

import { TrainingWork } from '../../web/page/training-work.js';
import { loadCore } from './load.mjs';

const core = await loadCore();
const options = { widths: [3, 4, 5], seed: 5, images: 9, steps: 34 };

/** Its reports, each as it is posted, until the promise is kept. */
async function reportsOf(run, heard = () => {}) {
  const reports = [];
  globalThis.postMessage = (message) => {
    reports.push(structuredClone(message));
    heard(message);
  };
  await run();
  return reports;
}

/** The moments that reports bring, by their step. */
const momentsOf = (reports) => new Map(reports.flatMap(({ moments }) => moments).map((moment) => [moment.step, moment]));

const straight = await reportsOf(() => new TrainingWork(core).run({ id: 1, options, moment: null, until: 34, every: 10 }));

test('a training tells every loss, keeps moments, and ends with the network that the core gives', () => {
  const training = new core.NetworkTraining(options);
  const losses = [];
  while (!training.done) {
    while (training.images < training.imagesWanted) training.addSimulated();
    losses.push(training.step());
  }
  assert.deepEqual(straight.flatMap(({ report }) => report.losses), losses);
  assert.deepEqual([...momentsOf(straight).keys()], [0, 10, 20, 30, 34]);
  assert.deepEqual(momentsOf(straight).get(34), training.moment());
  const last = straight.at(-1).report;
  assert.deepEqual(last.network, training.network());
  assert.deepEqual(last.moments.at(-1), { step: 34, network: training.network() });
  assert.deepEqual([last.step, last.images, last.ended], [34, 9, true]);
  assert.equal(straight.filter(({ report }) => report.ended).length, 1);
  const unseen = straight.flatMap(({ report }) => report.unseen);
  assert.deepEqual(unseen.map(([step]) => step), [20]);
  assert.ok(unseen[0][1] > 0);
  training.dispose();
});

test('a first report comes before there is an image, and one with the first step', () => {
  assert.deepEqual([straight[0].report.step, straight[0].report.images], [0, 0]);
  assert.ok(straight.some(({ report }) => report.step === 1 && report.losses.length === 1));
});

test('one that is stopped goes on from any moment, here and in another worker, to the same weights', async () => {
  const work = new TrainingWork(core);
  const reports = await reportsOf(() => work.run({ id: 1, options, moment: null, until: 34, every: 10 }),
    ({ report }) => { if (report.step >= 1) work.stop(); });
  const { report } = reports.at(-1);
  assert.ok(report.ended && report.step < 34);
  const moments = momentsOf(reports);
  assert.ok(moments.has(report.step));
  const again = await reportsOf(() => work.run({ id: 2, options, moment: moments.get(report.step), until: 34, every: 10 }));
  assert.ok(again.every(({ id }) => id === 2));
  assert.deepEqual(momentsOf(again).get(34), momentsOf(straight).get(34));
  const other = await reportsOf(() => new TrainingWork(core).run(
    { id: 1, options, moment: momentsOf(straight).get(20), until: 34, every: 10 }));
  assert.deepEqual(momentsOf(other).get(34), momentsOf(straight).get(34));
  const one = await reportsOf(() => work.run({ id: 3, options, moment: momentsOf(straight).get(20), until: 21, every: 10 }));
  assert.equal(one.at(-1).report.step, 21);
  assert.deepEqual(one.flatMap(({ report: r }) => r.losses), [straight.flatMap(({ report: r }) => r.losses)[20]]);
});

test('a new training takes the place of one that runs, which says no more', async () => {
  const work = new TrainingWork(core);
  let second = null;
  const reports = await reportsOf(() => work.run({ id: 1, options, moment: null, until: 34, every: 10 }), ({ id, report }) => {
    if (id === 1 && report.step === 1) {
      second ??= work.run({ id: 2, options: { ...options, seed: 6 }, moment: null, until: 2, every: 10 });
    }
  });
  await second;
  const ids = reports.map(({ id }) => id);
  assert.deepEqual(ids, [...ids].sort(), 'of the first nothing comes after the second has begun');
  assert.ok(reports.every(({ id, report }) => id === 2 || !report.ended));
  assert.deepEqual([reports.at(-1).id, reports.at(-1).report.step, reports.at(-1).report.ended], [2, 2, true]);
});

test('one that runs away says so, and brings what was learnt before', async () => {
  const sentence = 'The training has run away.';
  /** The core's own, until its twelfth step. */
  function RunsAway(chosen) {
    const training = new core.NetworkTraining(chosen);
    let away = false;
    return {
      get steps() { return training.steps; },
      get images() { return training.images; },
      get imagesWanted() { return training.imagesWanted; },
      addSimulated: () => training.addSimulated(),
      moment: () => training.moment(),
      step() {
        away = training.steps === 11;
        const loss = training.step();
        return away ? NaN : loss;
      },
      network() {
        if (away) throw new Error(sentence);
        return training.network();
      },
    };
  }
  const fake = { NetworkTraining: RunsAway };
  const reports = [];
  globalThis.postMessage = (message) => reports.push(message);
  await assert.rejects(new TrainingWork(fake).run({ id: 1, options, moment: null, until: 34, every: 10 }), { message: sentence });
  assert.equal(reports.at(-1).report.network, null);
  assert.equal(reports.flatMap(({ report }) => report.losses).length, 11);
  assert.deepEqual([...momentsOf(reports).keys()], [0, 10]);
});
