// Widgets with the browser's own mouse, wheel and finger, and with the keyboard on the mirror's elements: the recipe follows.
// Every kind of widget is worked in tests/interface.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Stage, shared } from './driver.mjs';
import { nuclei, readTiff, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const REAL = shared('nuclei', 'nuclei_01.tif');
const bytes = REAL ? fs.readFileSync(REAL) : writeTiff(nuclei(400, 500));
const raw = readTiff(bytes);
const countAbove = (cutoff) => raw.data.reduce((count, value) => count + (value > cutoff ? 1 : 0), 0);

describe('the threshold', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.open('image.tif', bytes);
    await d.goTo('Threshold');
  });
  after(() => d?.close());

  test('moves with the arrow keys on the histogram', async () => {
    const slider = d.widget('slider', 'Cutoff in the histogram');
    const automatic = Number(await slider.getAttribute('aria-valuenow'));
    await slider.focus();
    await d.press('ArrowRight');
    const up = (await d.recipe()).threshold;
    assert.equal(up.method, 'manual');
    assert.ok(up.value > automatic, `${up.value} after ${automatic}`);
    await d.press('ArrowLeft');
    await d.press('ArrowLeft');
    assert.ok((await d.recipe()).threshold.value < up.value);
  });

  test('takes a number that is typed, and says how many pixels are above it', async () => {
    const field = d.widget('spinbutton', 'Cutoff');
    await d.reveal(field);
    await field.click({ force: true });
    await d.page.waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Cutoff');
    await d.page.keyboard.type('137');
    await d.press('Enter');
    assert.deepEqual((await d.recipe()).threshold, { method: 'manual', value: 137 });
    assert.match(await d.fact('Above the cutoff'), new RegExp(`^${countAbove(137)} px`));
    await d.press('Tab');
  });
});

describe('with the real mouse', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.open('made.tif', writeTiff(nuclei(240, 300)));
  });
  after(() => d?.close());

  test('a slider is dragged, and stops at its ends', async () => {
    await d.goTo('Filter');
    const sigma = async () => (await d.recipe()).filter.sigma;
    await d.drag('slider', 'Sigma', [0.2, 0.5], [0.5, 0.5]);
    const middle = await sigma();
    assert.ok(middle > 1 && middle < 19, `sigma ${middle}`);
    await d.drag('slider', 'Sigma', [0.5, 0.5], [1.2, 0.5]);
    assert.equal(await sigma(), 20);
    await d.drag('slider', 'Sigma', [0.99, 0.5], [0, 0.5]);
    assert.equal(await sigma(), 0.1);
    assert.equal(await d.widget('slider', 'Sigma').getAttribute('aria-valuetext'), '0.1 px');
  });

  test('a number is clicked and typed over', async () => {
    await d.goTo('Filter');
    await d.widget('spinbutton', 'Sigma').click({ force: true });
    await d.page.waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Sigma');
    await d.page.keyboard.type('2.5');
    await d.press('Enter');
    assert.equal((await d.recipe()).filter.sigma, 2.5);
  });

  test('a number takes a comma, steps by the arrows, and stays where what was typed is out of range', async () => {
    await d.goTo('Filter');
    const field = d.widget('spinbutton', 'Sigma');
    await field.focus();
    await d.page.keyboard.press('Control+a');
    await d.page.keyboard.type('1,5');
    await d.press('Enter');
    assert.equal((await d.recipe()).filter.sigma, 1.5);
    await d.press('ArrowUp');
    assert.equal((await d.recipe()).filter.sigma, 1.6);
    await field.fill('300');
    await d.press('Enter');
    assert.equal((await d.recipe()).filter.sigma, 1.6);
    assert.equal(await d.page.getByText('300 was not taken: this is a number from 0.1 to 20 px.', { exact: true }).count(), 1);
    await field.fill('1');
    await d.press('Enter');
    assert.equal((await d.recipe()).filter.sigma, 1);
  });

  test('a list opens below its box, and an option is pressed in it', async () => {
    await d.goTo('Filter');
    const box = await d.widget('combobox', 'Filter').boundingBox();
    await d.click('combobox', 'Filter');
    // The options follow the box line by line: the picture of the list tells where it ends.
    const options = await d.widget('combobox', 'Filter').locator('option').allTextContents();
    const line = (index) => [box.x + box.width / 3, box.y + box.height * (1.8 + index * 0.867)];
    await d.page.mouse.move(...line(options.indexOf('Median')));
    await d.still();
    await d.page.mouse.click(...line(options.indexOf('Median')));
    await d.computed();
    assert.equal((await d.recipe()).filter.method, 'median');
    await d.choose('Filter', 'Gaussian');
  });

  test('the divider of the split view is dragged', async () => {
    await d.click('radio', 'Split');
    const divider = d.widget('separator', 'Divider');
    const at = async () => Number(await divider.getAttribute('aria-valuenow'));
    assert.equal(await at(), 50);
    const [x, y] = await d.imagePoint(0.5, 0.3);
    const [to] = await d.imagePoint(0.25, 0.3);
    await d.page.mouse.move(x, y);
    await d.page.mouse.down();
    await d.page.mouse.move(to, y, { steps: 6 });
    await d.page.mouse.up();
    await d.still();
    assert.ok(Math.abs(await at() - 25) <= 1, `at ${await at()} percent`);
    await divider.focus();
    await d.press('ArrowRight');
    assert.ok(Math.abs(await at() - 30) <= 1, `at ${await at()} percent`);
    await d.everythingIsMirrored('with the split view');
    await d.click('radio', 'After');
  });
});

