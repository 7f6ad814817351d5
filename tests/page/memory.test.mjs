// What Dear ImGui keeps of a window is freed as soon as the window is not drawn any more, and is not asked for afterwards.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

describe('windows that were closed and are forgotten', () => {
  let d;
  before(async () => { d = await stage.open(); });
  after(() => d?.close());

  for (const [dialog, key] of [
    ['All keys', '?'], ['Commands', '/'], ['Choose an image', 'm'], ['Take home', 'k'], ['The lab', 'b'],
  ]) {
    test(`${dialog}: opened, closed and opened again, with what comes in between`, async () => {
      for (let again = 0; again < 2; ++again) {
        await d.press(key);
        await d.page.getByRole('dialog').waitFor({ state: 'attached', timeout: 5000 });
        await d.everythingIsMirrored(`${dialog} is open`);
        await d.press('Escape');
        assert.equal(await d.page.getByRole('dialog').count(), 0);
        await d.hover(await d.imagePoint(0.4, 0.4));
        await d.everythingIsMirrored(`${dialog} was closed`);
      }
      assert.deepEqual(d.app.problems(), []);
    });
  }

  test('the image picker opens an image after a dialog was closed', async () => {
    await d.press('?');
    await d.press('Escape');
    await d.openSample('The small field');
    assert.equal(await d.nuclei(), 5);
    assert.deepEqual(d.app.problems(), []);
  });

  test('lists, tooltips and both kinds of panels come and go', async () => {
    await d.goTo('Filter');
    await d.click('combobox', 'Filter');
    await d.press('Escape');
    await d.hover(await d.imagePoint(0.4, 0.4));
    await d.press('p');
    await d.press('p');
    await d.goTo('Many images');
    await d.goTo('Pixels');
    await d.everythingIsMirrored('afterwards');
    assert.deepEqual(d.app.problems(), []);
  });
});
