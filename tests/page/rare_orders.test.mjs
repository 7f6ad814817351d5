// What only a rare order of events brings out: each was found by the monkey (monkey.mjs), and stays mended.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

describe('rare orders', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('the flood\'s switch and the pitfall\'s button "Without the minus" are two widgets', async () => {
    await d.goTo('Watershed');
    await d.click('button', 'Watch the flood');
    await d.click('button', 'Watch out');
    await d.everythingIsMirrored('with the flood and the pitfalls open');
    await d.click('button', 'Without the minus');
    assert.equal(await d.widget('switch', 'Without the minus').isChecked(), true);
    await d.click('switch', 'Without the minus');
    assert.equal(await d.widget('switch', 'Without the minus').isChecked(), false);
    assert.deepEqual(d.app.problems(), []);
  });

  test('a list of images of which nothing is in sight takes no presses, and leaves no traces', async () => {
    await d.goTo('Many images');
    await d.page.setViewportSize({ width: 40, height: 40 });
    await d.page.waitForFunction(() => document.getElementById('canvas').width === 40);
    await d.computed();
    await d.everythingIsMirrored('with no room for the list');
    assert.equal(await d.widget('button', 'Take the 25 fields').count(), 0);
    await d.page.setViewportSize({ width: 1280, height: 800 });
    await d.page.waitForFunction(() => document.getElementById('canvas').width === 1280);
    await d.computed();
    assert.equal(await d.widget('button', 'Take the 25 fields').count(), 1);
    await d.everythingIsMirrored('with room again');
  });

  test('keys that come at once, or while a dialog is open, leave one dialog: the last', async () => {
    const dialog = d.page.getByRole('dialog');
    await d.page.evaluate(() => {
      for (const key of ['m', 'k', 'b']) {
        for (const type of ['keydown', 'keyup']) {
          document.body.dispatchEvent(new KeyboardEvent(type, { key, code: `Key${key.toUpperCase()}`, bubbles: true }));
        }
      }
    });
    await dialog.first().waitFor({ state: 'attached' });
    await d.computed();
    assert.equal(await dialog.count(), 1);
    await d.press('Escape');
    assert.equal(await dialog.count(), 0);
    await d.press('?');
    await d.press('m');
    assert.equal(await dialog.count(), 1);
    assert.equal(await dialog.getAttribute('aria-label'), 'Images');
    await d.press('Escape');
    assert.equal(await dialog.count(), 0);
    await d.everythingIsMirrored('after the dialogs');
    assert.deepEqual(d.app.problems(), []);
  });

  test('a GPU that was lost is not asked to let go of what it never had', async () => {
    const warnings = [];
    d.page.on('console', (message) => { if (/INVALID_/.test(message.text())) warnings.push(message.text()); });
    await d.page.evaluate(async () => {
      const gpu = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
      const happens = (type) => new Promise((resolve) => { document.getElementById('canvas').addEventListener(type, resolve, { once: true }); });
      const [lost, restored] = [happens('webglcontextlost'), happens('webglcontextrestored')];
      gpu.loseContext();
      await lost;
      setTimeout(() => gpu.restoreContext(), 50);
      await restored;
    });
    await d.computed();
    await d.goTo('Filter');
    assert.ok((await d.picture()).length > 20_000, 'the image is drawn again');
    assert.deepEqual(warnings, []);
    assert.deepEqual(d.app.problems(), []);
  });

  test('Dear ImGui has nothing to mend in what is drawn only at times', async () => {
    await d.goTo('Many images');
    await d.widget('button', 'Take the 25 fields').waitFor({ state: 'attached' });
    await d.press('?');
    await d.page.getByRole('dialog', { name: 'All keys' }).waitFor({ state: 'attached' });
    await d.press('Escape');
    assert.deepEqual(d.app.problems(), []);
  });

  test('a timer of the program\'s does what it was set for: half a second after the pointer rests a frame is drawn', async () => {
    await d.goTo('Filter');
    const drawn = await d.page.evaluate(async () => {
      const { setTimeout, floodlight } = globalThis;
      const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
      let timer = null;
      globalThis.setTimeout = (act, delay, ...rest) => {
        if (delay !== 500) return setTimeout(act, delay, ...rest);
        timer = act;
        return 0;
      };
      // One may be running from the last movement of the pointer; it sets no other while it is awaited.
      for (let x = 300; timer === null; ++x) {
        document.getElementById('canvas').dispatchEvent(new MouseEvent('mousemove', { clientX: x, clientY: 20, bubbles: true }));
        await pause(700);
      }
      globalThis.setTimeout = setTimeout;
      let before = -1;
      while (before !== floodlight.frames()) {
        before = floodlight.frames();
        await pause(600);
      }
      timer();
      await pause(600);
      return floodlight.frames() - before;
    });
    assert.ok(drawn > 0);
  });
});
