// Keys that are held: one press counts once, but for the few that repeat.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { moveTo, position, smallField } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const REPEATS = 4;

/** Holds a key as a hand does: pressed, told again by the browser a few frames later, and let go. */
async function hold(d, key) {
  for (let again = 0; again <= REPEATS; ++again) {
    await d.page.keyboard.down(key);
    await d.page.evaluate(async () => {
      for (let frame = 0; frame < 5; ++frame) await new Promise(requestAnimationFrame);
    });
  }
  await d.page.keyboard.up(key);
}

describe('a key that is held', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Pixels'); });
  after(() => d?.close());

  const focused = () => d.page.evaluate(() => document.activeElement.getAttribute('aria-label'));

  test('turns one step', async () => {
    await d.press('1');
    await hold(d, 'PageDown');
    await d.computed();
    await d.showsStep('Threshold');
    await hold(d, 'PageUp');
    await d.computed();
    await d.showsStep('Pixels');
  });

  test('turns one step also when the browser never says that it repeats', async () => {
    await d.page.keyboard.down('PageDown');
    const end = Date.now() + 1000;  // longer than any delay after which a key could be thought to be held
    while (Date.now() < end) await d.hover(await d.imagePoint(0.4 + 0.1 * Math.random(), 0.4));
    await d.page.keyboard.up('PageDown');
    await d.showsStep('Threshold');
    await d.press('1');
  });

  test('switches once', async () => {
    const light = () => d.page.evaluate(() => document.documentElement.classList.contains('light'));
    const before_ = await light();
    await hold(d, 'l');
    assert.equal(await light(), !before_);
    await d.press('l');
    await hold(d, '?');
    assert.equal(await d.page.getByRole('dialog', { name: 'All keys' }).count(), 1);
    await d.press('Escape');
  });

  test('opens the list of commands, and does not write into its field', async () => {
    await hold(d, '/');
    assert.equal(await focused(), 'Find anything');
    assert.equal(await d.widget('textbox', 'Find anything').inputValue(), '');
    await hold(d, 'e');
    assert.equal(await d.widget('textbox', 'Find anything').inputValue(), 'e'.repeat(REPEATS + 1));
    await d.press('Escape');
  });

  test('moves the pin pixel by pixel while it is an arrow', async () => {
    await d.press('ArrowRight');
    const from = await d.pixel();
    await hold(d, 'ArrowRight');
    await hold(d, 'ArrowUp');
    const to = await d.pixel();
    assert.deepEqual([to.row, to.col], [from.row - REPEATS - 1, from.col + REPEATS + 1]);
    await d.press('Escape');
  });

  test('zooms on while it is plus or minus', async () => {
    const zoom = async () => Number((await d.page.getByText(/^Zoom \d+ %$/).textContent()).match(/\d+/)[0]) / 100;
    await d.press('x');
    assert.equal(await zoom(), 1);
    await hold(d, '+');
    await d.still();
    assert.ok(Math.abs(await zoom() / 1.5 ** (REPEATS + 1) - 1) < 0.01, `${await zoom()}`);
    await hold(d, '-');
    await d.still();
    assert.equal(await zoom(), 1);
    await d.press('f');
  });

  test('steps on through the flood while it is point or comma, and plays it once while it is Space', async () => {
    await d.goTo('Watershed');
    await hold(d, 'Space');
    assert.equal(await d.widget('button', 'Pause').count(), 1);
    await d.press('Space');
    await moveTo(d, 'Pixels flooded', 40);
    const at = () => position(d, 'Pixels flooded');
    const from = await at();
    await hold(d, '.');
    assert.equal(await at(), from + REPEATS + 1);
    await hold(d, ',');
    assert.equal(await at(), from);
  });

  test('presses a button once, and takes Tab one widget on', async () => {
    await d.goTo('Refine');
    const repairs = (await d.recipe()).refinements.length;
    await d.widget('button', 'Add a repair').focus();
    await hold(d, 'Enter');
    assert.equal((await d.recipe()).refinements.length, repairs + 1);
    const order = async (key) => { await d.press(key); return focused(); };
    await d.widget('tab', 'Pixels').focus();
    await d.press('Shift+Tab');
    const start = await focused();
    const next = await order('Tab');
    await d.press('Shift+Tab');
    assert.equal(await focused(), start);
    await hold(d, 'Tab');
    assert.equal(await focused(), next);
    assert.deepEqual(d.app.problems(), []);
  });
});
