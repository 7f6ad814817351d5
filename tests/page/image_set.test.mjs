// Many images: the set and its run, what the list shows of them, and what is saved.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Driver, MANY, Stage } from './driver.mjs';
import { App, DIST } from './harness.mjs';
import { nuclei, readTiff, writeTiff } from './tiff.mjs';
import { unzip } from './zip.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const made = { 'a.tif': nuclei(120, 160), 'b.tif': nuclei(140, 140), 'c.tif': nuclei(100, 180) };
const files = Object.entries(made).map(([name, image]) => [name, writeTiff(image)]);
const bad = ['broken.tif', Buffer.from('Nuclei were imaged on Monday.\n')];

/** What the core says of an image, by itself. */
async function expected(image, recipe) {
  const { default: create } = await import(pathToFileURL(path.join(DIST, 'core/floodlight-core.mjs')).href);
  const core = await create();
  const pipeline = new core.Pipeline();
  pipeline.setRecipe(recipe);
  pipeline.setImage({ ...image, data: Float32Array.from(image.data) });
  pipeline.finish();
  return {
    ...pipeline.value('labels'), threshold: pipeline.value('mask').threshold, header: core.measurementsCsvHeader(),
    table: (name) => pipeline.measurementsCsv(name),
  };
}

/** Opens the page where no dialog of the browser's own can appear. */
const open = (options = {}) => stage.open({
  ...options,
  prepare: async (page) => {
    await page.addInitScript(() => { delete globalThis.showSaveFilePicker; });
    await options.prepare?.(page);
  },
});

const says = (d, text) => d.page.getByText(text).first().waitFor({ timeout: 60_000 });
const row = (d, start) => d.page.getByRole('button', { name: new RegExp(`^${start.replace('.', '\\.')}, `) });
const words = async (d, start) => (await row(d, start).getAttribute('aria-label')) ?? row(d, start).textContent();

async function press(d, name) {
  await d.widget('button', name).click({ force: true });
}

async function done(d, sentence) {
  await says(d, sentence);
  await d.page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached' });
  await d.computed();
}

async function runFiles(d, dropped = files) {
  await d.app.dropAll(dropped);
  await press(d, `Run all ${dropped.length}`);
}

