// What the page looks like at several sizes: what must be visible is, nothing overlaps, and pictures for people to judge.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { STEPS, Stage } from './driver.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const CONTROLS = '#mirror :is(button, input, select, [role=separator])';

/** Rectangles of all controls that are not in the scrolling panel. */
function controls(d, selector = CONTROLS) {
  return d.page.evaluate((css) => [...document.querySelectorAll(css)].map((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { name: element.getAttribute('aria-label'), left, top, right, bottom };
  }), selector);
}

/** Every control of the frame round the panel lies in the window, and none on another. */
async function assertTidy(d) {
  const { width, height } = d.page.viewportSize();
  const panel = await d.widget('region', 'Step').boundingBox();
  const inPanel = (c) => c.left >= panel.x && c.right <= panel.x + panel.width + 1 && c.top >= panel.y - 1;
  const all = await controls(d);
  const fixed = all.filter((c) => !inPanel(c));
  for (const c of all) {
    assert.ok(c.left >= 0 && c.right <= width, `${c.name} reaches from ${c.left} to ${c.right} of ${width}`);
  }
  for (const c of fixed) {
    assert.ok(c.top >= 0 && c.bottom <= height, `${c.name} reaches from ${c.top} to ${c.bottom} of ${height}`);
  }
  for (const [i, a] of fixed.entries()) {
    for (const b of fixed.slice(i + 1)) {
      const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
      assert.ok(apart, `${a.name} lies on ${b.name}`);
    }
  }
}

