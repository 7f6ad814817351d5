// The flood's moments on the screen, pixel by pixel; its lesson is worked in tests/interface.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { middles, moveTo, position, smallField, walkTo } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

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

  test('shows each moment: what is dry, what waits and what is flooded', async () => {
    await d.click('button', 'Watch the flood');
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
    assert.deepEqual(d.app.problems(), []);
  });
});
