// Each kind of widget with the real mouse, and the keyboard on the mirror: the recipe and the picture follow.
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

  test('is set by dragging the handle in the histogram, and the nuclei follow', async () => {
    const automatic = await d.nuclei();
    assert.equal((await d.recipe()).threshold.method, 'otsu');
    await d.drag('slider', 'Cutoff in the histogram', [0.2, 0.5], [0.6, 0.5]);
    const { threshold } = await d.recipe();
    assert.equal(threshold.method, 'manual');
    const slider = d.widget('slider', 'Cutoff in the histogram');
    const [low, high] = [Number(await slider.getAttribute('min')), Number(await slider.getAttribute('max'))];
    const share = (threshold.value - low) / (high - low);
    assert.ok(share > 0.55 && share < 0.65, `the cutoff stands at ${share} of the axis`);
    const few = await d.nuclei();
    assert.notEqual(few, automatic);
    await d.page.getByRole('status').filter({ hasText: `${few} nuclei` }).waitFor({ timeout: 5000 });
    assert.match(await d.fact('Above the cutoff'), new RegExp(`^${countAbove(threshold.value)} px`));
    await d.drag('slider', 'Cutoff in the histogram', [0.6, 0.5], [0.15, 0.5]);
    assert.ok((await d.recipe()).threshold.value < threshold.value);
    assert.notEqual(await d.nuclei(), few);
  });

  test('moves with the arrow keys on the histogram', async () => {
    const before_ = (await d.recipe()).threshold;
    await d.widget('slider', 'Cutoff in the histogram').focus();
    await d.press('ArrowRight');
    const up = (await d.recipe()).threshold;
    assert.equal(up.method, 'manual');
    assert.ok(up.value > before_.value, `${up.value} after ${before_.value}`);
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

  test('is shown on the raw or on the filtered image without changing the recipe', async () => {
    const recipe = await d.recipe();
    await d.click('radio', 'Raw');
    const onRaw = { above: await d.fact('Above the cutoff'), picture: await d.picture() };
    await d.click('radio', 'Filtered');
    assert.ok(await d.widget('radio', 'Filtered').isChecked());
    const onFiltered = { above: await d.fact('Above the cutoff'), picture: await d.picture() };
    assert.deepEqual(await d.recipe(), recipe);
    assert.notEqual(onRaw.above, onFiltered.above);
    assert.ok(!onRaw.picture.equals(onFiltered.picture));
    assert.equal(await d.page.getByText(/filtered_image > /).count(), 1);
    await d.click('radio', 'Raw');
    assert.equal(await d.page.getByText(/raw_image > /).count(), 1);
    assert.ok(onRaw.picture.equals(await d.picture()));
  });

  test('is found by another method from the list', async () => {
    await d.choose('Method', 'Li');
    assert.equal((await d.recipe()).threshold.method, 'li');
    assert.equal(await d.widget('spinbutton', 'Cutoff').count(), 0);
    await d.choose('Method', 'Otsu');
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

  test('a number out of range ends at the limit', async () => {
    await d.widget('spinbutton', 'Sigma').fill('300');
    await d.press('Enter');
    assert.equal((await d.recipe()).filter.sigma, 20);
    await d.widget('spinbutton', 'Sigma').fill('1');
    await d.press('Enter');
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

  test('an open list closes without a choice when something else is pressed', async () => {
    const recipe = await d.recipe();
    await d.click('combobox', 'Filter');
    await d.page.mouse.click(...await d.imagePoint(0.5, 0.1));
    await d.computed();
    assert.deepEqual(await d.recipe(), recipe);
    await d.goTo('Seeds');
  });

  test('a switch is turned', async () => {
    await d.goTo('Watershed');
    const line = async () => (await d.recipe()).watershed.line;
    assert.equal(await line(), false);
    await d.click('switch', 'Watershed line');
    assert.equal(await line(), true);
    assert.ok(await d.widget('switch', 'Watershed line').isChecked());
    await d.click('switch', 'Watershed line');
    assert.equal(await line(), false);
  });

  test('one of a few is chosen', async () => {
    await d.click('radio', 'Before');
    const before_ = await d.picture();
    await d.click('radio', 'After');
    assert.ok(await d.widget('radio', 'After').isChecked());
    assert.ok(!await d.widget('radio', 'Before').isChecked());
    assert.ok(!before_.equals(await d.picture()));
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

  test('a button is pressed', async () => {
    await d.click('button', 'Zoom to pixel');
    const near = await d.zoom();
    await d.click('button', 'Fit');
    assert.ok(near > 4 * await d.zoom());
  });

  test('a tooltip appears under a pointer that rests', async () => {
    const box = await d.widget('button', 'Take home').boundingBox();
    const below = { x: 0, y: box.y + box.height + 2, width: 1280, height: 120 };
    await d.page.mouse.move(2, 2);
    await d.still();
    const before_ = await d.page.screenshot({ clip: below });
    const drawn = await d.app.frames();
    await d.page.mouse.move(box.x + 5, box.y + 5);
    await d.page.waitForFunction((frames) => globalThis.floodlight.frames() > frames + 3, drawn, { timeout: 5000 });
    await d.still();
    assert.ok(!before_.equals(await d.page.screenshot({ clip: below })), 'nothing is said');
  });

  test('a list is closed by Escape, and the pin stays', async () => {
    await d.pin(0.45, 0.4);
    const pinned = await d.pixel();
    await d.goTo('Filter');
    await d.page.mouse.move(2, 2);
    await d.still();
    const closed = await d.page.screenshot();
    await d.click('combobox', 'Filter');
    await d.page.mouse.move(2, 2);
    await d.still();
    assert.ok(!closed.equals(await d.page.screenshot()), 'the list is open');
    await d.press('Escape');
    assert.ok(closed.equals(await d.page.screenshot()), 'the list is closed');
    assert.deepEqual(await d.pixel(), pinned);
    await d.press('Escape');
    assert.equal(await d.pixel(), null);
  });

  test('a press that begins on a button and ends elsewhere does nothing', async () => {
    const box = await d.widget('button', '?').boundingBox();
    await d.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await d.page.mouse.down();
    await d.page.mouse.move(box.x - 300, box.y + 250, { steps: 4 });
    await d.page.mouse.up();
    await d.still();
    assert.equal(await d.page.getByRole('heading', { name: 'All keys' }).count(), 0);
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

  test('moves under the hand that drags it', async () => {
    const [from, to] = [await d.imagePoint(0.45, 0.4), await d.imagePoint(0.55, 0.6)];
    const held = await d.hover(from);
    await d.page.mouse.down();
    await d.page.mouse.move(...to, { steps: 8 });
    await d.page.mouse.up();
    await d.still();
    const there = await d.pixel();
    const slack = 6 / await d.zoom();
    assert.ok(Math.abs(there.row - held.row) <= slack && Math.abs(there.col - held.col) <= slack,
      JSON.stringify([held, there]));
    await d.press('f');
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

  test('pins nothing when a button over it is pressed fast', async () => {
    await d.hover(await d.imagePoint(0.45, 0.4));
    await d.widget('button', 'Fit').click({ force: true });
    await d.page.mouse.move(2, 2);
    await d.still();
    assert.equal(await d.pixel(), null);
  });

  test('pins a pixel with the fastest of clicks', async () => {
    await d.page.mouse.move(2, 2);
    await d.still();
    await d.page.mouse.click(...await d.imagePoint(0.42, 0.4));
    await d.page.mouse.move(2, 2);
    await d.still();
    assert.notEqual(await d.pixel(), null);
    await d.press('Escape');
  });

  test('shows the numbers in the pixels when they are large enough', async () => {
    await d.openSample('The small field');
    await d.goTo('Pixels');
    const far = await d.picture();
    await d.press('z');
    const near = await d.picture();
    assert.ok(!far.equals(near));
    // Only the display differs by the colour map; numbers are what makes a picture of one flat colour not flat.
    await d.pin(0.5, 0.5);
    const p = await d.pixel();
    const value = Number(p.rest.match(/^raw (\d+)/)[1]);
    assert.ok(Number.isFinite(value));
    assert.ok(await d.zoom() >= 40);
    await d.press('Escape');
    await d.press('f');
  });

  test('zooms to one to one and back by key', async () => {
    await d.openSample('Nuclei 01');
    await d.press('x');
    assert.ok(Math.abs(await d.zoom() - 1) < 0.03);
    await d.press('+');
    assert.ok(Math.abs(await d.zoom() - 1.5) < 0.06);
    await d.press('-');
    assert.ok(Math.abs(await d.zoom() - 1) < 0.03);
    await d.press('f');
  });

  test('says in its panel why the pixel under the pointer has its value', async () => {
    await d.goTo('Pixels');
    const p = await d.hover(await d.imagePoint(0.45, 0.45));
    await d.page.getByText(new RegExp(`^Row ${p.row}, column ${p.col} holds `)).waitFor({ timeout: 5000 });
  });

  test('pins a pixel that a finger taps', async () => {
    const touch = await stage.open({ hasTouch: true });
    await touch.page.touchscreen.tap(...await touch.imagePoint(0.42, 0.4));
    await touch.computed();
    assert.notEqual(await touch.pixel(), null);
    await touch.close();
  });
});

describe('the repairs', () => {
  let d;
  before(async () => { d = await stage.open(); await d.goTo('Refine'); });
  after(() => d?.close());

  const operations = async () => (await d.recipe()).refinements.map((r) => r.operation);
  const inGroup = (number, role, name) => d.widget('group', `Repair ${number}`).getByRole(role, { name, exact: true });
  const press = async (number, name) => {
    await d.pressOn(inGroup(number, 'button', name));
  };

  test('are added, changed, moved and removed, and the recipe follows', async () => {
    await d.click('button', 'Add a repair');
    assert.deepEqual(await operations(), ['remove_small_objects', 'closing', 'fill_holes']);
    await inGroup(3, 'combobox', 'Operation').selectOption({ label: 'Clear border' });
    await d.computed();
    assert.deepEqual(await operations(), ['remove_small_objects', 'closing', 'clear_border']);
    await press(3, 'Up');
    assert.deepEqual(await operations(), ['remove_small_objects', 'clear_border', 'closing']);
    await press(1, 'Remove');
    assert.deepEqual(await operations(), ['clear_border', 'closing']);
    await d.everythingIsMirrored('after the repairs were changed');
  });

  test('change the mask, and so the nuclei', async () => {
    const without = await d.nuclei();
    const removed = () => d.page.getByText(/^Pixels removed: /).first().textContent();
    const removedBefore = await removed();
    await inGroup(1, 'combobox', 'Operation').selectOption({ label: 'Erosion' });
    await d.computed();
    await inGroup(1, 'spinbutton', 'Radius').fill('9');
    await d.computed();
    assert.equal((await d.recipe()).refinements[0].radius, 9);
    assert.notEqual(await removed(), removedBefore);
    assert.ok(await d.nuclei() < without, 'an erosion of 9 pixels eats whole nuclei');
  });
});
