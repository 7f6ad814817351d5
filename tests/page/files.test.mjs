// Files that cannot be read, and the kinds that can: a sentence for the first, the same nuclei from the second.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { nuclei, writeHeaderOnly, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const made = nuclei();

describe('a file that cannot be read', () => {
  let d;
  before(async () => {
    d = await stage.open();
    await d.open('good.tif', writeTiff(made));
  });
  after(() => d?.close());

  const good = writeTiff(made);
  const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  const cases = {
    'a JPEG': ['holiday.jpg', JPEG, /^holiday\.jpg is a JPEG/],
    'a JPEG that is called TIFF': ['holiday.tif', JPEG, /^holiday\.tif is a JPEG/],
    'a text': ['notes.tif', Buffer.from('Nuclei were imaged on Monday.\n'), /^notes\.tif is a text file/],
    'a truncated TIFF': ['cut.tif', good.subarray(0, Math.floor(good.length / 2)), /^cut\.tif .*cut off after \d+ of 120 rows/],
    'an absurdly large TIFF': ['cells.tif', writeHeaderOnly(65000, 65000), /^cells\.tif says it is 65000 x 65000 pixels, .*4096 x 4096/],
    'an empty file': ['empty.tif', Buffer.alloc(0), /^empty\.tif is empty/],
  };
  for (const [kind, [name, bytes, sentence]] of Object.entries(cases)) {
    test(`(${kind}) gives a sentence, and everything else stays`, async () => {
      const before_ = { recipe: await d.recipe(), nuclei: await d.nuclei(), picture: await d.picture() };
      await d.app.drop(name, bytes);
      assert.match(await d.alert(), sentence);
      assert.deepEqual([await d.recipe(), await d.nuclei()], [before_.recipe, before_.nuclei]);
      await d.everythingIsMirrored('with a message');
      await d.click('button', 'Dismiss');
      assert.ok(!await d.hasAlert());
      assert.ok(before_.picture.equals(await d.picture()), 'the picture is another one');
      assert.match(await d.page.title(), /^good\.tif/);
    });
  }

  test('does not keep a good one from opening afterwards', async () => {
    await d.app.drop('holiday.jpg', JPEG);
    await d.alert();
    await d.open('better.tif', writeTiff(nuclei(140, 140)));
    assert.ok(!await d.hasAlert());
    assert.ok(await d.nuclei() > 3);
    assert.deepEqual(d.app.problems(), []);
  });
});

describe('a TIFF of a special kind', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  test('gives the same nuclei as uint8, uint16, uint32 and float32, plain, LZW and Deflate', async () => {
    const counts = {};
    for (const type of ['uint8', 'uint16', 'uint32', 'float32']) {
      for (const compression of ['none', 'lzw', 'deflate']) {
        await d.open(`${type}-${compression}.tif`, writeTiff({ ...made, type, compression }));
        assert.ok(!await d.hasAlert());
        counts[`${type} ${compression}`] = await d.nuclei();
      }
      await d.goTo('Pixels');
      assert.equal(await d.fact('Type'), type);
    }
    assert.equal(new Set(Object.values(counts)).size, 1, JSON.stringify(counts));
    assert.ok(Object.values(counts)[0] > 5);
  });

  test('with NaN says so, and goes on when they are treated as 0', async () => {
    const data = Float32Array.from(made.data);
    data[5] = NaN;
    data[77] = Infinity;
    await d.app.drop('gaps.tif', writeTiff({ ...made, data, type: 'float32' }));
    assert.match(await d.alert(), /NaN/);
    await d.everythingIsMirrored('with the NaN sentence');
    await d.click('button', 'Treat them as 0');
    assert.equal((await d.recipe()).input.nonfinite_as_zero, true);
    assert.ok(!await d.hasAlert());
    assert.ok(await d.nuclei() > 5);
    await d.goTo('Pixels');
    assert.equal(await d.fact('NaN or infinite'), '2 px');
  });

  test('with several pages lets one be picked', async () => {
    const empty = new Float32Array(made.data.length).fill(7);
    for (let i = 0; i < 2000; ++i) empty[160 * 60 + i] = 200;
    await d.open('pages.tif', writeTiff(made, { ...made, data: empty }));
    const first = await d.nuclei();
    await d.goTo('Pixels');
    await d.choose('Page', '1');
    assert.equal((await d.recipe()).input.page, 1);
    assert.notEqual(await d.nuclei(), first);
    assert.equal(await d.fact('Smallest, largest value'), '7, 200');
    await d.choose('Page', '0');
    assert.equal(await d.nuclei(), first);
  });

  test('with colours lets a channel be picked; the luminance comes first', async () => {
    const data = new Uint8Array(made.data.length * 3);
    made.data.forEach((value, index) => data.set([value, 10, 50], index * 3));
    await d.open('colour.tif', writeTiff({ ...made, data, type: 'uint8', channels: 3 }));
    assert.equal((await d.recipe()).input.channel, 'automatic');
    await d.goTo('Pixels');
    await d.choose('Channel', 'Channel 1');
    assert.equal((await d.recipe()).input.channel, '1');
    assert.equal(await d.fact('Smallest, largest value'), '20, 220');
    await d.choose('Channel', 'Channel 3');
    assert.equal(await d.fact('Smallest, largest value'), '50, 50');
  });

  test('with saturated pixels has them counted and marked', async () => {
    const data = Float32Array.from(made.data, (value) => (value > 200 ? 255 : value));
    const saturated = data.filter((value) => value === 255).length;
    await d.open('bright.tif', writeTiff({ ...made, data, type: 'uint8' }));
    await d.goTo('Pixels');
    assert.equal(await d.fact('Saturated (255)'), `${saturated} px`);
    const plain = await d.picture();
    await d.click('switch', 'Mark saturated pixels');
    assert.ok(!plain.equals(await d.picture()));
  });
});
