// The watershed's before and after: components against labels, counted in words, in captions and at each pixel.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { middles, sees, smallField } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const SENTENCE = /^(\d+) components?, (\d+) labels?: (?:(\d+) components? (?:was|were) cut in (\d+)|no component was cut|each component)/;

/** What the sentence counts. */
async function counts(d) {
  const text = await d.page.getByText(SENTENCE).first().textContent();
  const [, components, labels, cut = 0, pieces = 0] = text.match(SENTENCE).map(Number);
  const unlabelled = Number(text.match(/(\d+) components? holds? no label/)?.[1] ?? 0);
  return { components, labels, cut, pieces, unlabelled };
}

describe('before and after the watershed', () => {
  let d;
  before(async () => { d = await smallField(stage, 'Watershed'); });
  after(() => d?.close());

  test('components and labels are counted, and the counts agree', async () => {
    await d.click('button', 'Before and after');
    const found = await counts(d);
    assert.equal(found.labels, await d.nuclei());
    assert.ok(found.cut > 0, 'two nuclei of the small field touch');
    assert.equal(found.components - found.cut - found.unlabelled + found.pieces, found.labels);
    await sees(d, `Several labels ${found.cut}`);
    await sees(d, `One label ${found.components - found.cut - found.unlabelled}`);
    await d.app.screenshot('before-and-after');
  });

  test('side by side, either picture says how many it holds', async () => {
    const found = await counts(d);
    await d.click('button', 'Side by side');
    await sees(d, `${found.components} components`);
    await sees(d, `${found.labels} labels from ${found.components} components`);
    await d.click('button', 'Before and after');
    await sees(d, `${found.labels} labels`);
    await d.app.screenshot('components-and-labels');
    await d.click('button', 'Before and after');
    await d.click('radio', 'After');
  });

  test('each pixel says what became of its component', async () => {
    const middleOf = await middles(d);
    await d.hover(middleOf(10, 4));
    const cutOrWhole = /^Component \d+ (was cut in \d+: this pixel is label \d+|is one nucleus, label \d+|holds no seed)/;
    await sees(d, /^(Component \d+|Background)/);
    await d.click('button', 'Next difference');
    await sees(d, cutOrWhole);
    assert.notEqual(await d.pixel(), null);
    assert.deepEqual(d.app.problems(), []);
  });

  test('it steps aside for the flood, and comes back', async () => {
    await d.click('button', 'Watch the flood');
    assert.equal(await d.page.getByText(SENTENCE).count(), 0);
    await d.click('button', 'Before and after');
    assert.ok(await d.page.getByText(SENTENCE).count() > 0);
    assert.equal(await d.page.getByRole('slider', { name: 'Pixels flooded' }).count(), 0);
    await d.everythingIsMirrored('before and after');
  });
});
