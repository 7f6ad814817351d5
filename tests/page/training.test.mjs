// Training in the page: a worker trains, is stopped, gone back in, gone on with and killed; the weights are those of the core alone.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Stage } from './driver.mjs';
import { App, DIST } from './harness.mjs';

const WAIT = 120_000;
const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const { default: create } = await import(pathToFileURL(path.join(DIST, 'core/floodlight-core.mjs')).href);
const core = await create();

/** The network after so many steps, trained by nobody but the core. */
function trained(options, steps) {
  const training = new core.NetworkTraining(options);
  while (training.steps < steps) {
    while (training.images < training.imagesWanted) training.addSimulated();
    training.step();
  }
  const network = training.network();
  training.dispose();
  return network;
}

/** The labels that a recipe makes of a sample. */
function count(recipe, sample) {
  const pipeline = new core.Pipeline();
  pipeline.setRecipe(recipe);
  pipeline.setImage(core.makeSample(sample).pixels);
  pipeline.finish();
  const labels = pipeline.value('labels');
  pipeline.dispose();
  return labels.count;
}

/** As a screen reader presses it: the panel need not be scrolled to it, and a page that computes all the time is not waited for. */
const press = (app, name, role = 'button') => app.widget(role, name).dispatchEvent('click');
const says = (app, text) => app.page.getByText(text).first().waitFor({ timeout: WAIT });
const recipe = async (app) => JSON.parse(await app.page.evaluate(() => globalThis.floodlight.recipe()));
const network = async (app) => (await recipe(app)).mask.network;

/** The step that trains, with other knobs than it begins with. */
async function atTraining(app, knobs) {
  await press(app, 'Filter', 'tab');
  await press(app, 'Network', 'radio');
  await app.page.getByRole('heading', { name: '3 Training', exact: true }).waitFor();
  await press(app, 'How it learns');
  for (const [name, value] of Object.entries(knobs)) await app.widget('spinbutton', name).fill(String(value));
  await app.settled();
}

async function done(app, sentence) {
  await says(app, sentence);
  await app.settled();
}

describe('a training', () => {
  let d;
  before(async () => { d = await stage.open({ address: `${stage.server.url}#v=1&image=small_field` }); });
  after(() => d?.close());

  test('fetches nothing before it is asked for, and gives the image at hand the network that the core gives', async () => {
    await atTraining(d.app, { 'Training images': 12, Steps: 30 });
    assert.ok(!d.app.requests.some((url) => /core-worker|core\//.test(url)), d.app.requests.join('\n'));
    await press(d.app, 'Train');
    await done(d.app, /^Trained for 30 of 30 steps in .* s, from 12 fields\.$/);
    assert.deepEqual(await network(d.app), trained({ images: 12, steps: 30 }, 30));
    assert.equal(await d.nuclei(), count(await recipe(d.app), 'small_field'));
    await d.everythingIsMirrored('a trained network');
  });

  test('is stopped and gone back in, and a step from there is the same as it was', async () => {
    await d.app.widget('spinbutton', 'Steps').fill('2000');
    await d.app.settled();
    await press(d.app, 'Train anew');
    await says(d.app, /^\d{2,} of 2000 steps in /);
    await press(d.app, 'Stop');
    await done(d.app, /^Stopped after \d+ of 2000 steps/);
    await d.app.widget('slider', 'The network after step').fill('0');
    await d.app.settled();
    assert.deepEqual(await network(d.app), trained({ images: 12, steps: 2000 }, 0));
    await press(d.app, 'One step');
    await done(d.app, /^Stopped after 1 of 2000 steps/);
    await press(d.app, 'One step');
    await done(d.app, /^Stopped after 2 of 2000 steps/);
    assert.deepEqual(await network(d.app), trained({ images: 12, steps: 2000 }, 2));
  });

  test('goes on with another worker where one dies', async () => {
    await press(d.app, 'Go on');
    await says(d.app, /^([5-9]\d|\d{3,}) of 2000 steps in /);
    await d.page.workers()[0].evaluate(() => { setTimeout(() => { throw new Error('gone'); }); });
    await done(d.app, /^The browser ended the training/);
    assert.deepEqual(await network(d.app), trained({ images: 12, steps: 2000 }, (await network(d.app)).trained.steps));
    await press(d.app, 'Go on');
    await says(d.app, /^\d+ of 2000 steps in /);
    await press(d.app, 'Stop');
    await done(d.app, /^Stopped after \d+ of 2000 steps/);
    const { steps } = (await network(d.app)).trained;
    assert.deepEqual(await network(d.app), trained({ images: 12, steps: 2000 }, steps));
    assert.deepEqual(d.app.problems(), []);
  });
});

test('a page that is opened from a disk trains as well', async () => {
  const address = `${pathToFileURL(path.join(DIST, 'floodlight-offline.html')).href}#v=1&image=small_field`;
  const app = await App.open(stage.browser, { address });
  await app.settled();
  await atTraining(app, { 'Training images': 9, Steps: 4 });
  await press(app, 'Train');
  await done(app, /^Trained for 4 of 4 steps/);
  assert.deepEqual(await network(app), trained({ images: 9, steps: 4 }, 4));
  await app.close();
});

for (const [name, never] of [
  ['a worker that cannot be made', () => { globalThis.Worker = class { constructor() { throw new Error('forbidden'); } }; }],
  ['a worker that is never heard', () => {
    globalThis.Worker = class { postMessage() {} terminate() {} };
    // The two minutes after which one counts as dead are over at once.
    const later = globalThis.setTimeout;
    globalThis.setTimeout = (act, time) => later(act, time === 120_000 ? 200 : time);
  }],
]) {
  test(`${name} is told in a sentence, and nothing is lost`, async () => {
    const d = await stage.open({
      address: `${stage.server.url}#v=1&image=small_field`, prepare: (page) => page.addInitScript(never),
    });
    await atTraining(d.app, {});
    const before_ = await d.recipe();
    await press(d.app, 'Train');
    await done(d.app, /^The browser did not start a worker, which training needs\./);
    assert.deepEqual(await d.recipe(), before_);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
}
