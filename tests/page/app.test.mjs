// The app as a student walks it: its first picture, the steps, files in, labels out.
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

  test('follow a press on their tab', async () => {
    for (const step of STEPS) await d.goTo(step);
  });

  test('follow their digit', async () => {
    for (const [index, step] of STEPS.entries()) {
      await d.press(String(index + 1));
      await d.showsStep(step);
    }
  });

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

  test('follow the film strip', async () => {
    const strip = {
      Raw: 'Pixels', Filtered: 'Filter', Mask: 'Threshold', Components: 'Label', Refined: 'Refine', Distance: 'Distance',
      Seeds: 'Seeds', Labels: 'Watershed',
    };
    for (const [picture, step] of Object.entries(strip)) {
      await d.click('button', picture);
      await d.showsStep(step);
    }
  });

  test('each show another picture, their line of Python and a sentence on a pinned pixel', async () => {
    const pictures = new Set();
    await d.pin(0.45, 0.45);
    for (const step of STEPS) {
      await d.goTo(step);
      pictures.add((await d.picture()).toString('base64'));
      const python = await d.page.getByText(/skimage|iio|imread|scipy/).count();
      assert.ok(python > 0, `${step} shows no Python`);
      assert.equal(await d.page.getByText(/^Move over the image/).count(), 0, `${step} explains no value`);
    }
    assert.ok(pictures.size >= STEPS.length - 1, `${pictures.size} different pictures`);  // measure shows the labels again
    await d.press('Escape');
  });

  test('leave no interactive item out of the mirror', async () => {
    for (const step of STEPS) {
      await d.goTo(step);
      await d.everythingIsMirrored(step);
    }
    await d.goTo('Filter');
    await d.click('combobox', 'Filter');
    await d.everythingIsMirrored('with a list open');
    await d.press('Escape');
    await d.press('?');
    await d.everythingIsMirrored('with the help open');
    await d.press('Escape');
    await d.app.drop('no.tif', Buffer.from('this is no image'));
    await d.alert();
    await d.everythingIsMirrored('with a message');
    await d.click('button', 'Dismiss');
  });

  test('each give every control a name of its own within its group', async () => {
    for (const step of STEPS) {
      await d.goTo(step);
      const doubles = await d.page.evaluate(() => {
        const seen = new Set();
        const twice = [];
        for (const element of document.querySelectorAll('#mirror :is(button, input, select, [role=separator], [role=application])')) {
          const kind = element.getAttribute('role') ?? element.type;
          const group = element.closest('[role=group], [role=region]')?.getAttribute('aria-label') ?? '';
          const name = element.getAttribute('aria-label');
          const key = [group, kind, name].join(' / ');
          if (!name || seen.has(key)) twice.push(key);
          seen.add(key);
        }
        return twice;
      });
      assert.deepEqual(doubles, [], step);
    }
  });

  test('draw nothing in five idle seconds', async () => {
    await d.goTo('Threshold');
    await d.pin(0.4, 0.4);
    await d.app.settled();
    await d.page.waitForTimeout(1500);  // a tooltip may come
    const drawn = await d.app.frames();
    await d.page.waitForTimeout(3500);
    assert.equal(await d.app.frames(), drawn);
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

  test('keeps the parameters of the student from one file to the next', async () => {
    await d.goTo('Filter');
    await d.widget('spinbutton', 'Sigma').fill('2');
    await d.computed();
    await d.open('next.tif', writeTiff(nuclei(130, 150)));
    assert.equal((await d.recipe()).filter.sigma, 2);
    await d.widget('spinbutton', 'Sigma').fill('1');
    await d.computed();
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

  test('can be saved as uint16, with the same labels', async () => {
    await d.open('small.tif', writeTiff(nuclei()));
    await d.goTo('Watershed');
    const wide = readTiff((await d.savedLabels()).bytes);
    await d.click('switch', 'Save labels as uint16');
    const { name, bytes } = await d.savedLabels();
    assert.equal(name, 'small_labeled.tif');
    const narrow = readTiff(bytes);
    assert.deepEqual([wide.type, narrow.type], ['uint32', 'uint16']);
    assertSameLabels(narrow, wide, 'small.tif');
    await d.click('switch', 'Save labels as uint16');
  });

  test('saves the labels by key, too', async () => {
    const saved = await d.app.download(() => d.page.keyboard.press('s'));
    assert.match(saved.name, /_labeled\.tif$/);
  });

  test('saves the value of each step as a TIFF of its kind', async () => {
    const made = nuclei();
    await d.open('kinds.tif', writeTiff(made));
    const types = {
      Threshold: ['mask', 'uint8'], Filter: ['filtered', 'float32'], Label: ['components', 'uint32'],
      Refine: ['refined', 'uint8'], Distance: ['distance', 'float32'], Seeds: ['seeds', 'uint32'],
    };
    for (const [step, [suffix, type]] of Object.entries(types)) {
      await d.goTo(step);
      await d.reveal(d.widget('button', 'Save this step as a TIFF'));
      const saved = await d.app.download(() => d.widget('button', 'Save this step as a TIFF').click({ force: true }));
      assert.equal(saved.name, `kinds_${suffix}.tif`);
      const image = readTiff(saved.bytes);
      assert.deepEqual([image.type, image.rows, image.cols], [type, made.rows, made.cols]);
      if (type === 'uint8') assert.deepEqual([...new Set(image.data)].sort((a, b) => a - b), [0, 255]);
    }
  });
});

describe('the samples', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('have five nuclei in the small field, the one at the border among them', async () => {
    await d.openSample('The small field');
    assert.equal(await d.nuclei(), 5);
    const recipe = await d.recipe();
    assert.deepEqual([recipe.seeds.window, recipe.seeds.min_distance, recipe.seeds.exclude_border], [7, 2, false]);
  });

  test('hold the numbers of the lecture in its grid', async () => {
    await d.openSample('The lecture\'s grid');
    await d.goTo('Pixels');
    assert.equal(await d.fact('Shape (rows, columns)'), '19 x 26');
    await d.press('ArrowDown');
    let p = await d.pixel();
    const step = async (key, count) => { for (let i = 0; i < count; ++i) await d.press(key); };
    await step(p.row > 5 ? 'ArrowUp' : 'ArrowDown', Math.abs(p.row - 5));
    await step(p.col > 14 ? 'ArrowLeft' : 'ArrowRight', Math.abs(p.col - 14));
    p = await d.pixel();
    assert.deepEqual([p.row, p.col], [5, 14]);
    assert.match(p.rest, /^raw 209 /);
    await d.goTo('Filter');
    await d.choose('Filter', 'Median');
    await d.widget('spinbutton', 'Size').fill('3');
    await d.computed();
    assert.match((await d.pixel()).rest, /filtered 152 /);
    assert.ok(await d.nuclei() > 0);
  });

  test('bring their own recipe, whatever was set before', async () => {
    await d.openSample('Nuclei 02');
    const recipe = await d.recipe();
    assert.deepEqual(recipe.filter, { method: 'gaussian', sigma: 1 });
    assert.equal(recipe.seeds.window, 25);
    assert.ok(await d.nuclei() > 50);
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
