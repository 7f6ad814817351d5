// A handful of walks from end to end with a browser's own keys, mouse and clock: exercise, flood, tour, what a machine keeps.
// Each stands for many that are walked without a browser, in tests/interface.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './driver.mjs';
import { answer, closeExercise, openExercise, position, sees, smallField, walkTo } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

test('an exercise is answered with real keys, and what was solved is kept on the machine', async () => {
  const d = await stage.open();
  await d.openSample('The lecture\'s grid');
  await d.goTo('Pixels');
  await walkTo(d, 5, 14);
  await openExercise(d, 3);
  assert.match((await d.pixel()).rest, /^raw \? /);
  assert.match((await answer(d, '23')).sentence, /^Row first, then column/);
  assert.equal((await answer(d, '209')).word, 'Right');
  await closeExercise(d);
  await d.page.reload();
  await d.app.ready();
  await d.computed();
  await d.goTo('Pixels');
  assert.equal(await d.page.getByRole('heading', { name: /^Predict \(1 of \d+ solved\)$/ }).count(), 1);
  await d.click('button', 'Forget what was solved');
  assert.equal(await d.page.getByRole('heading', { name: /^Predict \(0 of/ }).count(), 1);
  assert.deepEqual(d.app.problems(), []);
  await d.close();
});

test('the flood plays by the browser\'s clock, and stops at a key', async () => {
  const d = await smallField(stage, 'Watershed');
  await d.click('button', 'Watch the flood');
  assert.equal(await position(d, 'Pixels flooded'), 0);
  await d.page.keyboard.press('Space');
  await d.page.waitForFunction(() =>
    Number(document.querySelector('input[type=range][aria-label="Pixels flooded"]').value) > 8);
  await d.page.keyboard.press('Space');
  await d.computed();
  const stopped = await position(d, 'Pixels flooded');
  await d.page.waitForTimeout(200);
  assert.equal(await position(d, 'Pixels flooded'), stopped);
  await d.press(',');
  assert.equal(await position(d, 'Pixels flooded'), stopped - 1);
  await d.close();
});

test('the tour is walked with one key', async () => {
  const d = await smallField(stage, 'Watershed');
  await d.press('t');
  for (const number of [1, 2, 3]) {
    await sees(d, new RegExp(`^Tour, stop ${number} of 22: `));
    await d.everythingIsMirrored(`stop ${number}`);
    await d.press('PageDown');
  }
  await d.click('button', 'Leave');
  assert.equal(await d.page.getByText(/^Tour, stop/).count(), 0);
  assert.deepEqual(d.app.problems(), []);
  await d.close();
});
