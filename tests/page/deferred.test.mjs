// The deferred part of the program: the first picture does without it, and what needs it waits until it is there.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { nuclei, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const deferred = '**/floodlight-deferred.wasm*';

/** The app with its first labelled picture, while the deferred part is on its way; `arrive` lets it come. */
async function openEarly() {
  let arrive;
  const held = new Promise((resolve) => { arrive = resolve; });
  const prepare = (page) => page.route(deferred, async (route) => {
    await held;
    await route.continue();
  });
  const d = await stage.open({ prepare, whole: false });
  return Object.assign(d, {
    arrive: async () => {
      arrive();
      await d.app.ready();
      await d.computed();
    },
  });
}

describe('while the deferred part is on its way', () => {
  test('the labelled picture is there, and everything about it can be worked', async () => {
    const d = await openEarly();
    assert.ok(await d.nuclei() > 3);
    await d.showsStep('Watershed');
    await d.everythingIsMirrored('before the deferred part');
    assert.equal(await d.page.getByText(/F1/).count(), 0);
    const before_ = await d.picture();
    await d.press('Z');
    await d.pin(0.5, 0.5);
    await d.press('C');
    assert.ok(!before_.equals(await d.picture()), 'the picture is not another one');
    for (const key of ['?', 'Escape', 'G', 'G', 'L', 'L', 'P', 'P', 'I', 'F', 'Space', ',', '.']) await d.press(key);
    await d.arrive();
    assert.ok(await d.page.getByText(/F1/).count() > 0);
    assert.ok(await d.page.getByRole('button', { name: 'Save this step as a TIFF' }).count() > 0);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  test('a pressed tab waits for it', async () => {
    const d = await openEarly();
    await d.click('tab', 'Filter');
    await d.showsStep('Watershed');
    await d.arrive();
    await d.showsStep('Filter');
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  test('pressed keys wait for it, one after the other', async () => {
    const d = await openEarly();
    await d.press('PageUp');
    await d.press('PageUp');
    await d.press('M');
    await d.showsStep('Watershed');
    await d.arrive();
    await d.page.getByRole('dialog').waitFor();
    await d.press('Escape');
    await d.showsStep('Distance');
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  test('a dropped file waits for it', async () => {
    const d = await openEarly();
    await d.app.drop('early.tif', writeTiff(nuclei()));
    await d.computed();
    assert.ok(!(await d.page.title()).startsWith('early.tif'));
    await d.arrive();
    await d.page.waitForFunction(() => document.title.startsWith('early.tif'));
    await d.computed();
    assert.ok(await d.nuclei() > 3);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  test('the labels are saved when it is there', async () => {
    const d = await openEarly();
    await d.click('button', 'Save labels');
    const { name, bytes } = await d.app.download(() => d.arrive());
    assert.match(name, /_labeled\.tif$/);
    assert.ok(bytes.length > 1000);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

test('a deferred part that cannot be fetched gives a sentence, and the picture stays', async () => {
  const prepare = (page) => page.route(deferred, (route) => route.fulfill({ status: 404 }));
  const d = await stage.open({ prepare, whole: false });
  await d.page.getByRole('alert').getByText('Floodlight is not whole: the server has no floodlight-deferred.wasm (404).').waitFor();
  assert.ok(await d.nuclei() > 3);
  await d.click('tab', 'Filter');
  await d.showsStep('Watershed');
  assert.deepEqual(d.app.pageErrors, []);
  await d.close();
});
