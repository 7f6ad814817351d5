// Without a GPU: Chromium that is given no software in its place, and draws by the page's own program. The pictures are those
// that WebGL draws, but for the edges of what is drawn smoothly.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Driver, MANY, STEPS } from './driver.mjs';
import { App, launch, serve } from './harness.mjs';
import { readPng } from './png.mjs';
import { nuclei, writeTiff } from './tiff.mjs';

/** Steps of a channel that a rounding may make, and that the smooth edge of a letter or a line may. */
const ROUNDING = 4;
const MOST = { differing: 0.002, strongly: 0.0002 };
const STRONGLY = 64;
/** The status line says how long the computing took, which no two pages share. */
const ABOVE_STATUS = 768;

let server;
let withGpu;
let withoutGpu;
before(async () => {
  server = await serve();
  withGpu = await launch();
  // What Chromium is on a machine without a GPU, since it gives no software WebGL any more.
  withoutGpu = await launch(['--no-sandbox', '--no-first-run', '--disable-software-rasterizer', '--disable-gpu'],
    { ignoreDefaultArgs: ['--enable-unsafe-swiftshader'] });
});
after(async () => {
  await withGpu?.close();
  await withoutGpu?.close();
  await server?.close();
});

/** The page in one of the browsers; `fragment` is a link's. */
async function opened(browser, fragment = '', options = {}) {
  const app = await App.open(browser, { address: `${server.url}#${fragment}`, ...options });
  const d = new Driver(app);
  await d.computed();
  assert.equal(await d.page.evaluate(() => globalThis.floodlight.drawsByProcessor()), browser === withoutGpu);
  return d;
}

/** The shares of points that differ at all, and strongly. */
function compared(one, other) {
  const [a, b] = [readPng(one), readPng(other)];
  assert.deepEqual([a.rows, a.cols], [b.rows, b.cols]);
  let differing = 0;
  let strongly = 0;
  for (let row = 0; row < a.rows; ++row) {
    for (let col = 0; col < a.cols; ++col) {
      const [left, right] = [a.at(row, col), b.at(row, col)];
      const most = Math.max(...left.map((value, i) => Math.abs(value - right[i])));
      if (most > ROUNDING) differing += 1;
      if (most > STRONGLY) strongly += 1;
    }
  }
  const all = a.rows * a.cols;
  return { differing: differing / all, strongly: strongly / all };
}

/** Both pages do the same, and show the same. */
async function same(fragment, options, ...acts) {
  const both = [await opened(withGpu, fragment, options), await opened(withoutGpu, fragment, options)];
  for (const [name, act] of acts) {
    const pictures = [];
    for (const d of both) {
      await act(d);
      await d.page.mouse.move(2, 2);
      await d.computed();
      await d.app.screenshot(`${d === both[0] ? 'gpu' : 'processor'}_${name.replace(/\W/g, '_')}`);
      pictures.push(await d.app.picture({ clip: { x: 0, y: 0, width: 1280, height: ABOVE_STATUS } }));
    }
    const { differing, strongly } = compared(...pictures);
    if (process.env.FLOODLIGHT_TELL) console.log(`${name}: ${(100 * differing).toFixed(3)} % differ, ${(100 * strongly).toFixed(3)} % strongly`);
    assert.ok(differing <= MOST.differing && strongly <= MOST.strongly, `${name}: ${differing} differ, ${strongly} strongly`);
  }
  for (const d of both) {
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  }
}

test('every step shows what WebGL shows', async () => {
  await same('', {}, ...[...STEPS, MANY].map((step) => [step, (d) => d.goTo(step)]));
});

test('so do a zoomed image with its numbers, a comparison, the light theme, a pinned result and large letters', async () => {
  await same('v=1&image=nuclei_01&step=filter&zoom=44&centre=276.918,256', {},
    ['numbers', async () => {}],
    ['split', async (d) => { await d.press('C'); await d.press('C'); }],
    ['fit', async (d) => { await d.press('F'); }],
    ['light', async (d) => { await d.press('L'); }],
    ['pinned', async (d) => { await d.press('8'); await d.press('G'); }],
    ['presentation', async (d) => { await d.press('P'); }]);
});

test('and a screen with more points, the flood half way, nuclei by fate, repairs', async () => {
  await same('v=1&image=nuclei_01&step=watershed', { deviceScaleFactor: 1.5 },
    ['flood', async (d) => {
      await d.click('button', 'Watch the flood');
      await d.widget('slider', 'Pixels flooded').fill('30000');
      await d.computed();
    }],
    ['fates', async (d) => { await d.click('switch', 'Colour nuclei by fate'); }],
    ['refine', async (d) => { await d.goTo('Refine'); }]);
});

test('everything works but the landscape in 3D, which says so', async () => {
  const d = await opened(withoutGpu);
  await d.press('D');
  await d.page.getByText('The landscape in 3D needs WebGL 2, which this browser does not give here').first().waitFor();
  await d.open('own.tif', writeTiff(nuclei()));
  assert.ok(await d.nuclei() > 3);
  assert.ok((await d.savedLabels()) !== null);
  assert.deepEqual(await d.app.unregisteredItems(), []);
  assert.deepEqual(d.app.problems(), []);
  await d.close();
});

test('a browser in which WebGL is switched off, and its names are gone, starts', async () => {
  const d = await opened(withoutGpu, '', { prepare: (page) => page.addInitScript(() => {
    delete globalThis.WebGLRenderingContext;
    delete globalThis.WebGL2RenderingContext;
  }) });
  assert.equal(await d.nuclei(), 98);
  assert.deepEqual(d.app.problems(), []);
  await d.close();
});

test('a context that is lost and does not come back costs nothing but the landscape', async () => {
  const d = await opened(withGpu);
  await d.goTo('Label');
  const clip = { x: 0, y: 0, width: 1280, height: ABOVE_STATUS };
  const shown = await d.app.picture({ clip });
  await d.page.evaluate(() => {
    document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
  });
  await d.page.waitForFunction(() => globalThis.floodlight.drawsByProcessor(), null, { timeout: 20_000 });
  await d.computed();
  const { differing, strongly } = compared(shown, await d.app.picture({ clip }));
  assert.ok(differing <= MOST.differing && strongly <= MOST.strongly, `${differing} differ, ${strongly} strongly`);
  await d.goTo('Filter');
  assert.deepEqual(d.app.pageErrors, []);
  await d.close();
});
