// The tour: walked with one key, left and come back to.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';
import { count, sees } from './exercises.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

describe('the tour', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());
  const stop = async () => {
    const [, number, title] = (await d.page.getByText(/^Tour, stop \d+ of 16: /).first().textContent())
      .match(/^Tour, stop (\d+) of 16: (.+)$/);
    return [Number(number), title];
  };

  test('is walked with one key, through all sixteen stops', async () => {
    await d.press('t');
    const titles = [];
    for (let number = 1; number <= 16; ++number) {
      const [at, title] = await stop();
      assert.equal(at, number);
      titles.push(title);
      assert.ok(!await d.hasAlert(), title);
      assert.deepEqual(d.app.problems(), [], title);
      await d.everythingIsMirrored(title);
      assert.equal(await d.page.getByRole('dialog', { name: 'Side by side' }).count(), number === 9 ? 1 : 0, title);
      await d.app.screenshot(`tour-${String(number).padStart(2, '0')}`);
      await d.press('PageDown');
    }
    assert.equal(new Set(titles).size, 16);
    assert.equal((await stop())[0], 16, 'it ends at its last stop');
    await d.press('PageUp');
    assert.equal((await stop())[0], 15);
  });

  test('prepares each stop as its sentence needs it', async () => {
    for (let number = 15; number > 8; --number) {
      await d.press('PageUp');
      if (number === 12) {
        assert.deepEqual((await d.recipe()).refinements, [{ operation: 'closing', footprint: 'disk', radius: 5 }]);
      }
    }
    const { filter } = await d.recipe();
    assert.deepEqual([filter.method, filter.size], ['median', 3]);
    for (let number = 8; number < 15; ++number) await d.press('PageDown');
  });

  test('is left to play, and returns to its stop', async () => {
    await d.click('button', 'Leave');
    assert.equal(await count(d, /^Tour, stop/), 0);
    await d.press('t');
    assert.equal((await stop())[0], 15);
    await d.showsStep('Watershed');
    await d.press('n');
    await sees(d, /^Choose a cause, then 'Go to/);
    await d.app.screenshot('tour-notes');
    await d.press('n');
    assert.equal(await count(d, /^Choose a cause, then 'Go to/), 0);
    await d.goTo('Seeds');
    assert.equal((await stop())[0], 15, 'the tour stays');
    assert.equal(await d.page.getByRole('button', { name: 'Seeds' }).first().getAttribute('aria-current'), 'true');
    await d.click('button', 'As prepared');
    await d.showsStep('Watershed');
  });

  test('skips stops on the path of 45 minutes', async () => {
    await d.click('button', '45 minutes');
    const seen = [(await stop())[0]];
    while (seen[0] > 1) {
      await d.press('PageUp');
      await sees(d, new RegExp(`^Tour, stop (?!${seen[0]} )\\d+ of 16: `));
      seen.unshift((await stop())[0]);
    }
    assert.deepEqual(seen, [1, 2, 3, 5, 6, 8, 9, 10, 12, 13, 14, 15]);
    assert.deepEqual(d.app.problems(), []);
  });
});
