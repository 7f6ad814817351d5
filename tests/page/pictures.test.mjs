// What only a screen shows of the lessons: that each look, mark and curve is seen where tests/interface knows that it is drawn.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { moveTo, openExercise, smallField } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

/** The image view before and after something was done, which is seen. */
async function isSeen(d, what, act) {
  const before_ = await d.picture();
  await act();
  assert.ok(!before_.equals(await d.picture()), `${what} is not seen`);
}

describe('in the small field', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Pixels'); });
  after(() => d?.close());

  test('fewer bits, and numbers in large pixels', async () => {
    await d.click('button', 'Fewer bits');
    await d.click('switch', 'Show with fewer bits');
    await isSeen(d, 'one bit', async () => {
      await d.widget('spinbutton', 'Bits').fill('1');
      await d.computed();
    });
    await d.click('switch', 'Show with fewer bits');
    await isSeen(d, 'the numbers', () => d.press('z'));
    await d.press('f');
  });

  test('the threshold on the raw and on the filtered image, and the pixels of a bar', async () => {
    await d.goTo('Threshold');
    await d.click('radio', 'Filtered');
    await isSeen(d, 'the raw image\'s mask', () => d.click('radio', 'Raw'));
    const view = await d.widget('application', 'Image').boundingBox();
    const plain = await d.app.picture({ clip: view });
    await d.reveal(d.widget('slider', 'Cutoff in the histogram'));
    const box = await d.widget('slider', 'Cutoff in the histogram').boundingBox();
    const pink = d.page.getByText(/^Pink: the \d+ pixels of this bar\.$/);
    for (let share = 0.05; share < 0.95 && await pink.count() === 0; share += 0.01) {
      await d.page.mouse.move(box.x + box.width * share, box.y + box.height * 0.75);
      await d.still();
    }
    assert.equal(await pink.count(), 1);
    assert.ok(!plain.equals(await d.app.picture({ clip: view })), 'no pixel is pink');
  });

  test('a label that has grown by a pixel', async () => {
    await d.goTo('Label');
    await d.click('button', 'Grow them step by step');
    await d.click('button', 'Next object');
    await isSeen(d, 'the next pixel', () => d.press('.'));
  });

  test('the flood without the minus, and its water in the profile', async () => {
    await d.goTo('Watershed');
    await d.click('button', 'Watch the flood');
    await moveTo(d, 'Pixels flooded', 228);
    await isSeen(d, 'the other flood', () => d.click('switch', 'Without the minus'));
    await d.click('switch', 'Without the minus');
    await d.press('r');
    const strip = async () => {
      await d.page.mouse.move(2, 2);
      await d.still();
      return d.app.picture({ clip: await d.page.getByText(/^Profile along the line/).first().boundingBox() });
    };
    const flooded = await strip();
    await moveTo(d, 'Pixels flooded', 0);
    const dry = await strip();
    assert.ok(!flooded.equals(dry), 'the water is not seen');
    await moveTo(d, 'Pixels flooded', 228);
    assert.ok(flooded.equals(await strip()), 'the water does not come back');
    await d.press('r');
    await d.click('button', 'Watch the flood');
  });

  test('before and after the watershed', async () => {
    await d.click('radio', 'After');
    await isSeen(d, 'what was before', () => d.click('radio', 'Before'));
    await d.click('radio', 'After');
  });

  test('the shapes of nuclei', async () => {
    await d.goTo('Measure');
    await d.pressOn(d.page.getByRole('button', { name: /^Label 3, Area / }));
    await d.click('radio', 'Hull');
    for (const shape of ['Perimeter', 'Axes']) await isSeen(d, shape, () => d.pressOn(d.widget('radio', shape)));
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('in a field of the experiment', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('the fates of its nuclei', async () => {
    await isSeen(d, 'their colours', () => d.click('switch', 'Colour nuclei by fate'));
    await d.click('switch', 'Colour nuclei by fate');
  });

  test('the outline of a pinned result', async () => {
    await d.goTo('Threshold');
    await isSeen(d, 'the outline', () => d.press('g'));
    await d.press('g');
  });

  test('the gap that an exercise leaves in the filtered curve', async () => {
    await d.goTo('Filter');
    await d.pin(0.45, 0.45);
    await d.click('button', 'Profile along a line');
    const text = d.page.getByText(/^Profile of raw and/).first();
    const curve = async () => {
      await d.reveal(text);
      await d.page.mouse.move(2, 2);
      await d.still();
      return d.app.picture({ clip: await text.boundingBox() });
    };
    const whole = await curve();
    await openExercise(d, 1);
    assert.ok(!whole.equals(await curve()), 'the curve has no gap');
    assert.deepEqual(d.app.problems(), []);
  });
});
