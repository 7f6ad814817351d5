// What is taken home: every file's content, by mouse and by keyboard; recipes and states that come back by drop.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { openExercise, smallField } from './exercises.mjs';
import { DIST } from './harness.mjs';
import { difference, readPng } from './png.mjs';
import { nuclei, readTiff, writeTiff } from './tiff.mjs';
import { unzip } from './zip.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const text = ({ bytes }) => bytes.toString('utf8');

async function openList(d) {
  await d.press('k');
  await d.widget('dialog', 'Take it home').waitFor({ timeout: 20_000 });
}

async function closeList(d) {
  await d.press('Escape');
  assert.equal(await d.page.getByRole('dialog').count(), 0);
}

async function save(d, name) {
  const saved = await d.app.download(() => d.widget('button', name).click({ force: true }));
  await d.computed();
  return saved;
}

/** RFC 4180: rows of fields. */
function readCsv(content) {
  const rows = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g;
  for (let match = pattern.exec(content); match && match.index < content.length; match = pattern.exec(content)) {
    const field = match[1].startsWith('"') ? match[1].slice(1, -1).replaceAll('""', '"') : match[1];
    rows.at(-1).push(field);
    if (match[2] === '\r\n') rows.push([]);
    if (match[2] === '') break;
  }
  if (rows.at(-1).length === 0) rows.pop();
  return rows;
}

