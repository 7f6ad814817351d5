// The flood cut along a line: proposed, drawn with the mouse, set with keys, and followed from moment to moment.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { middles, moveTo, smallField, walkTo } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const PROFILE = /^Profile along the line, .*: (\d+) pixels from row (\d+), column (\d+) to row (\d+), column (\d+), heights (\S+) to (\S+), water at (\S+), dams (\d+) of (\d+)$/;

async function profile(d) {
  const text = await d.page.getByText(PROFILE).first().textContent();
  const [, pixels, fromRow, fromCol, toRow, toCol, low, high, water, dams, borders] = text.match(PROFILE).map(Number);
  return { pixels, from: [fromRow, fromCol], to: [toRow, toCol], low, high, water, dams, borders };
}

describe('the profile along a line', () => {
  let d;
  let last;
  before(async () => {
    d = await smallField(stage, 'Watershed');
    await d.click('button', 'Watch the flood');
    last = Number(await d.widget('slider', 'Pixels flooded').getAttribute('max'));
  });
  after(() => d?.close());

  test('runs through two seeds whose waters meet, and shows each moment', async () => {
    await d.press('r');
    const begin = await profile(d);
    assert.equal(begin.borders, 1);
    assert.equal(begin.dams, 0, 'no waters have met at the beginning');
    assert.ok(begin.low < begin.high && begin.high <= 0, 'heights are minus the distance');
    assert.equal(begin.water, await deepest(d));
    const dry = await strip(d);
    await moveTo(d, 'Pixels flooded', last);
    const end = await profile(d);
    assert.deepEqual([end.from, end.to], [begin.from, begin.to]);
    assert.equal(end.dams, 1, 'where they have met stands a dam');
    assert.ok(end.water > begin.water);
    assert.ok(!(await strip(d)).equals(dry), 'the water is drawn');
    await d.app.screenshot('profile');
    await moveTo(d, 'Pixels flooded', 0);
    assert.ok((await strip(d)).equals(dry), 'and flows back');
  });

  test('its line is drawn with the mouse', async () => {
    const middleOf = await middles(d);
    await d.click('button', 'Draw a line');
    await d.page.mouse.move(...middleOf(4, 3));
    await d.still();
    await d.page.mouse.down();
    await d.still();
    await d.page.mouse.move(...middleOf(15, 24), { steps: 4 });
    await d.still();
    await d.page.mouse.up();
    await d.computed();
    const { pixels, from, to } = await profile(d);
    assert.deepEqual([from, to, pixels], [[4, 3], [15, 24], 22]);
    assert.equal(await d.widget('button', 'Draw a line').getAttribute('aria-pressed'), 'false');
  });

  test('its ends are set at the pin', async () => {
    await walkTo(d, 6, 2);
    await d.click('button', 'From the pin');
    await walkTo(d, 6, 19);
    await d.click('button', 'To the pin');
    const { from, to } = await profile(d);
    assert.deepEqual([from, to], [[6, 2], [6, 19]]);
    await d.press('Escape');
  });

  test('a place of it is marked in the picture, and its pixel is read', async () => {
    const box = await stripBox(d);
    const pixel = await d.hover([box.x + box.width / 2, box.y + box.height / 2]);
    assert.equal(pixel.row, 6);
    assert.ok(pixel.col > 2 && pixel.col < 19, `column ${pixel.col}`);
  });

  test('stands beside the landscape, and goes', async () => {
    await moveTo(d, 'Pixels flooded', Math.floor(last / 2));
    await d.press('d');
    assert.ok((await profile(d)).pixels > 0);
    await d.app.screenshot('profile-and-landscape');
    await d.everythingIsMirrored('with a profile');
    await d.press('r');
    assert.equal(await d.page.getByText(PROFILE).count(), 0);
    assert.deepEqual(d.app.problems(), []);
  });
});

function stripBox(d) {
  return d.page.getByText(PROFILE).first().boundingBox();
}

async function strip(d) {
  await d.page.mouse.move(2, 2);
  await d.still();
  return d.app.picture({ clip: await stripBox(d) });
}

/** The lowest place of what is flooded, where the water stands at first. */
async function deepest(d) {
  const text = await d.fact('Water level');
  return parseFloat(text);
}