describe('a set of files', () => {
  let d;
  before(async () => { d = await open(); });
  after(() => d?.close());

  test('is asked for where there is none, and fetches nothing before it is run', async () => {
    await d.press('0');
    await d.showsStep(MANY);
    for (const name of ['Choose files...', 'Choose a folder...', 'Take the 25 fields']) {
      assert.equal(await d.widget('button', name).count(), 1, name);
    }
    await d.everythingIsMirrored('without images');
    assert.ok(!d.app.requests.some((url) => /core-worker|core\//.test(url)), d.app.requests.join('\n'));
  });

  test('runs with the recipe; a bad one is marked with its reason, and the rest go on', async () => {
    await d.press('8');
    await runFiles(d, [...files, bad]);
    await done(d, '3 of 4 images done, 1 failed');
    assert.match(await words(d, 'broken.tif'), /broken\.tif is a text file/);
    const recipe = await d.recipe();
    for (const [name, image] of Object.entries(made)) {
      const { count, threshold } = await expected(image, recipe);
      assert.ok(count > 3);
      const shown = await words(d, name);
      assert.match(shown, new RegExp(`^${name}, ${image.rows} x ${image.cols} px, Nuclei ${count}, Threshold ${Math.round(threshold * (threshold >= 100 ? 1 : 10)) / (threshold >= 100 ? 1 : 10)},`));
      assert.doesNotMatch(shown, /F1/);
    }
    await d.everythingIsMirrored('with results');
    await d.noWorkers();
  });

  test('is sorted by each column, both ways', async () => {
    const counts = () => d.page.getByRole('button', { name: /px, Nuclei / }).evaluateAll((rows) => rows.map(
      (element) => Number((element.getAttribute('aria-label') ?? element.textContent).match(/Nuclei (\d+)/)[1])));
    const down = (await counts()).sort((a, b) => b - a);
    await d.click('button', 'Sort by Nuclei');
    assert.deepEqual(await counts(), down);
    await d.click('button', 'Sort by Nuclei, the largest comes first');
    assert.deepEqual(await counts(), [...down].reverse());
    await d.click('button', 'Sort by Image');
  });

  test('opens a row at the chosen step, with the run\'s recipe, and 0 comes back', async () => {
    await d.choose('A row opens its image at', 'Distance');
    const { count } = await expected(made['b.tif'], await d.recipe());
    await d.pressOn(row(d, 'b.tif'));
    await d.page.waitForFunction(() => document.title.startsWith('b.tif'));
    await d.computed();
    await d.showsStep('Distance');
    assert.equal(await d.nuclei(), count);
    await d.press('0');
    await d.showsStep(MANY);
  });

  test('is stale when the recipe has changed, and opens with the recipe of its results until it is run again', async () => {
    const before_ = await d.recipe();
    await d.goTo('Filter');
    await d.widget('spinbutton', 'Sigma').fill('3');
    await d.computed();
    await d.press('Escape');
    await d.goTo(MANY);
    await says(d, 'The recipe has changed since these results were made.');
    await d.pressOn(row(d, 'a.tif'));
    await d.page.waitForFunction(() => document.title.startsWith('a.tif'));
    await d.computed();
    assert.deepEqual(await d.recipe(), before_);
  });

  test('takes one file more when it is dropped on the list, and numbers an equal name', async () => {
    await d.press('0');
    await d.app.drop(...files[0]);
    await row(d, 'a_2.tif').waitFor();
    await press(d, 'Run the rest');
    await done(d, '4 of 5 images done, 1 failed');
    assert.equal((await words(d, 'a_2.tif')).replace('a_2', 'a'), await words(d, 'a.tif'));
  });

  test('is emptied', async () => {
    await d.click('button', 'Empty the list');
    await says(d, 'No images yet');
    assert.deepEqual(d.app.problems(), []);
  });
});

test('a dropped folder gives its TIFFs, and says what it leaves out', async () => {
  const d = await open();
  await d.page.evaluate((all) => {
    const fileOf = ([name, base64]) => new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name);
    const entries = all.map((one) => ({ isFile: true, file: (give) => give(fileOf(one)) }));
    entries.push({ isFile: false, isDirectory: true, name: 'deeper' });
    const batches = [entries, []];
    const folder = { isDirectory: true, name: 'images', createReader: () => ({ readEntries: (give) => give(batches.shift()) }) };
    const dataTransfer = { types: ['Files'], files: [new File([], 'images')], items: [{ kind: 'file', webkitGetAsEntry: () => folder }] };
    const event = new Event('drop', { bubbles: true, cancelable: true });
    dispatchEvent(Object.assign(event, { dataTransfer }));
  }, [...files, ['notes.txt', Buffer.from('x')], ['.hidden', Buffer.from('x')]].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));
  await d.widget('button', 'Run all 3').waitFor();
  await says(d, '1 file of the folder is no TIFF by its name and was left out.');
  await d.close();
});