describe('the look', () => {
  test('every step in the dark and in the light, for a person to judge', async () => {
    const d = await stage.open();
    const pixels = {};
    for (const theme of ['dark', 'light']) {
      for (const [index, step] of STEPS.entries()) {
        await d.goTo(step);
        await d.hover(await d.imagePoint(0.44, 0.42));
        await d.app.screenshot(`${theme}-${index + 1}-${step.toLowerCase()}`);
      }
      pixels[theme] = await d.app.picture({ clip: await d.widget('region', 'Status').boundingBox() });
      if (theme === 'dark') await d.click('button', 'Light');
    }
    assert.ok(!pixels.dark.equals(pixels.light));
    await d.page.reload();
    await d.app.ready();
    await d.computed();
    assert.equal(await d.widget('button', 'Dark').count(), 1, 'the theme is kept for the next visit');
    await d.press('l');
    assert.equal(await d.widget('button', 'Light').count(), 1);
    for (const name of ['Split', 'Side by side']) {
      await d.click('radio', name);
      await d.hover(await d.imagePoint(0.3, 0.42));
      await d.app.screenshot(`dark-${name.toLowerCase().replaceAll(' ', '-')}`);
    }
    await d.close();
  });

  for (const [name, width, height, ratio] of [
    ['1280x800', 1280, 800, 1], ['1920x1080', 1920, 1080, 1], ['700x800', 700, 800, 1], ['hidpi', 1280, 800, 2],
  ]) {
    test(`at ${name} everything is in the window and apart`, async () => {
      const d = await stage.open({ viewport: { width, height }, deviceScaleFactor: ratio });
      await d.goTo('Threshold');
      await d.app.screenshot(`window-${name}`);
      for (const step of ratio === 1 ? ['Pixels', 'Refine', 'Measure'] : ['Threshold']) {
        await d.goTo(step);
        await assertTidy(d);
      }
      await d.close();
    });
  }

  test('the image takes at least half of the window', async () => {
    const d = await stage.open();
    const { width, height } = await d.widget('region', 'Image view').boundingBox();
    assert.ok(width * height >= 0.5 * 1280 * 800, `${width} x ${height}`);
    await d.close();
  });

  test('the window can be resized between the two layouts', async () => {
    const d = await stage.open();
    for (const [width, height] of [[700, 800], [1920, 1080], [1280, 800]]) {
      await d.page.setViewportSize({ width, height });
      await d.page.waitForFunction((w) => document.getElementById('canvas').width === w, width);
      await d.computed();
      const status = await d.widget('region', 'Status').boundingBox();
      assert.deepEqual([status.width, status.y + status.height], [width, height]);
      const [image, panel] = [await d.widget('region', 'Image view').boundingBox(), await d.widget('region', 'Step').boundingBox()];
      if (width < 800) assert.ok(panel.y >= image.y + image.height, 'the panel is under the image');
      else assert.ok(panel.x >= image.x + image.width, 'the panel is beside the image');
      await assertTidy(d);
    }
    await d.close();
  });

  test('the presentation folds the panel away with one key, and back', async () => {
    const d = await stage.open();
    await d.press('p');
    assert.equal(await d.widget('region', 'Step').count(), 0);
    const { width, height } = await d.widget('region', 'Image view').boundingBox();
    await d.hover(await d.imagePoint(0.44, 0.42));
    await d.app.screenshot('present-8-watershed');
    await d.everythingIsMirrored('in the presentation');
    const tabs = await controls(d, '#mirror [role=tab]');
    assert.ok(tabs.every((tab) => tab.right <= 1280), 'all steps can be reached');
    await d.press('PageUp');
    await d.app.screenshot('present-7-seeds');
    await d.press('p');
    await d.widget('region', 'Step').waitFor({ state: 'attached', timeout: 5000 });
    await d.showsStep('Seeds');
    await d.click('button', 'Present');
    assert.equal(await d.widget('region', 'Step').count(), 0);
    assert.ok(width * height >= 0.8 * 1280 * 800, `the image is only ${width} x ${height}`);
    await d.close();
  });

  test('a command is found by its name, and Escape leaves the search', async () => {
    const d = await stage.open();
    const field = d.page.getByRole('textbox', { name: 'Find anything', exact: true });
    await d.press('/');
    await field.waitFor({ timeout: 5000 });
    await field.fill('filt');
    await d.press('Escape');
    assert.equal(await field.count(), 0);
    assert.equal(await d.widget('tab', 'Watershed').getAttribute('aria-selected'), 'true');
    await d.click('button', 'Search');
    await field.waitFor({ timeout: 5000 });
    await d.page.keyboard.type('filt');
    await d.everythingIsMirrored('with the search open');
    await d.page.getByRole('button', { name: 'Filter', exact: true }).first().waitFor({ timeout: 5000 });
    await d.press('Enter');
    await d.showsStep('Filter');
    assert.equal(await field.count(), 0);
    await d.close();
  });

  test('the help lists every key, and closes', async () => {
    const d = await stage.open();
    const heading = d.page.getByRole('heading', { name: 'All keys', exact: true });
    await d.press('?');
    await heading.waitFor({ timeout: 5000 });
    for (const line of ['Next step or stop: PageDown', 'Fit the image: F', 'Presentation: P', 'Save the labels: S', 'Help, and all keys: ?']) {
      assert.equal(await d.page.getByText(line, { exact: true }).count(), 1, line);
    }
    await d.app.screenshot('help');
    const help = await d.page.evaluate(() => [...document.querySelectorAll('#mirror p')]
      .filter((p) => /: ./.test(p.textContent) && p.closest('[role=dialog], #mirror'))
      .filter((p) => /^(Next step|Previous step|Help, and all keys|Fit the image)/.test(p.textContent))
      .map((p) => p.getBoundingClientRect().width));
    assert.ok(help.every((width) => width > 150), `the lines of the help are only ${Math.min(...help)} wide`);
    await d.press('Escape');
    assert.equal(await heading.count(), 0);
    await d.click('button', '?');
    await heading.waitFor({ timeout: 5000 });
    await d.click('button', 'Close');
    assert.equal(await heading.count(), 0);
    await d.close();
  });

  test('beneath an open dialog nothing can be reached, and afterwards everything again', async () => {
    const d = await stage.open();
    const isReachable = () => d.page.evaluate(() => !document.querySelector('[aria-label="Save labels"]').closest('[inert]'));
    for (const key of ['?', '/']) {
      assert.equal(await isReachable(), true);
      await d.press(key);
      await d.page.locator('[role=dialog][aria-modal=true]').waitFor({ state: 'attached', timeout: 5000 });
      assert.equal(await isReachable(), false, `with ${key} open`);
      for (let i = 0; i < 12; ++i) {
        await d.page.keyboard.press('Tab');
        const focus = await d.page.evaluate(() => document.activeElement.closest('[role=dialog]')
          ? 'dialog' : document.activeElement.tagName);
        assert.equal(focus, 'dialog', `Tab left the dialog of ${key}`);
      }
      await d.press('Escape');
      assert.equal(await d.page.locator('[role=dialog]').count(), 0);
    }
    assert.equal(await isReachable(), true);
    await d.close();
  });

  test('the picture says what its colours stand for', async () => {
    const d = await stage.open();
    for (const [key, words] of [['2', /^Dark is False, bright is True$/], ['6', /^Colours from 0 to [\d.]+ px$/]]) {
      await d.press(key);
      await d.page.getByText(words).first().waitFor({ state: 'attached', timeout: 5000 });
    }
    await d.close();
  });

  test('an error, for a person to judge', async () => {
    const d = await stage.open();
    await d.app.drop('holiday.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
    await d.alert();
    await d.app.screenshot('message');
    await d.close();
  });

  test('the picture returns when the GPU was lost', async () => {
    const d = await stage.open();
    await d.goTo('Distance');
    const before_ = await d.picture();
    await d.page.evaluate(() => {
      const gl = document.getElementById('canvas').getContext('webgl2');
      const extension = gl.getExtension('WEBGL_lose_context');
      document.getElementById('canvas').addEventListener('webglcontextlost', () => setTimeout(() => extension.restoreContext()));
      extension.loseContext();
    });
    await d.page.waitForFunction(() => !document.getElementById('canvas').getContext('webgl2').isContextLost());
    await d.computed();
    assert.ok(before_.equals(await d.picture()), 'the picture is another one');
    await d.goTo('Filter');
    await d.close();
  });
});
