// The first three steps as lessons: explained at a pixel, tried, predicted.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { answer, choose, openExercise, said, walkTo } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

async function lens(d) {
  return d.page.getByText(/^(Sorted: |.* x .* = )/).first().textContent();
}

describe('pixels', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.openSample('The lecture\'s grid');
    await d.goTo('Pixels');
  });
  after(() => d?.close());

  test('an exercise covers its answer, knows the usual mistakes and takes the right answer', async () => {
    await walkTo(d, 5, 14);
    assert.match((await d.pixel()).rest, /^raw 209 /);
    await openExercise(d, 3);
    assert.match((await d.pixel()).rest, /^raw \? /);
    assert.equal(await d.page.getByText('holds 209').count(), 0);
    const swapped = await answer(d, '23');
    assert.equal(swapped.word, 'Not yet');
    assert.match(swapped.sentence, /^Row first, then column/);
    const fromOne = await answer(d, '136');
    assert.match(fromOne.sentence, /^Counting starts at 0/);
    const other = await answer(d, '7');
    assert.equal(other.word, 'Not yet');
    await answer(d, 'seven');
    assert.deepEqual(await said(d), { word: null, sentence: null });
    assert.equal((await answer(d, '209')).word, 'Right');
    assert.match((await d.pixel()).rest, /^raw 209 /);
    await d.everythingIsMirrored('with an exercise');
    await d.app.screenshot('exercise-pixels');
    await d.pressOn(d.page.getByRole('button', { name: 'Close the exercise' }));
    assert.equal(await d.page.getByRole('button', { name: 'Exercise 3, solved' }).count(), 1);
  });

  test('the rows and columns are covered while they are asked for', async () => {
    await openExercise(d, 1);
    assert.equal(await d.fact('Shape (rows, columns)'), '? x ?');
    assert.match((await answer(d, '26')).sentence, /down first/);
    assert.equal((await answer(d, ' 19 ')).word, 'Right');
    assert.equal(await d.fact('Shape (rows, columns)'), '19 x 26');
    await d.click('button', 'Next');
    assert.equal((await answer(d, '26,0')).word, 'Right');
    await d.pressOn(d.page.getByRole('button', { name: 'Close the exercise' }));
  });

  test('what was solved is kept on the machine, and can be forgotten', async () => {
    await d.page.reload();
    await d.app.ready();
    await d.computed();
    await d.goTo('Pixels');
    assert.equal(await d.page.getByRole('heading', { name: /^Predict \(3 of \d+ solved\)$/ }).count(), 1);
    await d.click('button', 'Forget what was solved');
    assert.equal(await d.page.getByRole('heading', { name: /^Predict \(0 of/ }).count(), 1);
    await d.openSample('The lecture\'s grid');
  });

  test('fewer bits are shown beside the recipe and leave it alone', async () => {
    const labels = await d.nuclei();
    const plain = await d.picture();
    await d.click('button', 'Fewer bits');
    await d.click('switch', 'Show with fewer bits');
    await d.widget('spinbutton', 'Bits').fill('1');
    await d.computed();
    assert.equal(await d.fact('Different values left'), '2');
    assert.ok(!plain.equals(await d.picture()));
    assert.equal(await d.nuclei(), labels);
    await d.click('switch', 'Show with fewer bits');
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('threshold', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.openSample('The lecture\'s grid');
    await d.goTo('Threshold');
  });
  after(() => d?.close());

  test('takes the lecture\'s two cutoffs, and says what > leaves out', async () => {
    await d.click('button', '> 50');
    assert.match(await d.fact('Above the cutoff'), /^110 px/);
    await d.click('button', '> 100');
    assert.match(await d.fact('Above the cutoff'), /^81 px/);
    await d.widget('spinbutton', 'Cutoff').first().fill('83');
    await d.computed();
    assert.match(await d.fact('Equal to it, so not above'), /^1 px/);
    await walkTo(d, 18, 7);
    await d.page.getByText(/^83 = 83, so the mask is False\. > leaves out/).waitFor({ timeout: 5000 });
    await d.click('switch', '255 and 0, as Fiji writes them');
    assert.match((await d.pixel()).rest, /mask 0 /);
    await d.click('switch', '255 and 0, as Fiji writes them');
  });

  test('lights up the pixels of the bar under the pointer', async () => {
    const view = await d.widget('application', 'Image').boundingBox();
    const look = () => d.app.picture({ clip: view });
    const plain = await look();
    await d.reveal(d.widget('slider', 'Cutoff in the histogram'));
    const box = await d.widget('slider', 'Cutoff in the histogram').boundingBox();
    const pink = d.page.getByText(/^Pink: the \d+ pixels of this bar\.$/);
    for (let share = 0.05; share < 0.95 && await pink.count() === 0; share += 0.003) {
      await d.page.mouse.move(box.x + box.width * share, box.y + box.height * 0.75);
      await d.still();
    }
    await d.computed();
    assert.ok(!plain.equals(await look()));
    assert.equal(await pink.count(), 1);
    await d.page.mouse.move(5, 5);
    await d.computed();
  });

  test('shows how the variance falls away from Otsu\'s cutoff', async () => {
    await d.choose('Method', 'Otsu');
    assert.equal(await d.fact('Variance between'), '100 % of the most');
    await d.reveal(d.widget('slider', 'Cutoff on Otsu\'s curve'));
    await d.drag('slider', 'Cutoff on Otsu\'s curve', [0.4, 0.4], [0.85, 0.4]);
    assert.ok(parseFloat(await d.fact('Variance between')) < 90);
    assert.equal((await d.recipe()).threshold.method, 'manual');
    await d.choose('Method', 'Otsu');
  });

  test('reconciles the notebook\'s number with its own', async () => {
    await d.click('button', 'Another number in my notebook?');
    await d.page.getByText(/threshold_otsu takes one bin a number and gives 83; .* gives 82\.9/).waitFor({ timeout: 5000 });
    await d.click('button', 'Another number in my notebook?');
  });

  test('compares all seven methods, and a click takes one', async () => {
    await d.click('button', 'Compare all methods...');
    const dialog = d.page.getByRole('dialog', { name: 'Side by side' });
    assert.equal(await dialog.getByRole('button').count(), 8);
    await d.app.screenshot('wall-thresholds');
    await d.everythingIsMirrored('with the wall');
    await d.pressOn(dialog.getByRole('button', { name: 'Triangle' }));
    assert.equal(await dialog.count(), 0);
    assert.equal((await d.recipe()).threshold.method, 'triangle');
    await d.choose('Method', 'Otsu');
  });

  test('an exercise is answered wrongly and rightly', async () => {
    await openExercise(d, 1);
    const question = await d.page.getByRole('group', { name: 'Exercise' }).locator('p').first().textContent();
    assert.match(question, /50.*100/);
    const first = await choose(d, /./, 'Not yet');
    assert.ok(first.sentence.length > 10);
    assert.equal((await choose(d, /./, 'Right')).word, 'Right');
    assert.equal(await d.page.getByRole('heading', { name: /^Predict \(1 of/ }).count(), 1);
    await d.click('button', 'Next');
    await d.app.screenshot('exercise-threshold');
    await d.click('button', 'Show how');
    assert.equal(await d.page.getByRole('heading', { name: 'Worked answer' }).count(), 1);
    await d.pressOn(d.page.getByRole('button', { name: 'Close the exercise' }));
  });
});

describe('filter', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.openSample('The lecture\'s grid');
    await d.goTo('Filter');
    await walkTo(d, 5, 14);
  });
  after(() => d?.close());

  test('writes out every product of the lecture\'s pixel', async () => {
    await d.choose('Filter', 'Median');
    await d.widget('spinbutton', 'Size').fill('3');
    await d.computed();
    assert.equal(await lens(d), 'Sorted: 103, 106, 109, 136, 152, 179, 189, 209, 236');
    await d.app.screenshot('lens-median');
    await d.choose('Filter', 'Mean');
    await d.page.getByText('The sum of 9 values is 1419. 1419 / 9 = 157.67.').waitFor({ timeout: 5000 });
    await d.app.screenshot('lens-mean');
    await d.choose('Filter', 'Gaussian');
    await d.page.getByText(/^The sum of 81 products is 149\.1/).waitFor({ timeout: 5000 });
    await d.page.getByText(/total 273.*it would give 148\.37/).waitFor({ timeout: 5000 });
    await d.app.screenshot('lens-gaussian');
    await d.widget('spinbutton', 'Sigma').fill('2');
    await d.computed();
    await d.page.getByText(/^First down each column: 17 products/).waitFor({ timeout: 5000 });
    await d.widget('spinbutton', 'Sigma').fill('1');
    await d.computed();
  });

  test('repeats the edge pixel beyond the border', async () => {
    await d.choose('Filter', 'Mean');
    await d.widget('spinbutton', 'Size').fill('5');
    await d.computed();
    await walkTo(d, 0, 0);
    await d.page.getByText(/ \/ 25 = 11\.36\.$/).waitFor({ timeout: 5000 });
    await d.page.getByText(/^Dashed: outside the image/).waitFor({ timeout: 5000 });
    await d.press('-');
    await d.app.screenshot('lens-border');
    await walkTo(d, 5, 14);
  });

  test('an exercise covers the filtered value and its lens', async () => {
    await d.choose('Filter', 'Median');
    await d.widget('spinbutton', 'Size').fill('3');
    await d.computed();
    await openExercise(d, 1);
    assert.match((await d.pixel()).rest, /filtered \? /);
    assert.equal(await d.page.getByText(/^Sorted: /).count(), 0);
    assert.match((await answer(d, '209')).sentence, /pixel itself|Sort first/);
    assert.match((await answer(d, '157,67')).sentence, /mean/);
    assert.equal((await answer(d, '152')).word, 'Right');
    assert.equal(await d.page.getByText(/^Sorted: /).count(), 1);
    await d.app.screenshot('exercise-filter');
    await d.pressOn(d.page.getByRole('button', { name: 'Close the exercise' }));
  });

  test('runs over the image: plays, pauses, steps both ways and is scrubbed', async () => {
    await d.click('button', 'Run it over the image');
    const place = async () => Number(await d.widget('slider', 'Pixel').inputValue());
    await d.press('.');
    await d.press('.');
    assert.equal(await place(), 2);
    assert.deepEqual(await d.pixel().then(({ row, col }) => [row, col]), [0, 2]);
    await d.press(',');
    assert.equal(await place(), 1);
    await d.page.keyboard.press('Space');
    await d.page.waitForFunction(() => Number(document.querySelector('input[type=range][aria-label=Pixel]').value) > 8);
    await d.page.keyboard.press('Space');
    await d.computed();
    const stopped = await place();
    await d.page.waitForTimeout(200);
    assert.equal(await place(), stopped);
    await d.widget('spinbutton', 'Pixel').fill('300');
    await d.computed();
    assert.deepEqual(await d.pixel().then(({ row, col }) => [row, col]), [11, 14]);
    await d.app.screenshot('scan');
    await d.everythingIsMirrored('with the scan');
    await d.click('button', 'Run it over the image');
  });

  test('takes a kernel of one\'s own, beside the recipe', async () => {
    await walkTo(d, 5, 14);
    const before_ = await d.recipe();
    await d.click('button', 'A kernel of your own');
    await d.click('switch', 'Show its result');
    await d.choose('Start from', 'Identity');
    assert.match((await d.pixel()).rest, /^raw 209 /);
    await d.page.getByText('209 becomes 209 under your kernel.').waitFor({ timeout: 5000 });
    await d.widget('spinbutton', 'Weight, row 1, column 1').fill('2');
    await d.computed();
    await d.page.getByText('209 becomes 418 under your kernel.').waitFor({ timeout: 5000 });
    await d.everythingIsMirrored('with a kernel');
    await d.app.screenshot('kernel');
    assert.deepEqual(await d.recipe(), before_);
    await d.click('switch', 'Show its result');
    await d.click('button', 'A kernel of your own');
  });

  test('draws the profile of raw and filtered values', async () => {
    await d.click('button', 'Profile along a line');
    await d.page.getByText(/^From \(row, column\) \(5, 0\) to \(5, 25\)\.$/).waitFor({ timeout: 5000 });
    await d.app.screenshot('profile');
    await d.click('button', 'Profile along a line');
  });

  test('the wall opens on a noisy case, scores each filter, and a click takes one', async () => {
    await d.click('button', 'Compare filters side by side...');
    const dialog = d.page.getByRole('dialog', { name: 'Side by side' });
    await d.page.waitForFunction(() => [...document.querySelectorAll('[role=dialog] [aria-description]')]
      .filter((e) => /nuclei, F1 [01]\.\d\d$/.test(e.getAttribute('aria-description'))).length === 12, null, { timeout: 60_000 });
    await d.computed();
    await d.app.screenshot('wall-filters');
    await d.pressOn(dialog.getByRole('button', { name: 'Median 9 x 9' }));
    assert.equal(await d.page.getByRole('button', { name: 'Image: Twenty photons' }).count(), 1);
    assert.deepEqual([(await d.recipe()).filter.method, (await d.recipe()).filter.size], ['median', 9]);
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('an open exercise', () => {
  test('is left when another picture comes, whose answer would be another', async () => {
    const d = await stage.open();
    await d.goTo('Pixels');
    const card = d.page.getByRole('group', { name: 'Exercise' });
    await openExercise(d, 3);
    assert.equal(await card.count(), 1);
    await d.click('button', 'Take it again');
    assert.equal(await card.count(), 0);
    await openExercise(d, 3);
    await d.openSample('Nuclei 02');
    assert.equal(await card.count(), 0);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

describe('what gives an answer away', () => {
  test('is covered: the footprint while its size is asked for, a value in the profile', async () => {
    const d = await stage.open();
    await d.goTo('Filter');
    await d.pin(0.45, 0.45);
    await d.page.getByText(/9 x 9 values, weighted/).waitFor({ timeout: 5000 });
    await openExercise(d, 4);
    await d.page.getByText('From how many pixels? That is for you to say.').waitFor({ timeout: 5000 });
    assert.equal(await d.page.getByText(/9 x 9/).count(), 0);
    await d.click('button', 'Close the exercise');
    await d.click('button', 'Profile along a line');
    const curve = async () => d.app.picture({ clip: await d.page.getByText(/^Profile of raw and/).first().boundingBox() });
    const whole = await curve();
    await openExercise(d, 1);
    await d.reveal(d.page.getByText(/^Profile of raw and/).first());
    assert.ok(!whole.equals(await curve()), 'the filtered curve has a gap');
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

describe('a pinned result', () => {
  test('stays as an outline, and what has changed since is counted', async () => {
    const d = await stage.open();
    await d.goTo('Threshold');
    await d.pressOn(d.widget('radio', 'Filtered'));
    await d.press('g');
    assert.equal(await d.fact('Pixels added, removed'), '0, 0');
    const outlined = await d.picture();
    await d.choose('Method', 'Triangle');
    const [added, removed] = (await d.fact('Pixels added, removed')).split(', ').map(Number);
    assert.ok(added > 0 && removed === 0, `${added} added, ${removed} removed by a lower cutoff`);
    assert.ok(!outlined.equals(await d.picture()));
    await d.app.screenshot('pinned-result');
    await d.press('g');
    assert.equal(await d.page.getByText(/^Pixels added, removed/).count(), 0);
    await d.close();
  });
});

describe('the pitfalls', () => {
  test('stand where they belong and can be tried', async () => {
    const d = await stage.open();
    await d.goTo('Threshold');
    await d.click('button', 'Watch out');
    await d.click('button', 'On an empty field');
    assert.equal(await d.page.getByRole('button', { name: 'Image: An empty field' }).count(), 1);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});
