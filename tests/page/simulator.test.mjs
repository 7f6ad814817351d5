// The images that come with Floodlight: chosen by their pictures, turned by knobs, scored against their truth.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Stage, shared } from './driver.mjs';
import { nuclei, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

describe('the picker', () => {
  test('shows a picture, a name and what to look for, opens one by mouse and closes by key', async () => {
    const d = await stage.open();
    await d.press('m');
    const dialog = d.page.getByRole('dialog', { name: 'Images' });
    assert.equal(await dialog.getByRole('button', { name: /^Nuclei \d\d$/ }).count(), 25);
    assert.equal(await dialog.getByRole('button', { name: 'Nuclei 01' }).getAttribute('aria-current'), 'true');
    await d.app.screenshot('picker-fields');
    await d.everythingIsMirrored('with the picker open');
    await d.pressOn(d.widget('radio', 'Cases to learn from'));
    assert.match(await dialog.getByRole('button', { name: 'Crowded' }).getAttribute('aria-description'), /\?$/);
    await d.app.screenshot('picker-cases');
    await d.press('8');
    assert.equal(await d.widget('tab', 'Watershed').getAttribute('aria-selected'), 'true');
    await d.press('Escape');
    assert.equal(await dialog.count(), 0);
    await d.openSample('At the border');
    assert.equal(await d.page.getByRole('button', { name: 'Image: At the border' }).count(), 1);
    await d.goTo('Pixels');
    assert.equal(await d.fact('Shape (rows, columns)'), '160 x 160');
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
});

describe('the knobs', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.goTo('Pixels');
  });
  after(() => d?.close());

  test('stand beside photons and digital values of the same pixel', async () => {
    await d.pressOn(d.widget('radio', 'Side by side'));
    const p = await d.hover(await d.imagePoint(0.2, 0.5));
    assert.match(p.rest, /^photons \d+ .* raw \d+ /);
    const [, photons] = p.rest.match(/^photons (\d+)/);
    await d.page.getByText(`${photons} photons fell on it.`).waitFor({ timeout: 5000 });
    await d.app.screenshot('photons');
    await d.pressOn(d.widget('radio', 'After'));
  });

  test('more light makes larger values, under the mouse and by typing', async () => {
    const middle = async () => Number((await d.fact('Smallest, largest value')).split(', ')[0]);
    const before_ = await middle();
    const box = await d.widget('slider', 'Exposure').boundingBox();
    await d.page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
    await d.page.mouse.down();
    await d.page.mouse.move(box.x + box.width * 0.45, box.y + box.height / 2, { steps: 5 });
    await d.page.mouse.up();
    await d.computed();
    assert.ok(await middle() > 1.2 * before_, `${await middle()} after ${before_}`);
    await d.widget('spinbutton', 'Exposure').fill('0.01');
    await d.computed();
    assert.ok(await middle() < before_, 'almost no light');
    await d.click('button', 'Reset');
    assert.equal(await middle(), before_);
  });

  test('the same picture again has other noise and the same nuclei; a new specimen has others', async () => {
    await d.pin(0.31, 0.47);
    const value = async () => (await d.pixel()).rest.match(/raw ([\d.]+)/)[1];
    const count = async () => (await d.page.getByText(/^\d+ nuclei {4}F1/).first().textContent()).match(/^\d+/)[0];
    const first = [await value(), await d.nuclei()];
    await d.click('button', 'Take it again');
    assert.notEqual(await value(), first[0]);
    assert.ok(Math.abs(await d.nuclei() - first[1]) <= 6, `${await d.nuclei()} nuclei after ${first[1]}`);
    const pictures = await d.page.evaluate(() => globalThis.floodlight.pictures());
    await d.click('button', 'New specimen');
    assert.equal(await d.page.evaluate(() => globalThis.floodlight.pictures()), pictures + 1);
    assert.equal(Number(await count()), await d.nuclei());
    await d.click('button', 'Reset');
    assert.deepEqual([await value(), await d.nuclei()], first);
    await d.press('Escape');
  });

  test('all of them unfold, and what cannot be is refused in a sentence while the picture stays', async () => {
    await d.click('button', 'All knobs');
    await d.everythingIsMirrored('with all knobs');
    const before_ = await d.nuclei();
    await d.widget('spinbutton', 'Numerical aperture').fill('1.4');
    await d.computed();
    await d.click('switch', 'Use blur growth');
    assert.match(await d.alert(), /numerical_aperture is 1\.4; it must be below the medium's index, 1/);
    assert.equal(await d.nuclei(), before_);
    await d.click('button', 'Reset');
    assert.equal(await d.page.getByRole('alert').count(), 0);
    assert.equal(await d.nuclei(), before_);
    await d.click('button', 'All knobs');
  });
});

describe('the score', () => {
  test('stands beside the count of a sample, and colours and hatches each nucleus by its fate', async () => {
    const d = await stage.open();
    const f1 = await d.page.getByText(/^\d+ nuclei {4}F1 [01]\.\d\d/).first().textContent();
    const plain = await d.picture();
    await d.click('switch', 'Colour nuclei by fate');
    assert.ok(!plain.equals(await d.picture()));
    const count = async (name) => Number((await d.page.getByText(new RegExp(`^${name} \\d+$`)).textContent()).split(' ')[1]);
    const [matched, extra] = [await count('Matched'), await count('Extra')];
    assert.equal(matched + extra, await d.nuclei());
    const missed = await count('Missed');
    assert.match(f1, new RegExp(`F1 ${(2 * matched / (2 * matched + extra + missed)).toFixed(2).replace('.', '\\.')}`));
    await d.app.screenshot('fates');
    await d.click('button', 'Score against the truth');
    assert.equal(await d.fact('Missed, extra'), `${missed}, ${extra}`);
    await d.everythingIsMirrored('with the score');
    await d.close();
  });

  test('of an own image comes with its true labels, whose size must be the image\'s', async () => {
    const d = await stage.open();
    const made = nuclei();
    await d.open('own.tif', writeTiff(made));
    assert.equal(await d.page.getByText(/nuclei {4}F1/).count(), 0);
    await d.goTo('Watershed');
    await d.click('button', 'Score against the truth');
    const labels = (await d.savedLabels()).bytes;
    const choose = async (name, buffer) => {
      await d.reveal(d.widget('button', 'Open true labels...'));
      await d.app.choose({ name, mimeType: 'image/tiff', buffer },
        () => d.widget('button', 'Open true labels...').click({ force: true }));
      await d.computed();
    };
    await choose('other.tif', writeTiff(nuclei(50, 60)));
    assert.equal(await d.alert(),
      'other.tif has 50 x 60 pixels, the image 120 x 160; choose the true labels of this image.');
    await choose('own_labeled.tif', labels);
    assert.equal(await d.page.getByRole('alert').count(), 0);
    assert.equal(await d.page.getByText(/nuclei {4}F1 1\.00/).count(), 1);
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });

  const truth = shared('nuclei', 'ground_truth', 'nuclei_01.tif');
  test('of a real image with its annotation', { skip: truth ? false : 'the reference folder ../shared is not there' }, async () => {
    const d = await stage.open();
    await d.open('nuclei_01.tif', fs.readFileSync(shared('nuclei', 'nuclei_01.tif')));
    await d.goTo('Watershed');
    await d.click('button', 'Score against the truth');
    await d.app.choose(truth, () => d.click('button', 'Open true labels...'));
    await d.computed();
    await d.page.getByText(/nuclei {4}F1 0\.\d\d/).first().waitFor({ state: 'attached', timeout: 5000 });
    await d.click('switch', 'Colour nuclei by fate');
    await d.app.screenshot('fates-real');
    await d.close();
  });
});
