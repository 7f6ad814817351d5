// A monkey on the page: 300 random events (20,000 are played by tools/monkey), and whether it would notice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './driver.mjs';
import { letLoose, report } from './monkey.mjs';
import { events } from './monkey_events.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

test('300 random events do no harm', async (t) => {
  const seed = Number(process.env.FLOODLIGHT_SEED ?? Math.floor(Math.random() * 2 ** 31));
  t.diagnostic(`seed ${seed}`);
  const result = await letLoose(stage.browser, stage.server.url, { seed, count: 300 });
  assert.deepEqual(result.problems, [], report(seed, result));
  assert.equal(result.played, 300);
});

test('the same seed gives the same events, another one others, and all kinds come', () => {
  const list = [...events(7, 3000)];
  assert.deepEqual([...events(7, 3000)], list);
  assert.notDeepEqual([...events(8, 3000)], list);
  assert.deepEqual([...events(7, 40)], list.slice(0, 40));
  const kinds = ['address', 'button', 'drop', 'focus', 'frames', 'key', 'move', 'operate', 'resize', 'touch', 'wait', 'wheel', 'window'];
  assert.deepEqual([...new Set(list.map(({ kind }) => kind))].sort(), kinds);
});

test('a program that stops in the middle is noticed, with what it takes to meet it again', async () => {
  const prepare = (page) => page.addInitScript(() => {
    let moves = 0;
    addEventListener('mousemove', () => { if (++moves === 20) globalThis.floodlight.fail('trap', true); });
  });
  const result = await letLoose(stage.browser, stage.server.url, { seed: 1, count: 300, prepare });
  assert.ok(result.played < 300);
  const words = report(1, result);
  assert.match(words, /unreachable/);
  assert.match(words, /the page says: Something in Floodlight went wrong/);
  assert.match(words, new RegExp(`again: tools/monkey --events ${result.played + 1} --seed 1$`));
});

test('a widget that nobody has registered is noticed', async () => {
  const prepare = (page) => page.addInitScript(() => {
    const wait = setInterval(() => {
      if (!globalThis.floodlight?.whole) return;
      clearInterval(wait);
      globalThis.floodlight.unregisteredItems = () => ['Knob (7)'];
    }, 1);
  });
  const result = await letLoose(stage.browser, stage.server.url, { seed: 1, count: 300, prepare });
  assert.deepEqual(result.problems, ['not in the mirror: Knob (7)']);
  assert.equal(result.played, 0);
});