describe('the list of what can be taken home', () => {
  let d;
  before(async () => {
    d = await stage.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  });
  after(() => d?.close());

  test('opens by its button and its key, is mirrored, and says of each what it is', async () => {
    await d.click('button', 'Take home');
    await d.everythingIsMirrored('the list');
    const dialog = d.widget('dialog', 'Take it home');
    for (const line of [
      'Labels: Numbered, uint32. OpenCV and Octave need uint16.',
      'Picture: A PNG for slides, with legend and scale bar.',
      'Python script: The same labels from scikit-image 0.25.2 or newer.',
      'Link: Opens this page with image, step, recipe and view as they are.',
    ]) assert.equal(await dialog.getByText(line, { exact: true }).count(), 1, line);
    await d.app.screenshot('take-home-dark');
    await closeList(d);
    await d.press('l');
    await openList(d);
    await d.app.screenshot('take-home-light');
    await closeList(d);
    await d.press('l');
    await d.press('p');
    await openList(d);
    await d.everythingIsMirrored('the list on stage');
    for (const name of ['Labels: Save', 'Recipe: Save', 'Close the list']) {
      const box = await d.widget('button', name).boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 800 && box.x + box.width <= 1280, `${name} on stage`);
    }
    await d.app.screenshot('take-home-stage');
    await closeList(d);
    await d.press('p');
  });

  test('saves the labels by keys alone', async () => {
    await openList(d);
    const { name, bytes } = await d.app.download(() => d.page.keyboard.press('Enter'));
    assert.equal(name, 'nuclei_01_labeled.tif');
    const labels = readTiff(bytes);
    assert.equal(labels.type, 'uint32');
    assert.equal(new Set(labels.data).size - 1, await d.nuclei());
    assert.equal(await d.page.getByRole('status').getByText("Labels: saved among the browser's downloads.").count(), 1);
    await d.page.keyboard.press('Tab');
    const short = await d.app.download(() => d.page.keyboard.press('Enter'));
    assert.equal(readTiff(short.bytes).type, 'uint16');
    assert.deepEqual(Array.from(readTiff(short.bytes).data), Array.from(labels.data));
    await d.page.keyboard.press('Tab');
    const next = await d.app.download(() => d.page.keyboard.press('Enter'));
    assert.equal(next.name, 'nuclei_01_measurements.csv');
    for (const [program, file] of [['ImageJ', 'nuclei_01_outlines.zip'], ['QuPath', 'nuclei_01_outlines.geojson']]) {
      const outlines = await d.app.download(() => d.click('button', `Outlines: For ${program}`));
      assert.equal(outlines.name, file);
      const count = program === 'ImageJ' ? Object.keys(unzip(outlines.bytes)).length : JSON.parse(outlines.bytes).features.length;
      assert.equal(count, await d.nuclei());
    }
    const commas = await d.app.download(() => d.click('button', 'Measurements: With commas'));
    assert.match(commas.bytes.toString(), /^file;label;area_px;/);
    await d.computed();
    await closeList(d);
  });

  test('saves a table with a row for each nucleus', async () => {
    await openList(d);
    const saved = await save(d, 'Measurements: Save');
    const [header, ...rows] = readCsv(text(saved));
    assert.ok(text(saved).endsWith('\r\n'));
    assert.equal(header[0], 'file');
    assert.ok(header.includes('area_px') && header.includes('area_um2'), header.join());
    assert.equal(rows.length, await d.nuclei());
    const labels = readTiff((await save(d, 'Labels: Save')).bytes);
    const column = (name) => header.indexOf(name);
    for (const row of rows) {
      assert.equal(row.length, header.length);
      assert.equal(row[0], 'nuclei_01.tif');
      const label = Number(row[column('label')]);
      const area = labels.data.reduce((sum, value) => sum + (value === label ? 1 : 0), 0);
      assert.equal(Number(row[column('area_px')]), area, `label ${label}`);
      assert.ok(Math.abs(Number(row[column('area_um2')]) - area * 0.65 * 0.65) < 1e-6);
    }
    await closeList(d);
  });

  test('saves the programs, and copies what it saves', async () => {
    await openList(d);
    const clipboard = () => d.page.evaluate(() => navigator.clipboard.readText());
    const script = await save(d, 'Python script: Save');
    assert.equal(script.name, 'nuclei_01.py');
    assert.match(text(script), /skimage\.filters\.gaussian\(/);
    assert.match(text(script), /"nuclei_01\.tif"/);
    await d.click('button', 'Python script: Copy');
    assert.equal(await clipboard(), text(script));
    const loop = await save(d, 'Python loop: Save');
    assert.match(text(loop), /\.glob\("\*\.tif"\)/);
    await d.click('button', 'Python loop: Copy');
    assert.equal(await clipboard(), text(loop));
    const notebook = await save(d, 'Jupyter notebook: Save');
    assert.equal(notebook.name, 'nuclei_01.ipynb');
    const { nbformat, cells } = JSON.parse(text(notebook));
    assert.equal(nbformat, 4);
    assert.ok(cells.some((cell) => cell.cell_type === 'code') && cells.some((cell) => cell.cell_type === 'markdown'));
    const macro = await save(d, 'ImageJ macro: Save');
    assert.equal(macro.name, 'nuclei_01.ijm');
    assert.match(text(macro), /^\/\/.*not exactly/im);
    // What the programs read can be had too.
    const image = await save(d, 'Image: Save');
    assert.equal(image.name, 'nuclei_01.tif');
    assert.deepEqual([readTiff(image.bytes).rows, readTiff(image.bytes).cols], [512, 512]);
    await closeList(d);
  });

  test('copies a link that opens the same', async () => {
    await d.goTo('Seeds');
    await openList(d);
    await d.click('button', 'Link: Copy');
    const link = await d.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, `${stage.server.url}#v=1&image=nuclei_01&step=seeds`);
    await closeList(d);
  });

  test('saves the value of the step at hand', async () => {
    await d.goTo('Distance');
    await openList(d);
    const { name, bytes } = await save(d, 'Values of this step: Save');
    assert.equal(name, 'nuclei_01_distance.tif');
    assert.equal(readTiff(bytes).type, 'float32');
    await closeList(d);
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('a picture', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('of the whole image shows every pixel in its colour, with legend and scale bar', async () => {
    const image = nuclei();
    await d.open('field.tif', writeTiff(image));
    await d.goTo('Pixels');
    await openList(d);
    const saved = await save(d, 'Picture: Whole image');
    await closeList(d);
    assert.equal(saved.name, 'field_raw.png');
    const png = readPng(saved.bytes);
    const zoom = 6;  // 160 columns become about 1000
    assert.equal(png.cols, image.cols * zoom);
    const top = png.rows - image.rows * zoom;
    assert.ok(top > 40 && top < 120, 'the legend stands above; without a pixel size there is no bar below');
    const [low, high] = [Math.min(...image.data), Math.max(...image.data)];
    for (let row = 3; row < image.rows; row += 13) {
      for (let col = 3; col < image.cols; col += 11) {
        const share = (image.data[row * image.cols + col] - low) / (high - low);
        // The window ends at the 99.9th percentile: what is brighter is white.
        const [red, green, blue] = png.at(top + row * zoom + 2, col * zoom + 2);
        assert.ok(red === green && green === blue, 'a grey');
        assert.ok(Math.abs(red - share * 255) < 40, `(${row}, ${col}): ${red} for ${share}`);
      }
    }
    const bright = (from, to) => {
      let count = 0;
      for (let row = from; row < to; ++row) {
        for (let col = 0; col < png.cols; ++col) if (png.at(row, col).every((value) => value > 200)) ++count;
      }
      return count;
    };
    assert.ok(bright(0, top) > 300, 'name and legend are written');
  });

  test('of an image whose numbers can be read leaves room for its rulers beside every pixel', async () => {
    const image = readTiff(fs.readFileSync(path.join(DIST, 'samples/small_field.tif')));
    await d.openSample('The small field');
    await d.goTo('Pixels');
    await openList(d);
    const saved = await save(d, 'Picture: Whole image');
    await closeList(d);
    const png = readPng(saved.bytes);
    const zoom = 33;  // 30 columns become about 1000
    const [top, left] = [png.rows - image.rows * zoom, png.cols - image.cols * zoom];
    assert.ok(left > 20 && left < 60, `${left} points for the numbers of the rows`);
    const greys = new Map();
    for (let row = 0; row < image.rows; ++row) {
      for (let col = 0; col < image.cols; ++col) {
        const [red, green, blue] = png.at(top + row * zoom + 4, left + col * zoom + 4);
        assert.ok(red === green && green === blue, `${[row, col]} is a grey`);
        const value = image.data[row * image.cols + col];
        assert.ok(Math.abs(red - (greys.get(value) ?? red)) <= 1, `${[row, col]} is as grey as its like`);
        greys.set(value, red);
      }
    }
    assert.ok(greys.size > 50);
  });

  test('of labels has their colours, and a bar where the pixel size is known', async () => {
    await d.openSample('Nuclei 01');
    await d.goTo('Watershed');
    await openList(d);
    const saved = await save(d, 'Picture: Whole image');
    const labels = readTiff((await save(d, 'Labels: Save')).bytes);
    await closeList(d);
    assert.equal(saved.name, 'nuclei_01_labels.png');
    const png = readPng(saved.bytes);
    assert.equal(png.cols, 1024);
    // The bar: the longest white run below the image is so many micrometres of 0.65 um pixels.
    let longest = 0;
    for (let row = png.rows - 40; row < png.rows; ++row) {
      let run = 0;
      for (let col = 0; col < png.cols; ++col) {
        run = png.at(row, col).every((value) => value > 230) ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
    }
    assert.ok(Math.abs(longest - (100 / 0.65) * 2) <= 1 || Math.abs(longest - (50 / 0.65) * 2) <= 1, `${longest}`);
    const top = 76;
    let coloured = 0;
    let inside = 0;
    for (let row = 0; row < 512; row += 3) {
      for (let col = 0; col < 512; col += 3) {
        if (labels.data[row * 512 + col] === 0) continue;
        const [red, green, blue] = png.at(top + row * 2, col * 2);
        ++inside;
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 20) ++coloured;
      }
    }
    assert.ok(coloured > 0.95 * inside, `${coloured} of ${inside} pixels of nuclei are coloured`);
  });

  test('of the view is what is on the screen, without the controls', async () => {
    await d.openSample('The small field');
    await d.goTo('Filter');
    await d.click('radio', 'Side by side');
    await openList(d);
    const saved = await save(d, 'Picture: This view');
    await closeList(d);
    await d.page.mouse.move(2, 2);
    const screen = readPng(await d.picture());
    const png = readPng(saved.bytes);
    assert.deepEqual([png.rows, png.cols], [screen.rows, screen.cols]);
    const differing = difference(png, screen, png.rows - 60);  // below are the controls
    assert.ok(differing < 0.002, `${differing} of the picture is different`);
    await d.everythingIsMirrored('after a picture');
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('what comes back by drop', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('is a recipe, for any image, and can be undone', async () => {
    await d.goTo('Filter');
    await d.choose('Filter', 'Median');
    await openList(d);
    const saved = await save(d, 'Recipe: Save');
    await closeList(d);
    assert.deepEqual(JSON.parse(text(saved)), await d.recipe());
    await d.openSample('Crowded');
    const own = await d.recipe();
    await d.app.drop(saved.name, saved.bytes, 'application/json');
    await d.page.waitForFunction(() => JSON.parse(globalThis.floodlight.recipe()).filter.method === 'median');
    await d.computed();
    assert.match(await d.page.title(), /^Crowded/);
    assert.deepEqual(await d.recipe(), { ...JSON.parse(text(saved)), measure: own.measure });
    await d.press('Control+z');
    assert.deepEqual(await d.recipe(), own);
  });

  test('is a state, whole', async () => {
    await d.openSample('The small field');
    await d.goTo('Distance');
    await d.pin(0.4, 0.4);
    const [recipe, pixel] = [await d.recipe(), await d.pixel()];
    await openList(d);
    const saved = await save(d, 'Link as a file: Save');
    await closeList(d);
    await d.openSample('Nuclei 05');
    await d.goTo('Measure');
    await d.page.mouse.move(2, 2);
    await d.app.drop(saved.name, saved.bytes, 'application/json');
    await d.page.waitForFunction(() => document.title.startsWith('The small field'));
    await d.computed();
    await d.showsStep('Distance');
    assert.deepEqual(await d.recipe(), recipe);
    assert.deepEqual(await d.pixel(), pixel);
  });

  test('that cannot be read gives one sentence, and nothing is lost', async () => {
    const recipe = await d.recipe();
    const cases = {
      'cut.json': ['{"floodlight_recipe": 1, "filter": {', /^cut\.json: This is not valid JSON: line 1, column \d+/],
      'else.json': ['{"a": 3}', /^else\.json: This is no Floodlight recipe/],
      'new.json': ['{"floodlight_recipe": 9}', /version 9/],
      'bad.json': ['{"floodlight_recipe": 1, "filter": {"sigma": 700}}', /^bad\.json: filter\.sigma is 700/],
      'state.json': ['{"floodlight_state": 1, "image": "nobody"}', /^state\.json: image is "nobody"/],
      'empty.json': ['', /^empty\.json: This is not valid JSON/],
      'list.json': ['[1, 2]', /^list\.json: This is no Floodlight recipe/],
    };
    for (const [name, [content, sentence]] of Object.entries(cases)) {
      await d.app.drop(name, Buffer.from(content), 'application/json');
      await d.page.waitForFunction((file) => document.querySelector('#mirror [role=alert]')?.textContent.includes(file),
        name, { timeout: 20_000 });
      assert.match(await d.alert(), sentence);
      assert.deepEqual(await d.recipe(), recipe);
      await d.click('button', 'Dismiss');
    }
    assert.deepEqual(d.app.problems(), []);
  });
});

test('what an open exercise asks for is not given away', async () => {
  const d = await smallField(stage, 'Watershed');
  await openExercise(d, 1);
  assert.equal(await d.page.getByText(/^\? nuclei/).count(), 1);
  await openList(d);
  for (const name of ['Labels: Save', 'Measurements: Save', 'Values of this step: Save']) {
    assert.ok(await d.widget('button', name).isDisabled(), name);
  }
  assert.ok(await d.page.getByText('Labels: An exercise asks for this: answer it first.').count() > 0);
  await closeList(d);
  await d.press('s');
  assert.match(await d.alert(), /^An exercise asks for this/);
  assert.deepEqual(d.app.problems(), []);
  await d.close();
});