test('a chosen folder gives the TIFFs that lie directly in it', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-'));
  try {
    for (const [name, bytes] of files) fs.writeFileSync(path.join(folder, name), bytes);
    fs.writeFileSync(path.join(folder, 'notes.txt'), 'x');
    fs.mkdirSync(path.join(folder, 'deeper'));
    fs.writeFileSync(path.join(folder, 'deeper', 'd.tif'), files[0][1]);
    const d = await open();
    await d.press('0');
    await d.app.choose(folder, () => press(d, 'Choose a folder...'));
    await d.widget('button', 'Run all 3').waitFor();
    assert.equal(await row(d, 'd.tif').count(), 0);
    await d.close();
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

describe('the 25 fields', () => {
  let d;
  before(async () => {
    d = await open();
    await d.press('0');
    await press(d, 'Take the 25 fields');
  });
  after(() => d?.close());

  test('pause: no further image is begun, until it goes on', async () => {
    await says(d, /^[1-9]\d? of 25 images done/);
    await press(d, 'Pause');
    await says(d, / paused$/);
    await d.page.waitForFunction(() => !/, working/.test(document.getElementById('mirror').innerHTML), null, { timeout: 30_000 });
    const sentence = await d.page.getByText(/ of 25 images done/).first().textContent();
    await d.page.waitForTimeout(600);
    assert.equal(await d.page.getByText(/ of 25 images done/).first().textContent(), sentence);
    await press(d, 'Go on');
    await d.page.getByText(sentence, { exact: true }).first().waitFor({ state: 'detached', timeout: 30_000 });
  });

  test('a worker that dies marks its image and is replaced', async () => {
    await d.page.workers()[0].evaluate(() => { setTimeout(() => { throw new Error('gone'); }); });
    await says(d, /, 1 failed/);
    assert.equal(await d.page.getByRole('button', { name: /The browser ended the work on this image/ }).count(), 1);
  });

  test('cancel ends the workers and keeps what is done', async () => {
    await press(d, 'Cancel');
    await d.computed();
    await d.noWorkers();
    assert.ok(await d.page.getByRole('button', { name: /px, Nuclei .* F1 / }).count() > 0);
    assert.ok(await d.page.getByRole('button', { name: /, not run yet$/ }).count() > 0);
  });

  test('are finished by running the rest, each with its score', async () => {
    await press(d, 'Run the rest');
    await done(d, /^25 of 25 images done$/);
    assert.equal(await d.page.getByRole('button', { name: /, Nuclei \d+.* F1 / }).count(), 25);
    assert.equal(await d.page.getByRole('button', { name: /^Nuclei 07, far from the others: / }).count(), 1);
    await d.everythingIsMirrored('with 25 fields');
    assert.deepEqual(d.app.problems(), []);
  });

  test('opens one as the sample that it is', async () => {
    await d.pressOn(row(d, 'Nuclei 03'));
    await d.page.waitForFunction(() => document.title.startsWith('Nuclei 03'));
    await d.showsStep('Watershed');
    await d.computed();
    await d.page.getByText(/F1 0\.\d\d/).first().waitFor();
  });
});

describe('a worker that never begins', () => {
  for (const [name, dies] of [['and says nothing', false], ['and dies', true]]) {
    test(`${name} is not waited for; the others do all`, async () => {
      const d = await open({ prepare: (page) => page.addInitScript((itDies) => {
        Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 });
        let made = 0;
        globalThis.Worker = new Proxy(Worker, { construct(Real, args) {
          made += 1;
          if (made !== 2) return new Real(...args);
          const worker = { postMessage() {}, terminate() {} };
          if (itDies) setTimeout(() => worker.onerror({ message: '', preventDefault() {} }));
          return worker;
        } });
      }, dies) });
      await runFiles(d);
      await done(d, '3 of 3 images done');
      await d.noWorkers();
      assert.deepEqual(d.app.problems(), []);
      await d.close();
    });
  }
});

