// The watershed made visible: the flood's moments on the screen, who took what, and what went wrong where.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { STEPS, Stage } from './driver.mjs';
import { answer, closeExercise, middles, moveTo, nucleiSaid, openExercise, position, sees, smallField, walkTo } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

/** The names of the causes, as the list gives them. */
const CAUSES = new RegExp(`^(${[
  'Below the cutoff', 'Removed', 'Summit', 'Higher pixel in', 'No seed set', 'Joined by', 'Together above', 'In pieces',
  'Parted by', 'More than one seed', 'Found, but too', 'No true nucleus', 'A piece of a nucleus',
].join('|')})`);

/** A few screen pixels in the middle of an image's pixel. */
async function colourAt(d, [x, y]) {
  await d.page.mouse.move(2, 2);
  await d.still();
  return d.app.picture({ clip: { x: Math.round(x) - 2, y: Math.round(y) - 2, width: 4, height: 4 } });
}

describe('watershed', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Watershed'); });
  after(() => d?.close());
  const now = () => position(d, 'Pixels flooded');

  test('an exercise covers labels and counts, and knows who forgot where the water starts', async () => {
    await walkTo(d, 6, 6);
    await openExercise(d, 4);
    assert.equal(await d.fact('Nuclei'), '?');
    assert.equal(await nucleiSaid(d), '?');
    await sees(d, 'Which water came first? That is for you to say.');
    assert.match((await answer(d, '79')).sentence, /^Now the seeds sit on summits: the water starts at the rim/);
    await d.app.screenshot('exercise-watershed');
    assert.equal((await answer(d, '1')).word, 'Right');
    await closeExercise(d);
    assert.equal(await d.fact('Nuclei'), '5');
    assert.equal(await nucleiSaid(d), '5');
    await sees(d, /^Label 1: the water of seed 1 reached this pixel first/);
  });

  test('plays, pauses, and steps both ways', async () => {
    await d.click('button', 'Watch the flood');
    assert.equal(await now(), 0);
    await d.page.keyboard.press('Space');
    await d.page.waitForFunction(() =>
      Number(document.querySelector('input[type=range][aria-label="Pixels flooded"]').value) > 8);
    await d.page.keyboard.press('Space');
    await d.computed();
    const stopped = await now();
    await d.page.waitForTimeout(200);
    assert.equal(await now(), stopped);
    await d.press('.');
    assert.equal(await now(), stopped + 1);
    await d.press(',');
    await d.press(',');
    assert.equal(await now(), stopped - 1);
  });

  test('shows each moment: what is dry, what waits and what is flooded', async () => {
    const taken = [];
    for (const [row, col] of [[9, 4], [12, 20], [13, 26], [18, 1], [15, 13], [4, 15]]) {
      await walkTo(d, row, col);
      const why = await d.page.getByText(/pushed by row \d+, column \d+ at step \d+, taken at step \d+/).first().textContent();
      const [, pushed, step] = why.match(/at step (\d+), taken at step (\d+)/).map(Number);
      taken.push({ row, col, pushed, step });
    }
    await d.press('Escape');
    const middleOf = await middles(d);
    for (const pixel of taken) {
      pixel.point = middleOf(pixel.row, pixel.col);
      const { row, col } = await d.hover(pixel.point);
      assert.deepEqual([row, col], [pixel.row, pixel.col]);
    }
    const last = Number(await d.widget('slider', 'Pixels flooded').getAttribute('max'));
    assert.equal(last, 228);
    const middle = last / 2;
    const look = async (moment) => {
      await moveTo(d, 'Pixels flooded', moment);
      const colours = [];
      for (const { point } of taken) colours.push(await colourAt(d, point));
      return colours;
    };
    const [dry, flooded] = [await look(0), await look(last)];
    await d.drag('slider', 'Pixels flooded', [0.02, 0.5], [0.5, 0.5]);
    assert.ok(await now() > 0 && await now() < last, 'the slider scrubs');
    const half = await look(middle);
    await d.app.screenshot('flood-half');
    for (const [i, { row, col, pushed, step }] of taken.entries()) {
      const name = `row ${row}, column ${col}, pushed at ${pushed}, taken at ${step}`;
      assert.ok(!dry[i].equals(flooded[i]), `${name}: the flood changes its colour`);
      assert.equal(half[i].equals(flooded[i]), step < middle, `${name}: flooded or not at ${middle}`);
      assert.equal(half[i].equals(dry[i]), pushed >= middle, `${name}: dry or not at ${middle}`);
    }
    assert.ok(taken.some(({ step }) => step < middle) && taken.some(({ pushed }) => pushed >= middle));
    const { step, point } = taken.find((pixel) => pixel.step < middle && pixel.step > 1);
    const index = taken.findIndex((pixel) => pixel.step === step);
    await moveTo(d, 'Pixels flooded', step + 2);
    assert.ok((await colourAt(d, point)).equals(flooded[index]));
    await d.press(',');
    await d.press(',');
    assert.ok(!(await colourAt(d, point)).equals(flooded[index]), 'one step back takes the water away');
    await d.everythingIsMirrored('with the flood');
  });

  test('time is spread evenly along its slider', async () => {
    await d.drag('slider', 'Pixels flooded', [0.02, 0.5], [0.5, 0.5]);
    const half = await now();
    assert.ok(Math.abs(half - 114) < 23, `${half} of 228 in the middle`);
  });

  test('stays within a flood that has become shorter', async () => {
    await d.click('switch', 'Without mask=');
    const all = Number(await d.widget('slider', 'Pixels flooded').getAttribute('max'));
    await moveTo(d, 'Pixels flooded', all);
    await d.click('switch', 'Without mask=');
    const last = Number(await d.widget('slider', 'Pixels flooded').getAttribute('max'));
    assert.ok(last < all);
    assert.equal(await now(), last);
    assert.equal(await d.fact('Waiting in the queue'), '0');
    assert.deepEqual(d.app.problems(), []);
  });

  test('the meeting of two waters is jumped to', async () => {
    await moveTo(d, 'Pixels flooded', 0);
    assert.equal(await d.fact('Pairs of waters that have met'), '0 of 1');
    assert.ok(await d.widget('button', 'Next meeting').isEnabled());
    await d.click('button', 'Next meeting');
    assert.ok(await now() > 0);
    await sees(d, /^Here labels (1 and 2|2 and 1) meet\./);
    assert.equal(await d.fact('Pairs of waters that have met'), '1 of 1');
    assert.ok(await d.widget('button', 'Next meeting').isDisabled());
    await d.app.screenshot('flood-meeting');
    const step = await now();
    await d.click('button', 'Next level');
    assert.ok(await now() > step);
    await d.click('button', 'Level back');
    assert.ok(await now() <= step);
  });

  test('without the minus one label takes nearly all, without the mask everything is flooded', async () => {
    await moveTo(d, 'Pixels flooded', 228);
    await walkTo(d, 5, 5);
    await sees(d, /^Label 1: pushed by/);
    const right = await d.picture();
    await d.click('switch', 'Without the minus');
    await sees(d, /^Label 2: pushed by/);
    assert.ok(!right.equals(await d.picture()));
    await d.app.screenshot('flood-without-minus');
    await d.click('switch', 'Without the minus');
    await d.click('switch', 'Without mask=');
    assert.equal(await d.widget('slider', 'Pixels flooded').getAttribute('max'), '600');
    await d.app.screenshot('flood-without-mask');
    await d.click('switch', 'Without mask=');
    assert.equal(await d.nuclei(), 5);
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('seeds by hand', () => {
  test('are added, moved, deleted and undone, and lead back to the method that was chosen', async () => {
    const s = await smallField(stage, 'Seeds');
    await s.choose('Seeds', 'Every local maximum');
    const before = await s.nuclei();
    await s.goTo('Watershed');
    await s.click('switch', 'Seeds by hand');
    assert.equal(await s.nuclei(), before);
    const seeds = async () => (await s.recipe()).seeds.coordinates;
    const first = await seeds();
    const middleOf = await middles(s);
    const at = middleOf(5, 8);
    await s.page.mouse.click(...at);
    await s.computed();
    assert.deepEqual((await seeds()).at(-1), [5, 8]);
    const there = middleOf(3, 9);
    await s.page.mouse.move(...at);
    await s.page.mouse.down();
    await s.page.mouse.move(...there, { steps: 4 });
    await s.page.mouse.up();
    await s.computed();
    assert.deepEqual((await seeds()).at(-1), [3, 9]);
    await s.page.mouse.click(...there);
    await s.computed();
    assert.deepEqual(await seeds(), first);
    await s.press('u');
    assert.deepEqual((await seeds()).at(-1), [3, 9]);
    await s.page.mouse.click(...middleOf(0, 0));
    await s.computed();
    await sees(s, '1 outside of the mask: no water comes from there.');
    await s.app.screenshot('seeds-by-hand');
    await s.click('switch', 'Seeds by hand');
    assert.equal((await s.recipe()).seeds.method, 'every_maximum');
    assert.deepEqual(s.app.problems(), []);
    await s.close();
  });
});

describe('what went wrong', () => {
  test('is listed by cause; a press shows one, its sentence, and the way to the step that decided', async () => {
    const d = await stage.open();
    await d.goTo('Watershed');
    const fold = d.page.getByRole('button', { name: /^What went wrong, and where \(\d+\)$/ });
    const all = Number((await fold.getAttribute('aria-label')).match(/\d+/)[0]);
    await d.pressOn(fold);
    const causes = d.page.getByRole('button', { name: CAUSES });
    const counts = [];
    for (const cause of await causes.all()) counts.push(Number(await cause.getAttribute('aria-description')));
    assert.equal(counts.reduce((a, b) => a + b, 0), all);
    assert.deepEqual(counts, counts.toSorted((a, b) => b - a), 'the most frequent cause first');
    await d.pressOn(causes.first());
    await sees(d, /^(True nucleus|Label) \d+\. \S/);
    await d.app.screenshot('diagnosis');
    const where = await d.pixel();
    await d.pressOn(d.page.getByRole('button', { name: /^Go to / }).first());
    const step = (await d.page.getByRole('tab', { selected: true }).getAttribute('aria-label'));
    assert.ok(STEPS.includes(step));
    await d.showsStep(step);
    const there = await d.pixel();
    assert.ok(Math.hypot(there.row - where.row, there.col - where.col) < 60);
    await d.app.screenshot('diagnosis-step');
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});
