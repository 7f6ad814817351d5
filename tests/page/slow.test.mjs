// What a picture that is drawn slowly must not change: presses, drags, and how soon a result is there.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { nuclei, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

describe('on a picture that is drawn twice a second', () => {
  let d;
  before(async () => {
    d = await stage.open({
      prepare: (page) => page.addInitScript(() => {
        const soon = globalThis.requestAnimationFrame.bind(globalThis);
        globalThis.requestAnimationFrame = (draw) => setTimeout(() => soon(draw), 500);
      }),
    });
    d.page.setDefaultTimeout(60_000);
  });
  after(() => d?.close());

  test('a press counts once, and each of several counts', async () => {
    const shown = () => d.page.getByRole('tab', { selected: true }).getAttribute('aria-label');
    await d.page.keyboard.press('1');
    await d.computed();
    await d.page.keyboard.down('PageDown');
    await d.computed();
    await d.page.keyboard.up('PageDown');
    await d.computed();
    assert.equal(await shown(), 'Threshold');
    for (let press = 0; press < 3; ++press) await d.page.keyboard.press('PageDown');
    await d.computed();
    assert.equal(await shown(), 'Refine');
    await d.page.keyboard.press('2');
    await d.page.keyboard.press('PageDown');
    await d.computed();
    assert.equal(await shown(), 'Filter', 'in the order in which they were pressed');
    await d.page.keyboard.press('/');
    await d.computed();
    assert.equal(await d.widget('textbox', 'Find anything').inputValue(), '');
    assert.equal(await d.page.getByRole('dialog').count(), 1);
    await d.press('Escape');
  });

  test('Ctrl+Z is one also when both keys are let go before the next frame', async () => {
    await d.press('3');
    await d.choose('Filter', 'Median');
    const zoom = () => d.page.getByText(/^Zoom \d+ %$/).textContent();
    const before_ = await zoom();
    await d.page.keyboard.down('Control');
    await d.computed();
    await d.page.keyboard.down('z');
    await d.page.keyboard.up('Control');
    await d.page.keyboard.up('z');
    await d.computed();
    assert.equal((await d.recipe()).filter.method, 'gaussian');
    assert.equal(await zoom(), before_, 'Z alone zooms');
  });

  test('a drag ends where the button is let go', async () => {
    await d.openSample("The lecture's grid");  // whose histogram's axis ends at its brightest pixel
    await d.press('2');
    const slider = d.widget('slider', 'Cutoff in the histogram');
    const box = await slider.boundingBox();
    for (const share of [0.7, 0.4]) {
      await d.page.mouse.move(box.x + 0.2 * box.width, box.y + box.height / 2);
      await d.page.mouse.down();
      await d.page.mouse.move(box.x + 0.3 * box.width, box.y + box.height / 2);
      await d.still();
      await d.page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
      await d.page.mouse.up();
      await d.page.mouse.move(box.x + box.width / 2, box.y + 200);
      await d.computed();
      const [low, high] = [Number(await slider.getAttribute('min')), Number(await slider.getAttribute('max'))];
      const there = ((await d.recipe()).threshold.value - low) / (high - low);
      assert.ok(Math.abs(there - share) < 0.03, `at ${there} instead of ${share}`);
    }
  });

  test('computing goes on between the frames', async () => {
    await d.open('large.tif', writeTiff(nuclei(1200, 1200)));
    await d.press('3');
    const from = await d.app.frames();
    await d.choose('Filter', 'Median');
    const frames = await d.app.frames() - from;
    assert.ok(frames < 16, `${frames} frames`);  // with 6 ms of work in each there are more than 24
    assert.deepEqual(d.app.problems(), []);
  });
});
