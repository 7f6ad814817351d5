// Our own work on a 2048 x 2048 image, all of a frame but the GPU's part: for one move of the pointer, step by step, and
// for the flood. With the word "flood" only the latter.
import { App, launch, serve } from '../page/harness.mjs';
import { writeTiff, nuclei } from '../page/tiff.mjs';

const SIZE = 2048;
const MOVES = 10;
const STEPS = ['Pixels', 'Threshold', 'Filter', 'Label', 'Refine', 'Distance', 'Seeds', 'Watershed', 'Measure'];

const statistics = (app) => app.page.evaluate(() => JSON.parse(globalThis.floodlight.workStatistics()));

/** The flood of the image at hand: how soon it is seen, and our own work while it is computed, scrubbed and turned. */
async function flood(app) {
  const { page } = app;
  await page.keyboard.press('8');
  await app.settled(300, 60_000);
  await statistics(app);
  const row = (name, ...values) => console.log(name.padEnd(53) + values.map((v) => v.padStart(10)).join(''));
  console.log(`\nthe flood, ${SIZE} x ${SIZE}, own work in ms`);
  const fold = app.widget('button', 'Watch the flood');
  const before = await app.frames();
  const start = performance.now();
  await fold.evaluate((button) => button.click());
  await page.waitForFunction((n) => globalThis.floodlight.frames() >= n + 2, before);
  const first = performance.now() - start;
  row('first frame of the flood, ms after the press', `${first.toFixed(0)}`);
  row('... of which own work', `${(await statistics(app)).own.toFixed(1)}`);
  await page.waitForFunction(() => {
    const now = JSON.parse(globalThis.floodlight.workStatistics());
    for (const part of ['slice', 'upload', 'own']) {
      globalThis.longest = { ...globalThis.longest, [part]: Math.max(globalThis.longest?.[part] ?? 0, now[part]) };
    }
    return now.flooded;
  }, null, { timeout: 120_000, polling: 'raf' });
  const longest = await page.evaluate(() => globalThis.longest);
  row('until the record is whole and on the GPU, ms', `${(performance.now() - start).toFixed(0)}`);
  row('longest slice of computing (at most 12)', longest.slice.toFixed(1));
  row('longest upload in one frame', longest.upload.toFixed(1));
  row('longest frame while it is computed', longest.own.toFixed(1));
  await app.settled(300, 60_000);
  const slider = app.widget('slider', 'Pixels flooded');
  const last = Number(await slider.getAttribute('max'));
  const each = async (name, act) => {
    const times = [];
    const { bytes } = await statistics(app);
    for (let i = 0; i < MOVES; ++i) {
      const frames = await app.frames();
      await act(i);
      await page.waitForFunction((n) => globalThis.floodlight.frames() > n, frames);
      times.push((await statistics(app)).own);
    }
    await app.settled(200, 60_000);
    const uploaded = (await statistics(app)).bytes - bytes;
    times.sort((a, b) => a - b);
    row(name, `median ${times[MOVES / 2].toFixed(2)}`, `  longest ${times[MOVES - 1].toFixed(2)}`, `  bytes uploaded ${uploaded}`);
  };
  await each('scrubbing', (i) => slider.fill(String(Math.floor((last * ((i * 7) % MOVES)) / MOVES))));
  await page.keyboard.press('d');
  await app.settled(400, 120_000);
  await each('turning the landscape', () => page.keyboard.press('ArrowLeft'));
  await each('scrubbing the landscape', (i) => slider.fill(String(Math.floor((last * ((i * 7) % MOVES)) / MOVES))));
  await page.keyboard.press('r');
  await app.settled(400, 120_000);
  await each('turning it with a profile', () => page.keyboard.press('ArrowLeft'));
}

const server = await serve();
const browser = await launch();
try {
  const app = await App.open(browser, { address: server.url });
  await app.page.waitForFunction(() => globalThis.floodlight.idle());
  await app.drop('large.tif', writeTiff(nuclei(SIZE, SIZE)));
  await app.page.waitForFunction(() => document.title.startsWith('large') && globalThis.floodlight.idle(), null, { timeout: 120_000 });
  await app.settled(300, 120_000);
  if (!process.argv.includes('flood')) console.log(`\none move of the pointer, ${SIZE} x ${SIZE}, own work in ms    median   longest  (at most 4 is wanted)`);
  const measure = async (name) => {
    const times = [];
    for (let i = 0; i < MOVES; ++i) {
      const before = await app.frames();
      await app.page.mouse.move(200 + 11 * i, 200 + 7 * i);
      await app.page.waitForFunction((n) => globalThis.floodlight.frames() > n, before);
      times.push(await app.page.evaluate(() => globalThis.floodlight.frameMilliseconds()));
    }
    times.sort((a, b) => a - b);
    console.log(`${name.padEnd(53)}${times[MOVES / 2].toFixed(2).padStart(9)}${times[MOVES - 1].toFixed(2).padStart(10)}`);
  };
  for (const step of process.argv.includes('flood') ? [] : STEPS) {
    await app.page.keyboard.press(String(STEPS.indexOf(step) + 1));
    await app.settled(200, 60_000);
    await measure(step);
    if (step !== 'Filter') continue;
    await app.widget('spinbutton', 'Sigma').fill('20');
    await app.page.waitForFunction(() => globalThis.floodlight.idle(), null, { timeout: 120_000 });
    await app.settled(300, 120_000);
    await measure('Filter, sigma 20');
    await app.widget('spinbutton', 'Sigma').fill('1');
    await app.page.waitForFunction(() => globalThis.floodlight.idle(), null, { timeout: 120_000 });
    await app.settled(300, 120_000);
  }
  await flood(app);
} finally {
  await browser.close();
  await server.close();
}
