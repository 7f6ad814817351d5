// The flood in 3D: from straight above it is the flat picture; it turns with mouse and keys, and time runs both ways.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './driver.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

/** The colours of the picture at places, which are fractions of the image view: decoded by the browser itself. */
async function colours(d, places) {
  const png = (await d.picture()).toString('base64');
  return d.page.evaluate(async ([data, all]) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    return all.map(([x, y]) => [...context.getImageData(
      Math.round(x * picture.width), Math.round(y * picture.height), 1, 1).data].slice(0, 3));
  }, [png, places]);
}

/** The middle of a seed's dot on the screen that is none of those already found, or null. */
async function seedOnScreen(d, found) {
  const box = await d.widget('application', 'Image').boundingBox();
  const png = (await d.picture()).toString('base64');
  return d.page.evaluate(async ([data, known, { x: left, y: top, width }]) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, picture.width, picture.height);
    const scale = width / picture.width;
    const pink = ([r, g, b]) => Math.abs(r - 0xFF) < 8 && Math.abs(g - 0x6F) < 8 && Math.abs(b - 0xB5) < 8;
    const inside = (x, y) => pink(pixels.subarray(4 * (y * picture.width + x), 4 * (y * picture.width + x) + 3));
    // The legend has such a dot as well.
    const legends = [...document.querySelectorAll('#mirror p')].filter((p) => p.textContent === 'Seed')
      .map((p) => p.getBoundingClientRect());
    const inLegend = ([x, y]) => legends.some((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom);
    for (let y = 6; y < picture.height - 6; ++y) {
      for (let x = 6; x < picture.width - 6; ++x) {
        // The whole middle of a dot has its colour; a frame's line has not.
        const whole = [[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3], [2, 2], [-2, -2], [2, -2], [-2, 2]]
          .every(([dx, dy]) => inside(x + dx, y + dy));
        if (!whole) continue;
        const at = [left + x * scale, top + (y + 2) * scale];
        if (!inLegend(at) && known.every(([kx, ky]) => Math.hypot(kx - at[0], ky - at[1]) > 14)) return at;
      }
    }
    return null;
  }, [png, found, box]);
}

const GRID = [0.22, 0.3, 0.38, 0.46, 0.54, 0.62, 0.7, 0.78, 0.86];
const PLACES = GRID.flatMap((y) => GRID.map((x) => [x, y]));
/** A few points of the screen to each side, as a share of the image view. */
const ASIDE = [[0, 0], [0.003, 0], [-0.003, 0], [0, 0.005], [0, -0.005]];
const AROUND = PLACES.flatMap(([x, y]) => ASIDE.map(([dx, dy]) => [x + dx, y + dy]));

const apart = (a, b) => Math.max(...a.map((value, k) => Math.abs(value - b[k])));

async function move(d, time) {
  await d.widget('slider', 'Pixels flooded').fill(String(time));
  await d.computed();
}

