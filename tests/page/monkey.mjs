// Lets a monkey loose on the page in Chromium: tools/monkey [--events N] [--seed S]
//
// It finds what no test thought of. A fault is told with the seed and the events before it; the same seed does the same again.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, DIST, launch, serve } from './harness.mjs';
import { events } from './monkey_events.mjs';
import { install } from './monkey_page.mjs';
import { nuclei, writeTiff } from './tiff.mjs';

const BATCH = 100;
const SHOWN = 25;  // events before a fault

/** What a student might drop, and what nobody should. */
function files() {
  const field = nuclei();
  const whole = writeTiff(field);
  const image = (rows, cols, type, value) => writeTiff({ rows, cols, type, data: Array.from({ length: rows * cols }, (_, i) => value(i)) });
  const all = {
    'field.tif': whole,
    'flat.tif': image(40, 30, 'uint16', () => 7),
    'pixel.tif': image(1, 1, 'uint8', () => 200),
    'row.tif': image(1, 300, 'uint16', (i) => (i * 37) % 1000),
    'hole.tif': image(20, 20, 'float32', (i) => (i % 9 === 0 ? NaN : i)),
    'pages.tif': writeTiff(field, { ...field, data: field.data.map((value) => 4000 - (value % 4000)) }),
    'cut.tif': whole.subarray(0, whole.length / 2),
    'words.tif': Buffer.from('this is no image'),
    'recipe.json': Buffer.from('{"filter": {"method": "median", "size": 5}}'),
    'wrong.json': Buffer.from('{"filter": {"method": "none", "sise": 5'),
  };
  return Object.entries(all).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
}

/**
 * Plays `count` events of the seed on a page of its own, on which `prepare` is called before it is opened.
 * @returns {Promise<{problems: string[], played: number, last: object[]}>} what went wrong, and the last events before it
 */
export async function letLoose(browser, address, { seed, count, prepare, onBatch = () => {} }) {
  const app = await App.open(browser, {
    address,
    prepare: async (page) => {
      await page.addInitScript(install, files());
      await prepare?.(page);
    },
  });
  const { page } = app;
  page.setDefaultTimeout(120_000);
  page.on('console', (message) => { if (/GL_INVALID|INVALID_/.test(message.text())) app.consoleErrors.push(message.text()); });
  await app.settled();
  await page.evaluate(() => globalThis.monkey.takeOver());
  const last = [];
  let played = 0;
  let problems = [];
  const play = async (batch) => {
    const { found, index } = await page.evaluate((list) => globalThis.monkey.play(list), batch);
    played += index;
    last.push(...batch.slice(0, index + 1));
    last.splice(0, last.length - SHOWN);
    problems = [...found, ...app.problems()];
    if (problems.length === 0 && !await page.evaluate(() => globalThis.monkey.draws())) problems.push('no frame is drawn any more');
    onBatch(played);
  };
  let batch = [];
  for (const event of events(seed, count)) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    await play(batch);
    batch = [];
    if (problems.length > 0) break;
  }
  if (batch.length > 0 && problems.length === 0) await play(batch);
  if (problems.length > 0) await app.screenshot(`monkey-${seed}`);
  await app.close();
  return { problems, played, last };
}

/** A fault in words that let it be met again. */
export function report(seed, { problems, played, last }) {
  return [
    `with seed ${seed}, after ${played} events:`, ...problems.map((problem) => `  ${problem}`), 'the last events:',
    ...last.map((event) => `  ${JSON.stringify(event)}`), `again: tools/monkey --events ${played + 1} --seed ${seed}`,
  ].join('\n');
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** `--events` and `--seed` with their numbers, by name. */
function options(args) {
  const given = {};
  for (let i = 0; i < args.length; i += 2) {
    const value = Number(args[i + 1]);
    if (!/^--(events|seed)$/.test(args[i]) || !/^\d+$/.test(args[i + 1] ?? '') || !Number.isSafeInteger(value)) {
      fail('usage: tools/monkey [--events N] [--seed S], both whole numbers');
    }
    given[args[i].slice(2)] = value;
  }
  return given;
}

async function main(args) {
  const { events: count = 20_000, seed = Date.now() % 2 ** 31 } = options(args);
  if (!fs.existsSync(path.join(DIST, 'index.html'))) fail('there is no dist/ yet: run tools/build');
  console.log(`seed ${seed}, ${count} events`);
  const server = await serve(DIST);
  const browser = await launch();
  const started = Date.now();
  const onBatch = (played) => {
    if (played % (10 * BATCH) === 0) console.log(`${played} events, ${Math.round((Date.now() - started) / 1000)} s`);
  };
  const result = await letLoose(browser, server.url, { seed, count, onBatch });
  await browser.close();
  await server.close();
  if (result.problems.length > 0) {
    console.error(report(seed, result));
    process.exitCode = 1;
  } else {
    console.log(`${result.played} events, and nothing went wrong`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
