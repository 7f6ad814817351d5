// Links in a real address: it follows what is on the screen, opens the same elsewhere, is pasted and gone back to; and who
// undoes what, the field or the app. What links and undo can restore is tested in tests/interface.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { Driver, Stage } from './driver.mjs';
import { App, DIST } from './harness.mjs';
import { difference, readPng } from './png.mjs';

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
    assert.equal(await d.page.evaluate(() => history.length), 4, 'each of the two steps is one to come back to');
    await d.close();
  });

  test('restores the very picture: zoomed to a pinned pixel, filtered otherwise', async () => {
    const d = await stage.open();
    await d.goTo('Filter');
    await d.choose('Filter', 'Median');
    await d.pin(0.4, 0.5);
    await d.press('z');
    await d.click('radio', 'Before');
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

  test('waits for the deferred part of the program, and does not call it before', async () => {
    let arrive;
    const held = new Promise((resolve) => { arrive = resolve; });
    const app = await App.open(stage.browser, {
      address: `${stage.server.url}#v=1&image=nuclei_02&step=filter&filter.method=median&filter.size=5`,
      whole: false,
      prepare: (page) => page.route('**/floodlight-deferred.wasm*', async (route) => {
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

test('undo leaves a field that is being typed into alone', async () => {
  const d = await stage.open();
  await d.goTo('Filter');
  await d.choose('Filter', 'Median');
  await d.choose('Filter', 'Gaussian');
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
  assert.deepEqual(d.app.problems(), []);
  await d.close();
});

test('Back and Forward walk the steps and the images, and no change of a parameter', async () => {
  const d = await stage.open();
  await d.goTo('Filter');
  const filter = await addressAfter(d, '');
  await d.widget('spinbutton', 'Sigma').fill('3');
  await d.press('Enter');
  const changed = await addressAfter(d, filter);
  await d.openSample('The small field');
  await addressAfter(d, changed);
  await d.page.goBack();
  await d.computed();
  await d.showsStep('Filter');
  assert.match(await d.page.title(), /^Nuclei 01/);
  assert.equal((await d.recipe()).filter.sigma, 3);
  await d.page.goBack();
  await d.computed();
  await d.showsStep('Watershed');
  await d.page.goForward();
  await d.computed();
  await d.showsStep('Filter');
  assert.deepEqual(d.app.problems(), []);
  await d.close();
});