describe('saving', () => {
  /** What must be in the archive or the folder, by its name. */
  async function check(saved, d, nameOf) {
    const recipe = await d.recipe();
    assert.deepEqual(Object.keys(saved).sort(), [...Object.keys(made).map(nameOf), 'measurements.csv', 'recipe.json'].sort());
    let table = '';
    for (const [name, image] of Object.entries(made)) {
      const wanted = await expected(image, recipe);
      const labels = readTiff(saved[nameOf(name)]);
      assert.equal(labels.type, 'uint32');
      assert.deepEqual([labels.rows, labels.cols], [image.rows, image.cols]);
      assert.deepEqual([...labels.data], [...wanted.labels.data], name);
      table = (table || wanted.header) + wanted.table(name);
    }
    assert.equal(saved['measurements.csv'].toString(), table);
    // The pixel size is each file's own business.
    assert.deepEqual(JSON.parse(saved['recipe.json']), { ...recipe, measure: { ...recipe.measure, pixel_size: null } });
  }

  const labeled = (name) => name.replace('.tif', '_labeled.tif');

  async function openDone(prepare) {
    const d = await open({ prepare });
    await runFiles(d);
    await done(d, '3 of 3 images done');
    await d.press('S');
    await d.widget('button', 'Save as a ZIP').waitFor();
    return d;
  }

  test('gives one ZIP with every label image, the measurements and the recipe', async () => {
    const d = await openDone();
    const { name, bytes } = await d.app.download(() => d.click('button', 'Save as a ZIP'));
    assert.equal(name, 'floodlight_results.zip');
    await check(unzip(bytes), d, labeled);
    await says(d, 'Saved in floodlight_results.zip: 3 label images, measurements.csv and recipe.json.');
    await d.click('button', 'As in the lecture');
    const again = await d.app.download(() => d.click('button', 'Save as a ZIP'));
    assert.deepEqual(Object.keys(unzip(again.bytes)).sort(), ['a_.tif', 'b_.tif', 'c_.tif', 'measurements.csv', 'recipe.json']);
    await d.close();
  });

  test('refuses names under which results would be lost', async () => {
    const d = await openDone();
    const refused = async (pattern, sentence) => {
      await d.widget('textbox', 'Name of each label image').fill(pattern);
      await says(d, sentence);
      assert.ok(await d.widget('button', 'Save as a ZIP').isDisabled(), pattern);
    };
    await refused('labels.tif', /it must contain \{stem\}/);
    await refused('{stem}.tif', /the image's own name/);
    await d.app.drop('a_1.tif', files[0][1]);
    await row(d, 'a_1.tif').waitFor();
    await refused('{stem}_1.tif', 'The labels of a.tif would be called a_1.tif, as another image of the set is.');
    await d.widget('textbox', 'Name of each label image').fill('{stem}_2.tif');
    await d.computed();
    assert.ok(await d.widget('button', 'Save as a ZIP').isEnabled());
    await d.everythingIsMirrored('with the results\' names');
    await d.close();
  });

  test('writes into a folder where the browser lets it, and streams the ZIP into a chosen file', async () => {
    // The origin's private file system has the same handles as the reader's own folders.
    const d = await openDone((page) => page.addInitScript(() => {
      const root = () => navigator.storage.getDirectory();
      globalThis.showDirectoryPicker = async () => (await root()).getDirectoryHandle('results', { create: true });
      globalThis.showSaveFilePicker = async ({ suggestedName }) => (await root()).getFileHandle(suggestedName, { create: true });
    }));
    const read = (folder) => d.page.evaluate(async (name) => {
      const root = await navigator.storage.getDirectory();
      const files_ = {};
      for await (const [file, handle] of (name ? await root.getDirectoryHandle(name) : root).entries()) {
        if (handle.kind !== 'file') continue;
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        files_[file] = btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));
      }
      return files_;
    }, folder).then((all) => Object.fromEntries(Object.entries(all).map(([name, text]) => [name, Buffer.from(text, 'base64')])));
    await d.click('button', 'Into a folder...');
    await says(d, 'Saved in results: 3 label images, measurements.csv and recipe.json.');
    await check(await read('results'), d, labeled);
    await d.click('button', 'Save as a ZIP');
    await says(d, /^Saved in floodlight_results\.zip/);
    await check(unzip((await read(''))['floodlight_results.zip']), d, labeled);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

test('the offline file runs them as well, without any request', async () => {
  const address = pathToFileURL(path.join(DIST, 'floodlight-offline.html')).href;
  const prepare = (page) => page.addInitScript(() => { delete globalThis.showSaveFilePicker; });
  const d = new Driver(await App.open(stage.browser, { address, prepare }));
  await d.computed();
  await runFiles(d);
  await done(d, '3 of 3 images done');
  await d.press('S');
  const { bytes } = await d.app.download(() => d.click('button', 'Save as a ZIP'));
  assert.equal(Object.keys(unzip(bytes)).length, 5);
  assert.deepEqual(d.app.problems(), []);
  assert.equal(d.app.requests.filter((url) => !url.startsWith('blob:')).length, 1);
  await d.close();
});
