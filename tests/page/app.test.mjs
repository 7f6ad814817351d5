// The app in a browser as a student walks it: its first picture, the steps' pictures, files in, labels out. What needs no
// browser is walked in tests/interface.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { App, DIST } from './harness.mjs';
import { Driver, MANY, STEPS, Stage, shared } from './driver.mjs';
import { nuclei, readTiff, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const REAL = shared('nuclei', 'nuclei_01.tif');
const NO_SHARED = 'the reference folder ../shared is not there';

/** A file to open: a real image where there is one. */
function anyImage() {
  return REAL ? { name: 'nuclei_01.tif', bytes: fs.readFileSync(REAL) } : { name: 'made.tif', bytes: writeTiff(nuclei()) };
}

/** Whether two label images are the same, pixel for pixel; says where they are not. */
function assertSameLabels(actual, expected, name) {
  assert.deepEqual([actual.rows, actual.cols], [expected.rows, expected.cols], name);
  let differing = 0;
  for (let i = 0; i < expected.data.length; ++i) differing += actual.data[i] !== expected.data[i];
  assert.equal(differing, 0, `${name}: pixels that differ`);
}

describe('the opening page', () => {
  test('shows the generated nuclei with the result of the lab already computed', async () => {
    const d = await stage.open();
    assert.ok(await d.nuclei() > 50, `${await d.nuclei()} nuclei`);
    const recipe = await d.recipe();
    assert.deepEqual([recipe.filter, recipe.threshold], [{ method: 'gaussian', sigma: 1 }, { method: 'otsu', bins: 256 }]);
    assert.deepEqual([recipe.seeds.window, recipe.seeds.min_distance, recipe.seeds.exclude_border], [25, 10, true]);
    assert.deepEqual(recipe.refinements.map((r) => r.operation), ['remove_small_objects', 'closing']);
    await d.page.getByRole('status').filter({ hasText: `${await d.nuclei()} nuclei` }).waitFor({ timeout: 5000 });
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

describe('the steps', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('follow the keys of a presenter, and stop at both ends', async () => {
    await d.press('1');
    await d.press('PageUp');
    await d.showsStep('Pixels');
    for (const step of STEPS.slice(1)) {
      await d.press('PageDown');
      await d.showsStep(step);
    }
    for (let again = 0; again < 2; ++again) {
      await d.press('PageDown');
      await d.showsStep(MANY);
    }
    await d.press('PageUp');
    await d.showsStep('Measure');
  });

  test('each show another picture, their line of Python and a sentence on a pinned pixel', async () => {
    const pictures = new Set();
    await d.pin(0.45, 0.45);
    for (const step of STEPS) {
      await d.goTo(step);
      pictures.add((await d.picture()).toString('base64'));
      const python = await d.page.getByText(/skimage|iio|imread|scipy/).count();
      assert.ok(python > 0, `${step} shows no Python`);
      assert.equal(await d.page.getByText(/^Point at the image/).count(), 0, `${step} explains no value`);
    }
    assert.ok(pictures.size >= STEPS.length - 1, `${pictures.size} different pictures`);  // measure shows the labels again
    await d.press('Escape');
  });
});

describe('a TIFF', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('opens through the file chooser', async () => {
    const { name, bytes } = anyImage();
    const before_ = await d.picture();
    await d.app.choose({ name, mimeType: 'image/tiff', buffer: bytes }, () => d.widget('button', 'Open...').click({ force: true }));
    await d.page.waitForFunction((file) => document.title.startsWith(file), name);
    await d.computed();
    assert.ok(!before_.equals(await d.picture()));
    assert.ok(await d.nuclei() > 5);
    assert.equal(await d.widget('button', `Image: ${name}`).count(), 1);
  });

  test('opens by being dropped, and its numbers are those of the file', async () => {
    const made = nuclei();
    await d.open('dropped.tif', writeTiff(made));
    await d.goTo('Pixels');
    assert.equal(await d.fact('Shape (rows, columns)'), '120 x 160');
    assert.equal(await d.fact('Type'), 'uint16');
    const p = await d.hover(await d.imagePoint(0.4, 0.5));
    assert.match(p.rest, new RegExp(`^raw ${made.data[p.row * 160 + p.col]} `));
    assert.deepEqual(d.app.problems(), []);
  });

  test('gives the labels of the reference, saved as {stem}_labeled.tif in uint32', { skip: REAL ? false : NO_SHARED }, async () => {
    for (const name of ['nuclei_01', 'nuclei_08', 'nuclei_17']) {
      await d.open(`${name}.tif`, fs.readFileSync(shared('nuclei', `${name}.tif`)));
      const saved = await d.savedLabels();
      assert.equal(saved.name, `${name}_labeled.tif`);
      const labels = readTiff(saved.bytes);
      assert.equal(labels.type, 'uint32');
      assertSameLabels(labels, readTiff(fs.readFileSync(shared('parity', 'labels', `${name}.tif`))), name);
      assert.equal(await d.nuclei(), labels.data.reduce((a, b) => Math.max(a, b)));
    }
  });

  test('gives the labels that the core alone gives', async (t) => {
    const file = path.join(DIST, 'core/floodlight-core.mjs');
    if (!fs.existsSync(file)) {
      t.skip('dist/core is not there');
      return;
    }
    const { default: createFloodlightCore } = await import(pathToFileURL(file).href);
    const core = await createFloodlightCore();
    const made = nuclei();
    await d.open('made.tif', writeTiff(made));
    const labels = readTiff((await d.savedLabels()).bytes);
    const pipeline = new core.Pipeline();
    pipeline.setRecipe(await d.recipe());
    pipeline.setImage(made);
    pipeline.finish();
    assertSameLabels(labels, pipeline.value('labels').labels ?? pipeline.value('labels'), 'made.tif');
    pipeline.dispose();
    assert.ok(await d.nuclei() > 5);
  });

  test('saves the labels by key, too', async () => {
    const saved = await d.app.download(() => d.page.keyboard.press('s'));
    assert.match(saved.name, /_labeled\.tif$/);
  });

  test('is scored against true labels that are chosen, whose size must be the image\'s', async () => {
    const made = nuclei();
    await d.open('own.tif', writeTiff(made));
    assert.equal(await d.page.getByText(/nuclei {4}F1/).count(), 0);
    await d.goTo('Watershed');
    await d.click('button', 'Score against the truth');
    const labels = (await d.savedLabels()).bytes;
    const choose = async (name, buffer) => {
      await d.reveal(d.widget('button', 'Open true labels...'));
      await d.app.choose({ name, mimeType: 'image/tiff', buffer },
        () => d.widget('button', 'Open true labels...').click({ force: true }));
      await d.computed();
    };
    await choose('other.tif', writeTiff(nuclei(50, 60)));
    assert.equal(await d.alert(),
      'other.tif has 50 x 60 pixels, the image 120 x 160; choose the true labels of this image.');
    await choose('own_labeled.tif', labels);
    assert.equal(await d.alert(), 'own_labeled.tif holds the very labels at hand; against themselves every result scores 1.');
    assert.equal(await d.page.getByText(/nuclei {4}F1 1\.00/).count(), 1);
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('the page in one file', () => {
  const file = path.join(DIST, 'floodlight-offline.html');

  test('opens a dropped TIFF and saves its labels, from file://', async () => {
    const app = await App.open(stage.browser, { address: pathToFileURL(file).href, acceptDownloads: true });
    const d = new Driver(app);
    await d.computed();
    const { name, bytes } = anyImage();
    await d.open(name, bytes);
    const saved = await d.savedLabels();
    assert.equal(saved.name, name.replace('.tif', '_labeled.tif'));
    const labels = readTiff(saved.bytes);
    assert.equal(labels.data.reduce((a, b) => Math.max(a, b)), await d.nuclei());
    assert.deepEqual(app.problems(), []);
    await d.close();
  });
});
