// Links that restore the screen, links that cannot be opened, links to a file that only the sender has; undo and redo.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { Driver, Stage } from './driver.mjs';
import { App, DIST } from './harness.mjs';
import { difference, readPng } from './png.mjs';
import { nuclei, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const fragment = (d) => d.page.evaluate(() => location.hash);

/** The address says something else than before, and then no more for longer than it takes to follow. */
async function addressAfter(d, earlier) {
  await d.page.waitForFunction((then) => location.hash !== then, earlier, { timeout: 5000 });
  let now = null;
  while (now !== await fragment(d)) {
    now = await fragment(d);
    await d.page.waitForTimeout(1000);
  }
  return now;
}

async function openAt(hash) {
  const d = new Driver(await App.open(stage.browser, { address: stage.server.url + hash }));
  await d.computed();
  return d;
}

/** Pastes another fragment behind the open page's address. */
async function paste(d, hash) {
  await d.page.evaluate((text) => { location.hash = text; }, hash);
  await d.computed();
}

describe('a link', () => {
  test('is not there while the page is as it opens', async () => {
    const d = await stage.open();
    await d.page.waitForTimeout(1200);
    assert.equal(await d.page.url(), stage.server.url);
    await d.press('PageUp');
    assert.equal(await addressAfter(d, ''), '#v=1&image=nuclei_01&step=seeds');
    await d.press('PageDown');
    await d.page.waitForFunction(() => location.hash === '' && !location.href.endsWith('#'), null, { timeout: 5000 });
    assert.equal(await d.page.evaluate(() => history.length), 2, 'following makes no steps for the back button');
    await d.close();
  });

  const states = {
    'zoomed to a pinned pixel, filtered otherwise': async (d) => {
      await d.goTo('Filter');
      await d.choose('Filter', 'Median');
      await d.pin(0.4, 0.5);
      await d.press('z');
      await d.click('radio', 'Before');
    },
    'the small field, split, with other repairs': async (d) => {
      await d.openSample('The small field');
      await d.goTo('Refine');
      await d.click('button', 'Add a repair');
      await d.click('radio', 'Split');
      await d.drag('separator', 'Divider', [0.5, 0.3], [-8, 0.3]);
    },
    'seeds set by hand, flooded half way': async (d) => {
      await d.openSample('Crowded');
      await d.goTo('Seeds');
      await d.click('switch', 'Seeds by hand');
      const point = await d.imagePoint(0.31, 0.37);
      await d.hover(point);
      await d.page.mouse.click(...point);
      await d.computed();
      await d.goTo('Watershed');
      await d.click('button', 'Watch the flood');
      await d.widget('slider', 'Pixels flooded').fill('20000');
      await d.computed();
    },
    'another exposure of the specimen, inverted': async (d) => {
      await d.goTo('Pixels');
      await d.widget('slider', 'Exposure').fill('0.4');
      await d.computed();
      await d.press('i');
    },
  };
  for (const [kind, prepare] of Object.entries(states)) {
    test(`restores: ${kind}`, async () => {
      const d = await stage.open();
      await prepare(d);
      const hash = await addressAfter(d, '');
      const same = await openAt(hash);
      assert.deepEqual(await same.recipe(), await d.recipe());
      assert.equal(await same.nuclei(), await d.nuclei());
      assert.equal(await same.page.title(), await d.page.title());
      for (const one of [d, same]) await one.page.mouse.move(2, 2);
      const [theirs, ours] = [await d.picture(), await same.picture()];
      // Small letters come out a little different wherever they were first drawn.
      const differing = difference(readPng(theirs), readPng(ours));
      if (differing > 0.002) {
        await d.app.screenshot('link-sent');
        await same.app.screenshot('link-restored');
      }
      assert.ok(differing <= 0.002, `${differing} of the picture is different: ${hash}`);
      await same.page.waitForTimeout(1000);
      assert.equal(await fragment(same), hash);
      assert.deepEqual([...d.app.problems(), ...same.app.problems()], []);
      await same.close();
      await d.close();
    });
  }

  test('can be pasted into the open page, and the one before is gone back to', async () => {
    const d = await stage.open();
    await paste(d, '#v=1&image=lecture_grid&step=threshold&pixel=5,14');
    assert.match(await d.page.title(), /^The lecture's grid/);
    await d.showsStep('Threshold');
    await paste(d, '#v=1&image=small_field&step=label');
    await d.showsStep('Label');
    await d.page.goBack();
    await d.computed();
    await d.showsStep('Threshold');
    assert.deepEqual(await d.pixel().then(({ row, col }) => [row, col]), [5, 14]);
    await d.close();
  });

  test('that cannot be opened says why, and everything stays', async () => {
    const d = await openAt('#v=1&image=small_field&step=filter&filter.size=5');
    const recipe = await d.recipe();
    const garbage = {
      '#v=1&image=nuclei_01&filter.sigma=99': /filter\.sigma is 99; it must be a number from 0\.1 to 20 px/,
      '#v=1&image=nuclei_77': /image is "nuclei_77"/,
      '#v=3&image=nuclei_01': /version "3"/,
      '#top': /does not begin with v=1/,
      '#v=1&image=nuclei_01&filter.si': /"filter\.si" is nothing that this Floodlight knows/,
      '#v=1&image=%00%ff%zz&&&=': /image is /,
    };
    for (const [hash, sentence] of Object.entries(garbage)) {
      await paste(d, hash);
      assert.match(await d.alert(), sentence, hash);
      assert.deepEqual(await d.recipe(), recipe, hash);
      await d.showsStep('Filter');
      await d.everythingIsMirrored(hash);
      await d.click('button', 'Dismiss');
    }
    await d.page.waitForFunction(() => location.hash.startsWith('#v=1&image=small_field'), null, { timeout: 5000 });
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  test('that cannot be opened opens the page as ever', async () => {
    const d = await openAt('#v=1&image=nobody');
    assert.match(await d.alert(), /^This link cannot be opened\. image is "nobody"/);
    assert.ok(await d.nuclei() > 3);
    assert.match(await d.page.title(), /^Nuclei 01/);
    await d.close();
  });

  test('with a pixel outside of the image says so and opens the rest', async () => {
    const d = await openAt('#v=1&image=small_field&step=seeds&pixel=4000,3');
    assert.match(await d.alert(), /\(4000, 3\) lies outside of this image/);
    await d.showsStep('Seeds');
    await d.close();
  });

  test('waits for the deferred part of the program, and does not call it before', async () => {
    let arrive;
    const held = new Promise((resolve) => { arrive = resolve; });
    const app = await App.open(stage.browser, {
      address: `${stage.server.url}#v=1&image=nuclei_02&step=filter&filter.method=median&filter.size=5`,
      whole: false,
      prepare: (page) => page.route('**/floodlight-deferred.wasm', async (route) => {
        await held;
        await route.continue();
      }),
    });
    const d = new Driver(app);
    await d.still();
    for (const key of ['?', 'Escape', 'k', 'u', 'Control+z', 'f', 'z', 'ArrowUp', 'g', 'c', 'p', 'p']) {
      await d.page.keyboard.press(key);
      await d.still();
    }
    arrive();
    await app.ready();
    await d.computed();
    await d.press('Escape');
    await d.showsStep('Filter');
    assert.equal((await d.recipe()).filter.size, 5);
    assert.match(await d.page.title(), /^Nuclei 02/);
    assert.deepEqual(app.problems(), []);
    await d.close();
  });
});

describe('a link to a file', () => {
  const bytes = writeTiff(nuclei());
  let hash;
  before(async () => {
    const d = await stage.open();
    await d.open('my nuclei.tif', bytes);
    await d.goTo('Filter');
    await d.widget('slider', 'Sigma').fill('2.5');
    await d.computed();
    await d.pin(0.5, 0.5);
    hash = await addressAfter(d, '');
    await d.close();
  });

  const ask = /^This link is about my nuclei\.tif, a file that stays on its sender's machine/;

  test('names it and asks for it; then the rest follows', async () => {
    assert.match(hash, /^#v=1&file=my%20nuclei\.tif&digest=[0-9a-f]{8}&step=filter&pixel=\d+,\d+&filter\.sigma=2\.5$/);
    const d = await openAt(hash);
    assert.match(await d.alert(), ask);
    await d.everythingIsMirrored('with the question');
    assert.equal((await d.recipe()).filter.sigma, 1);
    await d.page.waitForTimeout(1000);
    assert.equal(await fragment(d), hash, 'a reload asks again');
    // Another file is another file.
    await d.open('other.tif', writeTiff(nuclei(140, 140)));
    assert.match(await d.alert(), ask);
    // The very file, whatever it is called here.
    await d.open('renamed.tif', bytes);
    assert.ok(!await d.hasAlert());
    await d.showsStep('Filter');
    assert.equal((await d.recipe()).filter.sigma, 2.5);
    assert.ok(await d.pixel());
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  test('takes one of the same name with other contents, and says so', async () => {
    const d = await openAt(hash);
    await d.open('my nuclei.tif', writeTiff({ ...nuclei(), type: 'uint8' }));
    assert.match(await d.alert(), /the same name, but other contents/);
    assert.equal((await d.recipe()).filter.sigma, 2.5);
    await d.close();
  });

  test('can be used for the image at hand, or forgotten', async () => {
    const d = await openAt(hash);
    await d.click('button', 'Use the image at hand');
    assert.ok(!await d.hasAlert());
    assert.equal((await d.recipe()).filter.sigma, 2.5);
    await d.showsStep('Filter');
    await paste(d, '#v=1&file=gone.tif&digest=00000000&step=seeds');
    assert.match(await d.alert(), /gone\.tif/);
    await d.click('button', 'Forget the link');
    assert.ok(!await d.hasAlert());
    await d.showsStep('Filter');
    await d.close();
  });
});

test('the offline file opens links and keeps its address', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-'));
  const file = path.join(folder, 'floodlight.html');
  fs.copyFileSync(path.join(DIST, 'floodlight-offline.html'), file);
  const d = new Driver(await App.open(stage.browser, {
    address: `${pathToFileURL(file).href}#v=1&image=lecture_grid&step=distance`,
  }));
  await d.computed();
  await d.showsStep('Distance');
  await d.press('PageUp');
  assert.equal(await addressAfter(d, '#v=1&image=lecture_grid&step=distance'), '#v=1&image=lecture_grid&step=refine');
  assert.deepEqual(d.app.pageErrors, []);
  await d.close();
  fs.rmSync(folder, { recursive: true });
});

describe('undo and redo', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('go through every change of the recipe, by keys and buttons', async () => {
    assert.ok(await d.widget('button', 'Undo').isDisabled());
    const first = await d.recipe();
    await d.goTo('Filter');
    await d.choose('Filter', 'Median');
    await d.goTo('Refine');
    await d.click('button', 'Add a repair');
    const last = await d.recipe();
    await d.press('Control+z');
    assert.equal((await d.recipe()).refinements.length, first.refinements.length);
    await d.click('button', 'Undo');
    assert.deepEqual(await d.recipe(), first);
    assert.ok(await d.widget('button', 'Undo').isDisabled());
    await d.press('Control+z');
    assert.deepEqual(await d.recipe(), first);
    await d.press('Control+y');
    await d.press('Control+Shift+Z');
    assert.deepEqual(await d.recipe(), last);
    await d.press('u');
    await d.click('button', 'Redo');
    assert.deepEqual(await d.recipe(), last);
  });

  test('take a drag of a slider as one change', async () => {
    await d.goTo('Filter');
    await d.choose('Filter', 'Gaussian');
    const before_ = (await d.recipe()).filter.sigma;
    const slider = d.widget('slider', 'Sigma');
    await d.reveal(slider);
    const box = await slider.boundingBox();
    await d.page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
    await d.page.mouse.down();
    for (const share of [0.3, 0.4, 0.5, 0.6]) {
      await d.page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
      await d.still();
    }
    await d.page.mouse.up();
    await d.computed();
    assert.notEqual((await d.recipe()).filter.sigma, before_);
    await d.press('Control+z');
    assert.equal((await d.recipe()).filter.sigma, before_);
  });

  test('leave a field that is being typed into alone', async () => {
    await d.goTo('Filter');
    const field = d.widget('spinbutton', 'Sigma');
    await d.reveal(field);
    await field.focus();
    await d.page.keyboard.press('Control+a');
    await d.page.keyboard.type('4');
    await d.computed();
    assert.equal((await d.recipe()).filter.sigma, 4);
    await d.page.keyboard.press('Control+z');
    await d.computed();
    assert.equal((await d.recipe()).filter.method, 'gaussian', 'the change before was not undone');
    const left = await d.recipe();
    await d.page.evaluate(() => document.activeElement.blur());
    await d.page.keyboard.press('Control+z');
    await d.computed();
    assert.notDeepEqual(await d.recipe(), left, 'outside of the field the key undoes again');
  });

  test('take back seeds, one click at a time, down to how they were found', async () => {
    await d.openSample('The small field');
    await d.goTo('Seeds');
    const found = await d.recipe();
    await d.click('switch', 'Seeds by hand');
    const started = (await d.recipe()).seeds.coordinates.length;
    for (const x of [0.3, 0.5]) {
      const point = await d.imagePoint(x, 0.7);
      await d.hover(point);
      await d.page.mouse.click(...point);
      await d.computed();
    }
    assert.equal((await d.recipe()).seeds.coordinates.length, started + 2);
    await d.press('Control+z');
    assert.equal((await d.recipe()).seeds.coordinates.length, started + 1);
    await d.press('u');
    assert.equal((await d.recipe()).seeds.coordinates.length, started);
    await d.press('u');
    assert.deepEqual(await d.recipe(), found);
    assert.ok(!await d.widget('switch', 'Seeds by hand').isChecked());
    await d.press('Control+y');
    assert.equal((await d.recipe()).seeds.method, 'by_hand');
    assert.ok(await d.widget('switch', 'Seeds by hand').isChecked());
  });

  test('bring back another page of the file', async () => {
    const other = new Float32Array(nuclei().data.length).fill(9);
    await d.open('pages.tif', writeTiff(nuclei(), { ...nuclei(), data: other }));
    await d.goTo('Pixels');
    await d.choose('Page', '1');
    assert.equal(await d.fact('Smallest, largest value'), '9, 9');
    await d.press('Control+z');
    assert.equal((await d.recipe()).input.page, 0);
    assert.equal(await d.fact('Smallest, largest value'), '20, 220');
    assert.deepEqual(d.app.problems(), []);
  });
});