describe('the landscape', () => {
  let d;
  let last;
  before(async () => {
    d = await stage.open({ reducedMotion: 'reduce' });
    await d.openSample('The small field');
    await d.goTo('Watershed');
    await d.click('button', 'Watch the flood');
    last = Number(await d.widget('slider', 'Pixels flooded').evaluate((s) => s.max || s.getAttribute('aria-valuemax')));
    assert.ok(last > 100, `${last} pixels are flooded`);
    await move(d, Math.floor(last / 2));
  });
  after(() => d?.close());

  test('from above it shows the colours of the flat picture at the same moment', async () => {
    const flat = await colours(d, PLACES);
    assert.ok(new Set(flat.map(String)).size >= 6, 'the flat picture has many colours');
    await d.click('switch', 'In 3D');
    const tilted = await colours(d, PLACES);
    assert.notDeepEqual(tilted, flat);
    await d.app.screenshot('landscape');
    for (const share of [0.5, 0.8]) {
      if (share !== 0.5) await move(d, Math.floor(last * share));
      await d.press('v');
      const above = await colours(d, PLACES);
      await d.press('d');
      const around = await colours(d, AROUND);
      let compared = 0;
      for (const [i, place] of PLACES.entries()) {
        const [same, ...aside] = around.slice(ASIDE.length * i, ASIDE.length * (i + 1));
        // On the very border of two cells the one may be drawn, or the other, or both.
        if (aside.some((other) => apart(same, other) > 0)) continue;
        assert.ok(apart(above[i], same) <= 3, `at ${place} from above ${above[i]}, flat ${same}`);
        compared += 1;
      }
      assert.ok(compared >= 30, `${compared} places are no borders`);
      await d.press('d');
    }
  });

  test('mouse, wheel and keys turn it, and from above it lies as before', async () => {
    await d.press('v');
    const above = await d.picture();
    await d.drag('application', 'Image', [0.5, 0.6], [0.6, 0.4]);
    const dragged = await d.picture();
    assert.ok(!dragged.equals(above), 'dragging changes nothing');
    await d.press('ArrowLeft');
    const turned = await d.picture();
    assert.ok(!turned.equals(dragged), 'an arrow key changes nothing');
    await d.page.mouse.move(...await d.imagePoint(0.5, 0.5));
    await d.page.mouse.wheel(0, -120);
    await d.computed();
    assert.ok(!(await d.picture()).equals(turned), 'the wheel changes nothing');
    await d.press('f');
    assert.ok((await d.picture()).equals(turned), 'fitted it is as large as before');
    await d.press('v');
    assert.ok((await d.picture()).equals(above), 'from above it is another picture');
    await d.press('v');
  });

  test('time runs forwards and backwards', async () => {
    await move(d, 60);
    const earlier = await d.picture();
    for (let i = 0; i < 3; ++i) await d.press('.');
    assert.ok(!(await d.picture()).equals(earlier), 'three pixels later it is the same picture');
    for (let i = 0; i < 3; ++i) await d.press(',');
    assert.ok((await d.picture()).equals(earlier), 'three pixels back it is another picture');
  });

  test('it returns when the GPU was lost', async () => {
    const before_ = await d.picture();
    await d.page.evaluate(() => {
      const canvas = document.getElementById('canvas');
      const extension = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      canvas.addEventListener('webglcontextlost', () => setTimeout(() => extension.restoreContext()));
      extension.loseContext();
    });
    await d.page.waitForFunction(() => !document.getElementById('canvas').getContext('webgl2').isContextLost());
    await d.computed();
    assert.ok(before_.equals(await d.picture()), 'the picture is another one');
  });

  test('a pixel is read, pinned and asked where a drop goes, where it is seen', async () => {
    await d.click('switch', 'Seeds by hand');
    const seeds = (await d.recipe()).seeds.coordinates;
    await d.click('switch', 'Seeds by hand');
    await move(d, Math.floor(last * 0.65));
    const dots = [];
    for (let at = await seedOnScreen(d, dots); at; at = await seedOnScreen(d, dots)) {
      dots.push(at);
      const there = await d.hover(at);
      assert.ok(seeds.some(([row, col]) => row === there?.row && col === there?.col),
        `at a seed's dot, ${at}, the status line says ${JSON.stringify(there)}`);
    }
    assert.ok(dots.length >= 3, `${dots.length} seeds are seen`);
    await d.page.mouse.click(...dots[0]);
    await d.computed();
    const seed = await d.pixel();
    await d.page.mouse.move(2, 2);
    assert.deepEqual(await d.pixel(), seed, 'a click pins it');
    await d.click('switch', 'Let a drop fall');
    await d.page.getByText(/^The drop runs 0 pixels downhill to the seed of label \d+\./).first().waitFor();
    await d.page.mouse.click(...dots[0]);
    await d.computed();
    const flat = await d.picture();
    const beside = [dots[0][0] + 30, dots[0][1]];
    await d.page.mouse.click(...beside);
    await d.computed();
    await d.page.getByText(/^The drop /).first().waitFor();
    assert.ok(!(await d.picture()).equals(flat), 'the drop is drawn');
    await d.app.screenshot('landscape-drop');
    await d.press('Escape');
    await d.click('switch', 'Let a drop fall');
  });

  test('every control is mirrored, and nothing went wrong', async () => {
    await d.everythingIsMirrored('the landscape');
    assert.deepEqual(d.app.problems(), []);
  });
});
