// The steps Label, Refine, Distance, Seeds and Measure as lessons: explained at a pixel, tried, predicted.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { answer, choose, closeExercise, count, middles, nucleiSaid, openExercise, position, sees, smallField, walkTo } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

describe('label', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Label'); });
  after(() => d?.close());

  test('an exercise covers numbers and counts, and knows the other neighbours\' answer', async () => {
    await walkTo(d, 6, 6);
    assert.equal(await d.fact('Objects (8 neighbours)'), '4');
    await sees(d, /^Label 1, an object of 132 px/);
    await openExercise(d, 1);
    assert.equal(await d.fact('Objects (8 neighbours)'), '?');
    assert.equal(await nucleiSaid(d), '?');
    await sees(d, 'Which number? That is for you to say.');
    assert.equal(await count(d, /^Label 1, an object/), 0);
    const four = await answer(d, '6');
    assert.equal(four.word, 'Not yet');
    assert.match(four.sentence, /^That is with 4: more neighbours join more/);
    await d.app.screenshot('exercise-label');
    assert.equal((await answer(d, '5')).word, 'Right');
    await closeExercise(d);
    assert.equal(await d.fact('Objects (8 neighbours)'), '4');
    assert.equal(await nucleiSaid(d), '5');
    await sees(d, /^Label 1, an object of 132 px/);
  });

  test('a number is asked for: by size, from the left, in raster order', async () => {
    await openExercise(d, 3);
    assert.deepEqual(await d.pixel().then(({ row, col }) => [row, col]), [16, 2]);
    assert.match((await answer(d, '3')).sentence, /^That is by size\./);
    assert.match((await answer(d, '1')).sentence, /^That is from left to right\./);
    assert.equal((await answer(d, '4')).word, 'Right');
    await closeExercise(d);
  });

  test('the numbers grow step by step, both ways, and from object to object', async () => {
    await d.click('button', 'Grow them step by step');
    assert.equal(await d.fact('Objects begun'), '0 of 4');
    await d.press('.');
    await d.press('.');
    assert.equal(await position(d, 'Pixels reached'), 2);
    assert.equal(await d.fact('Objects begun'), '1 of 4');
    await d.press(',');
    assert.equal(await position(d, 'Pixels reached'), 1);
    await d.click('button', 'Next object');
    assert.equal(await position(d, 'Pixels reached'), 132);
    const before_ = await d.picture();
    await d.press('.');
    assert.equal(await d.fact('Objects begun'), '2 of 4');
    assert.ok(!before_.equals(await d.picture()));
    await d.click('button', 'Object before');
    assert.ok(await position(d, 'Pixels reached') <= 132);
    await d.app.screenshot('growth');
    await d.everythingIsMirrored('with the growth');
  });

  test('4 neighbours tell objects apart that 8 join, on the mask of the raw image', async () => {
    await d.goTo('Filter');
    await d.choose('Filter', 'None');
    await d.goTo('Label');
    assert.equal(await d.fact('Objects (8 neighbours)'), '5');
    await d.pressOn(d.widget('radio', '4 neighbours'));
    await sees(d, /^Objects begun: \d of 6$/);
    await d.pressOn(d.widget('radio', '8 neighbours'));
    await sees(d, /^Objects begun: \d of 5$/);
    await d.goTo('Filter');
    await d.choose('Filter', 'Median');
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('objects that are several nuclei', () => {
  test('are listed with what gives them away, and a press goes to one', async () => {
    const d = await stage.open();
    await d.goTo('Label');
    const row = d.page.getByRole('button', { name: /^Object \d+: \d nuclei$/ }).first();
    const [, object, nuclei] = (await row.getAttribute('aria-label')).match(/^Object (\d+): (\d) nuclei$/);
    await d.pressOn(row);
    await sees(d, new RegExp(`^Label ${object}, an object of .*It is ${nuclei} nuclei: .* times the median area, solidity`));
    await d.app.screenshot('touching');
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

describe('refine', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Refine'); });
  after(() => d?.close());

  test('an exercise covers what the repairs did, and knows that closing joins', async () => {
    await walkTo(d, 14, 23);
    await openExercise(d, 3);
    assert.equal(await d.fact('Pixels added'), '?');
    assert.equal(await count(d, /^\+\d+ px, -\d+ px; objects/), 0);
    await sees(d, 'True or False? That is for you to say.');
    assert.match((await d.pixel()).rest, /refined \?|mask \w+$/);
    assert.match((await answer(d, '4')).sentence, /^Gaps below the footprint close between nuclei/);
    await d.app.screenshot('exercise-refine');
    assert.equal((await answer(d, '1')).word, 'Right');
    await closeExercise(d);
    assert.match(await d.fact('Pixels added'), /^\d+$/);
    await sees(d, /^(Still|Was) /);
  });

  test('each repair says what it changed, and its limit is dragged among the sizes', async () => {
    await sees(d, /^\+\d+ px, -\d+ px; objects \d+ > \d+$/);
    const limits = async () => (await d.recipe()).refinements.map((r) => r.max_size);
    const first = await limits();
    await d.reveal(d.widget('slider', 'Limit among the sizes').first());
    const box = await d.widget('slider', 'Limit among the sizes').first().boundingBox();
    await d.page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
    await d.page.mouse.down();
    await d.page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.4, { steps: 4 });
    await d.page.mouse.up();
    await d.computed();
    const dragged = await limits();
    assert.ok(dragged[0] > first[0] && dragged[0] > 12, `from ${first[0]} to ${dragged[0]}`);
    const [, , before_, after_] = (await d.page.getByText(/^\+\d+ px, -\d+ px; objects/).first().textContent())
      .match(/^\+(\d+) px, -\d+ px; objects (\d+) > (\d+)$/);
    assert.equal(before_, '4');
    assert.ok(Number(after_) < 4, 'a larger limit takes objects away');
    await d.app.screenshot('sizes');
    await d.everythingIsMirrored('with the sizes');
  });

  test('the same two repairs in two orders', async () => {
    const operations = async () => (await d.recipe()).refinements.map((r) => r.operation);
    await d.click('button', 'Specks first');
    assert.deepEqual(await operations(), ['remove_small_objects', 'closing']);
    await d.click('button', 'Closing first');
    assert.deepEqual(await operations(), ['closing', 'remove_small_objects']);
    assert.equal(await count(d, /^\+\d+ px, -\d+ px; objects \d+ > \d+$/), 2);
    await d.app.screenshot('orders');
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('distance', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Distance'); });
  after(() => d?.close());

  test('a pixel at the border has its Pythagoras, which an exercise covers', async () => {
    await walkTo(d, 19, 3);
    const sentence = /sqrt\((2 x 2 \+ 3 x 3|3 x 3 \+ 2 x 2)\) = sqrt\(13\) = 3\.61 px/;
    await sees(d, sentence);
    await d.app.screenshot('pythagoras');
    await openExercise(d, 5);
    assert.equal(await d.fact('Largest distance'), '?');
    assert.equal(await count(d, sentence), 0);
    await sees(d, 'How far to the background? That is for you to say.');
    assert.match((await d.pixel()).rest, /distance \?/);
    assert.equal((await answer(d, '1')).sentence, 'Outside the image is not background.');
    assert.equal((await answer(d, '13')).sentence, 'That is the square: take its root.');
    assert.equal((await answer(d, '3,61')).word, 'Right');
    await closeExercise(d);
    await sees(d, sentence);
    assert.match(await d.fact('Largest distance'), /^\d+(\.\d+)? px$/);
  });

  test('two summits and the saddle of the pair that touches', async () => {
    await walkTo(d, 6, 15);
    await d.click('button', 'Profile from summit to summit');
    const height = async (name) => parseFloat(await d.fact(name));
    const saddle = await height('Saddle between');
    assert.ok(saddle < await height('Summit of label 1') && saddle < await height('Summit of label 2'));
    await sees(d, /^From \(row, column\) \(6, \d+\) to \(6, \d+\)\. Two summits make two nuclei/);
    await d.app.screenshot('summits');
    await d.everythingIsMirrored('with the profile');
    assert.deepEqual(d.app.problems(), []);
    await d.click('button', 'Profile from summit to summit');
  });

  test('which pixel is deepest is not to be read off while it is asked for', async () => {
    await walkTo(d, 6, 7);
    assert.match((await d.pixel()).rest, /distance \d/);
    await walkTo(d, 6, 6);
    await openExercise(d, 3);
    await d.press('Escape');
    const place = (await middles(d))(6, 7);
    assert.match((await d.hover(place)).rest, /distance \?/);
    await choose(d, /^row/, 'Not yet');
    assert.equal((await choose(d, 'row 6, column 7', 'Right')).word, 'Right');
    await closeExercise(d);
  });
});

describe('seeds', () => {
  test('candidates are counted, coordinates shown, and covered while they are asked for', async () => {
    const d = await smallField(stage, 'Seeds');
    assert.equal(await d.fact('Peaks'), '5');
    assert.equal(await d.fact('Seeds (peaks that touch are one)'), '5');
    assert.ok(Number(await d.fact('Candidates')) > 5);
    assert.match(await d.fact('Too near, at the border, too low'), /^[1-9]\d*, 0, 0$/);
    await sees(d, 'Every object has a seed.');
    await walkTo(d, 7, 15);
    await sees(d, /(nearer than 2 px|On a plateau)/);
    await d.click('button', 'From coordinates to seeds');
    await sees(d, /local_maxima_coords, shape \(5, 2\)/);
    await sees(d, /local_maxima_coords\.T, shape \(2, 5\)/);
    await d.app.screenshot('coordinates');
    await openExercise(d, 1);
    await sees(d, 'An exercise covers the seeds.');
    await sees(d, 'A seed or not? That is for you to say.');
    assert.equal(await count(d, /local_maxima_coords, shape|^Peaks: /), 0);
    assert.equal(await nucleiSaid(d), '?');
    assert.match((await answer(d, '4')).sentence, /^Two summits in one object/);
    await d.app.screenshot('exercise-seeds');
    assert.equal((await answer(d, '5')).word, 'Right');
    await closeExercise(d);
    assert.equal(await d.fact('Peaks'), '5');
    await openExercise(d, 4);
    assert.equal((await choose(d, 'It lies in the excluded border', 'Not yet')).sentence, 'The border is kept here.');
    assert.equal((await choose(d, 'It is too near to a seed', 'Right')).word, 'Right');
    await closeExercise(d);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  test('objects that lost their seed at the border are counted, and kept by a button', async () => {
    const d = await stage.open();
    await d.openSample('At the border');
    await d.goTo('Seeds');
    const nuclei = await d.nuclei();
    const fold = d.page.getByRole('button', { name: /^Objects without a seed: [1-9]\d*$/ });
    const lost = Number((await fold.getAttribute('aria-label')).match(/\d+/)[0]);
    await d.pressOn(fold);
    await d.pressOn(d.page.getByRole('button', { name: /^Object \d+, \d+ px$/ }).first());
    await sees(d, /(px from the border, where the outermost|no candidate, since|nearer than)/);
    await d.app.screenshot('lost-objects');
    const keep = d.page.getByRole('button', { name: /^Keep the \d+ at the border$/ });
    const kept = Number((await keep.getAttribute('aria-label')).match(/\d+/)[0]);
    await d.pressOn(keep);
    assert.equal((await d.recipe()).seeds.exclude_border, false);
    assert.equal(await keep.count(), 0);
    assert.ok(await d.nuclei() >= nuclei + kept, `${kept} more than ${nuclei}`);
    if (lost === kept) await sees(d, 'Every object has a seed.');
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

describe('measure', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Measure'); });
  after(() => d?.close());
  const row = (label) => d.page.getByRole('button', { name: new RegExp(`^Label ${label}, Area `) });

  test('an exercise covers the measurements, and knows who did not square', async () => {
    await walkTo(d, 6, 6);
    await sees(d, /^Nucleus 1: 79 px/);
    await openExercise(d, 1);
    await sees(d, 'An exercise covers the measurements.');
    await sees(d, 'How much? That is for you to say.');
    assert.equal(await count(d, /^Median area: /), 0);
    assert.equal(await row(1).count(), 0);
    assert.equal((await answer(d, '51,35')).sentence, 'Square the pixel size.');
    await d.app.screenshot('exercise-measure');
    assert.equal((await answer(d, '33.4')).word, 'Right');
    await closeExercise(d);
    assert.equal(await d.fact('Median area'), '53 px');
    await sees(d, /^Nucleus 1: 79 px/);
  });

  test('table and picture are linked, and shapes are drawn', async () => {
    await d.pressOn(row(3));
    assert.match((await d.pixel()).rest, /label 3\b/);
    assert.equal(await row(3).getAttribute('aria-current'), 'true');
    const drawn = [];
    for (const shape of ['Hull', 'Perimeter', 'Axes']) {
      await d.pressOn(d.widget('radio', shape));
      drawn.push((await d.picture()).toString('base64'));
      await d.app.screenshot(`shape-${shape.toLowerCase()}`);
    }
    assert.equal(new Set(drawn).size, 3);
    await d.click('button', 'Area');
    const areas = await d.page.getByRole('button', { name: /^Label \d+, Area / })
      .evaluateAll((rows) => rows.map((r) => Number(r.getAttribute('aria-label').match(/Area ([\d.]+)/)[1])));
    assert.deepEqual(areas, [79, 62, 53, 22, 12]);
  });

  test('a press on the scatter plot goes to a nucleus', async () => {
    await d.click('button', 'Plots');
    await sees(d, /^Histogram of Area/);
    const plot = d.page.getByRole('button', { name: / against / });
    await d.reveal(plot);
    await d.app.screenshot('plots');
    const before_ = await d.pixel();
    const box = await plot.boundingBox();
    const means = new Map();
    for (let label = 1; label <= 5; ++label) {
      const [, area, mean] = (await row(label).getAttribute('aria-label')).match(/Area ([\d.]+), Mean ([\d.]+)/).map(Number);
      means.set(label, { area, mean });
    }
    const [low, high] = [12, 79];
    const all = [...means.values()].map(({ mean }) => mean);
    const share = (means.get(2).mean - Math.min(...all)) / (Math.max(...all) - Math.min(...all));
    const x = box.x + 5 + (53 - low) / (high - low) * (box.width - 10);
    for (let y = box.y + 20; y < box.y + box.height - 20; y += 6) {
      await d.page.mouse.click(x, y);
      await d.computed();
      if (/label 2\b/.test((await d.pixel()).rest)) break;
    }
    assert.match((await d.pixel()).rest, /label 2\b/, `share ${share}`);
    assert.notDeepEqual(await d.pixel(), before_);
    await d.everythingIsMirrored('with the plots');
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('what explains one image', () => {
  test('is gone with it', async () => {
    const d = await stage.open();
    await d.goTo('Distance');
    await d.click('button', 'Profile from summit to summit');
    await d.pin(0.505, 0.38);
    await d.page.getByText(/^Saddle between/).waitFor({ timeout: 5000 });
    await d.openSample('The small field');
    assert.equal(await d.page.getByText(/^Saddle between/).count(), 0);
    await sees(d, /^Point at two nuclei that touch/);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});
