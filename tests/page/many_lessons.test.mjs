// The lessons of step 10: the loop's traps, how images differ, how many are enough, one threshold for all, and exercises.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MANY, Stage } from './driver.mjs';
import { answer, closeExercise, count, openExercise, said, sees } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const choice = (d, words) => d.page.getByRole('group', { name: 'Exercise' }).getByRole('button', { name: words });

describe('without a set', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.press('0');
    await d.showsStep(MANY);
    await d.click('button', 'The loop, and its traps');
  });
  after(() => d?.close());

  test('the loop gives each image its own file, and its Python says how', async () => {
    await sees(d, '25 images, 25 files: each has its own.');
    await sees(d, /for image_path in input_dir\.glob\("\*\.tif"\):/);
    await d.everythingIsMirrored('with the loop');
  });

  test('one fixed name leaves one file', async () => {
    await d.choose('Results are named', 'labeled.tif (one name for all)');
    await sees(d, '25 images, 1 file: each of the same name overwrites the last, without a word.');
    await sees(d, /output_filepath = output_dir \/ "labeled\.tif"/);
    await d.choose('Results are named', '{stem}_labeled.tif');
  });

  test('in its input folder the second run reads its own labels', async () => {
    await d.pressOn(d.widget('radio', 'The same'));
    await d.pressOn(d.widget('radio', 'Run twice'));
    await sees(d, /^Of 50 inputs, 25 are label images of an earlier run/);
    await sees(d, 'nuclei_01_labeled.tif (labels!) -> nuclei_01_labeled_labeled.tif');
    await d.app.screenshot('loop-same-folder');
    await d.pressOn(d.widget('radio', 'Another folder'));
    await sees(d, /this loop can be repeated\.$/);
    await d.pressOn(d.widget('radio', 'Run once'));
  });

  test('iterdir stops at a text; glob goes on, and misses other endings', async () => {
    await d.click('switch', 'Other files in the folder');
    await sees(d, /2 images not listed: overview\.TIF and scan\.tiff\.$/);
    await d.click('switch', 'Upper and lower case differ');
    await sees(d, /1 image not listed: scan\.tiff\.$/);
    await d.pressOn(d.widget('radio', 'iterdir()'));
    await sees(d, /^Stopped at notes\.txt after 0 images: it is no image\./);
    await d.pressOn(d.widget('radio', 'glob("*.tif")'));
    await d.click('switch', 'Other files in the folder');
  });

  test('uint8 has no room for 300 names', async () => {
    await d.click('switch', 'Labels as uint8');
    await sees(d, /^300 nuclei in nuclei_25\.tif: 8 bits end at 255, so nucleus 256 becomes 0, background/);
    await d.click('switch', 'Labels as uint8');
  });

  test('the whole program is there to be taken', async () => {
    await d.click('button', 'The whole program');
    await sees(d, /from pathlib import Path/);
    await d.click('button', 'The whole program');
  });

  test('exercises about names and folders know the usual mistakes', async () => {
    await openExercise(d, 1);
    assert.match((await answer(d, '25')).sentence, /each overwrites the last/);
    assert.equal((await answer(d, '1')).word, 'Right');
    await d.click('button', 'Next');
    assert.match((await answer(d, '25')).sentence, /matches \*\.tif/);
    assert.equal((await answer(d, '50')).word, 'Right');
    await d.click('button', 'Next');
    await d.pressOn(choice(d, /^It is skipped/));
    assert.match((await said(d)).sentence, /^iterdir lists everything/);
    await d.pressOn(choice(d, /^The loop stops/));
    assert.equal((await said(d)).word, 'Right');
    await closeExercise(d);
    await sees(d, 'Predict (3 of 5 solved)');
  });

  test('without a set, how many are enough is worked out by hand', async () => {
    await openExercise(d, 5);
    const question = await d.page.getByText(/^Six fields have these mean areas/).first().textContent();
    const areas = question.match(/: ([\d, ]+)\./)[1].split(', ').map(Number);
    assert.equal(areas.length, 6);
    const running = areas.map((_, n) => areas.slice(0, n + 1).reduce((a, b) => a + b, 0) / (n + 1));
    const last = running[5];
    let needed = 6;
    while (needed > 1 && Math.abs(running[needed - 2] - last) <= 0.05 * last) --needed;
    assert.match((await answer(d, '1')).sentence, /fields vary/);
    assert.equal((await answer(d, String(needed))).word, 'Right');
    await closeExercise(d);
  });

  test('a pitfall brings its lesson', async () => {
    await d.click('button', 'Watch out');
    await d.click('button', 'Run it twice in one folder');
    await sees(d, /^Of 50 inputs/);
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('with the 25 fields', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.press('0');
    await d.click('button', 'Take the 25 fields');
    await finished();
  });
  after(() => d?.close());

  const finished = async () => {
    await d.page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached', timeout: 120_000 });
    await d.computed();
  };
  const read = (name) => d.widget('slider', name).getAttribute('aria-valuetext');
  const readAt = async (name, place) => {
    await d.widget('slider', name).fill(String(place));
    await d.computed();
    return read(name);
  };
  const cell = async (field, column) => {
    const row = d.page.getByRole('button', { name: new RegExp(`^${field}, `) });
    return ((await row.getAttribute('aria-label')) ?? await row.textContent()).match(new RegExp(`, ${column} ([\\d.]+)`))[1];
  };

  test('counts, thresholds and distributions are those of the list', async () => {
    assert.equal(await readAt('Nuclei per image', 7), `Nuclei 07: ${await cell('Nuclei 07', 'Nuclei')}`);
    // The field is at hand in all plots.
    assert.match(await read('Threshold per image (intensity)'), /^Nuclei 07: \d+/);
    const usual = Number((await readAt('Threshold per image (intensity)', 1)).match(/: ([\d.]+)/)[1]);
    const debris = Number((await readAt('Threshold per image (intensity)', 7)).match(/: ([\d.]+)/)[1]);
    assert.ok(debris > 2 * usual, `bright debris pulls Otsu up: ${debris} against ${usual}`);
    assert.ok(Number(await d.fact('Nuclei of all images')) > 1000);
    assert.match(await d.fact('Median'), /µm²$/);
    await d.pressOn(d.widget('radio', 'Mean intensity'));
    assert.match(await d.fact('Median'), /intensity$/);
    await d.everythingIsMirrored('with distributions');
    await d.app.screenshot('many-distributions');
  });

  test('the running mean ends at the mean of all, in any order', async () => {
    await d.click('button', 'How the images differ');
    await d.click('button', 'How many images are enough?');
    assert.match(await read('Running mean of nuclei per image'), /^after 1 image: /);
    await d.pressOn(d.widget('radio', 'Area'));
    const name = 'Running mean of the area (px)';
    const last = (await readAt(name, 25)).replace('after 25 images: ', '');
    const first = await readAt(name, 1);
    await sees(d, /^In this order the mean stays within 5 % of the last one after \d+ images?\. Of 200 orders/);
    await sees(d, /% of the variance lies between images/);
    await d.click('button', 'Another order');
    assert.equal((await readAt(name, 25)).replace('after 25 images: ', ''), last);
    assert.notEqual(await readAt(name, 1), first);
    await d.app.screenshot('many-enough');
  });

  test('an exercise asks for what the plot shows, and covers it', async () => {
    const needed = async () => (await d.page.getByText(/^In this order the mean stays/).first().textContent())
      .match(/after (\d+) image/)[1];
    for (let n = 0; n < 20 && await needed() === '1'; ++n) await d.click('button', 'Another order');
    const right = await needed();
    await openExercise(d, 5);
    await sees(d, /^Read it from the running mean of the area/);
    assert.equal(await count(d, /^In this order the mean stays/), 0);
    assert.equal((await answer(d, right)).word, 'Right');
    await closeExercise(d);
    assert.equal(await needed(), right);
  });

  test('one threshold for all stands beside one per image', async () => {
    await d.click('button', 'How many images are enough?');
    await d.click('button', 'One threshold for all?');
    await d.click('button', 'Run with one threshold');
    await finished();
    const [own, fixed] = (await d.fact('Mean F1')).split(' | ').map(Number);
    assert.ok(own > 0.5 && own < 1 && fixed > 0.5 && fixed < 1, `${own} ${fixed}`);
    await sees(d, /Reproducible is not the same as right: look\.$/);
    assert.match(await readAt('F1', 7), /^Nuclei 07: [\d.]+, one for all [\d.]+$/);
    await d.app.screenshot('many-threshold');
    await openExercise(d, 4);
    await d.pressOn(choice(d, /^Neither by itself/));
    assert.equal((await said(d)).word, 'Right');
    await d.click('button', 'Show how');
    await sees(d, new RegExp(`the mean F1 is ${own.toFixed(3)} per image and ${fixed.toFixed(3)} with one`));
    await closeExercise(d);
    await d.pressOn(d.page.getByRole('button', { name: /^Look at Nuclei \d\d$/ }));
    await d.showsStep('Watershed');
    assert.deepEqual(d.app.problems(), []);
  });

  test('the loop has the names of the set', async () => {
    await d.press('0');
    await d.click('button', 'The loop, and its traps');
    await sees(d, 'nuclei_01.tif -> nuclei_01_labeled.tif');
  });
});