describe('the image view', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('zooms with the wheel around the cursor', async () => {
    await d.press('f');
    const zoom = await d.zoom();
    const point = await d.imagePoint(0.4, 0.35);
    const before_ = await d.hover(point);
    await d.page.mouse.wheel(0, -300);
    await d.still();
    const after_ = await d.pixel();
    assert.ok(Math.abs(after_.row - before_.row) <= 1 && Math.abs(after_.col - before_.col) <= 1,
      JSON.stringify([before_, after_]));
    assert.ok(await d.zoom() > 1.4 * zoom);
    await d.press('f');
    assert.ok(Math.abs(await d.zoom() / zoom - 1) < 0.05);
  });

  test('pins the pixel that is clicked, and says its row and column', async () => {
    await d.click('button', 'Fit');
    await d.click('button', '1:1');
    const box = await d.widget('application', 'Image').boundingBox();
    const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
    const middle = await d.hover([x, y]);
    const hovered = await d.hover([x - 100, y - 60]);
    // At 1:1 a hundred pixels of the screen are a hundred of the image.
    assert.deepEqual([hovered.row, hovered.col], [middle.row - 60, middle.col - 100]);
    await d.page.mouse.click(x - 100, y - 60);
    await d.page.mouse.move(2, 2);
    await d.still();
    const { row, col } = await d.pixel();
    assert.deepEqual([row, col], [hovered.row, hovered.col]);
    await d.press('ArrowRight');
    await d.press('ArrowDown');
    await d.press('ArrowDown');
    const moved = await d.pixel();
    assert.deepEqual([moved.row, moved.col], [row + 2, col + 1]);
    await d.press('ArrowUp');
    await d.press('ArrowLeft');
    const back = await d.pixel();
    assert.deepEqual([back.row, back.col], [row + 1, col]);
    await d.press('Escape');
    assert.equal(await d.pixel(), null);
    await d.press('f');
  });

  test('pins a pixel that a finger taps', async () => {
    const touch = await stage.open({ hasTouch: true });
    await touch.page.touchscreen.tap(...await touch.imagePoint(0.42, 0.4));
    await touch.computed();
    assert.notEqual(await touch.pixel(), null);
    await touch.close();
  });
});
