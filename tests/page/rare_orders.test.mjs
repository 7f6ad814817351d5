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
    await d.click('button', 'Flood');
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
    await d.page.setViewportSize({ width: 200, height: 120 });
    await d.page.waitForFunction(() => document.getElementById('canvas').width === 200);
    await d.computed();
    await d.everythingIsMirrored('with no room for the list');
    assert.equal(await d.widget('button', 'Take the 25 fields').count(), 0);
    await d.page.setViewportSize({ width: 1280, height: 800 });
    await d.page.waitForFunction(() => document.getElementById('canvas').width === 1280);
    await d.computed();
    assert.equal(await d.widget('button', 'Take the 25 fields').count(), 1);
    await d.everythingIsMirrored('with room again');
  });
});
