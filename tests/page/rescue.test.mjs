// When the program stops all the same: a sentence, the last picture, what can be saved, and the ways to go on.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Driver, Stage } from './driver.mjs';
import { App, DIST } from './harness.mjs';
import { readPng } from './png.mjs';
import { nuclei, readTiff, writeTiff } from './tiff.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

const STOPPED = /^Something in Floodlight went wrong, and it has stopped\./;

/** Where a fault can come up: in a frame, in an event that the program listens to, in a timer, in a call of the page's. */
const PLACES = {
  frame: (page, how) => page.evaluate((kind) => globalThis.floodlight.fail(kind, true), how),
  event: (page, how) => page.evaluate((kind) => {
    // What the program asks of the browser in the middle of an event.
    globalThis.requestAnimationFrame = () => globalThis.floodlight.fail(kind, false);
    document.getElementById('canvas').dispatchEvent(new MouseEvent('mousemove', { clientX: 300, clientY: 300, bubbles: true }));
  }, how),
  timer: (page, how) => page.evaluate(async (kind) => {
    // The timer of the tooltips asks for another one where the pointer has moved on meanwhile: for less than its half second.
    const real = globalThis.setTimeout;
    let inEvent = false;
    globalThis.setTimeout = (act, delay, ...rest) => {
      if (!inEvent && delay > 1 && delay < 500) return globalThis.floodlight.fail(kind, false);
      return real(act, delay, ...rest);
    };
    for (let x = 300; !document.body.classList.contains('stopped'); ++x) {
      inEvent = true;
      document.getElementById('canvas').dispatchEvent(new MouseEvent('mousemove', { clientX: x, clientY: 300, bubbles: true }));
      inEvent = false;
      await new Promise((resolve) => { real(resolve, 120); });
    }
  }, how),
  call: (page, how) => page.evaluate((kind) => { setTimeout(() => globalThis.floodlight.fail(kind, false)); }, how),
};

/** What the notice says once the program has stopped. */
async function stopped(d) {
  const notice = d.page.getByRole('alert').filter({ has: d.page.getByRole('button') });
  await notice.waitFor({ timeout: 10_000 });
  assert.ok(await d.page.evaluate(() => document.body.classList.contains('stopped')));
  return d.page.locator('#problem > p').first().textContent();
}

function way(d, name) {
  return d.page.locator('#problem').getByRole('button', { name, exact: true });
}

/** Waits until the page has kept what it shows now. */
async function kept(d, holds) {
  await d.page.waitForFunction((text) => globalThis.floodlight.host.kept?.fragment.includes(text), holds, { timeout: 10_000 });
}

/** How many greys an image of nuclei has on the screen. */
function greys(png) {
  const { rows, cols, at } = readPng(png);
  const seen = new Set();
  for (let row = 0; row < rows; ++row) for (let col = 0; col < cols; ++col) seen.add(at(row, col)[1]);
  return seen.size;
}

/** Counts what the program still draws; nothing, when all goes well. */
function countDraws(d) {
  return d.page.evaluate(() => {
    globalThis.draws = 0;
    const { prototype } = WebGL2RenderingContext;
    for (const name of ['clear', 'drawElements', 'drawArrays']) {
      const act = prototype[name];
      prototype[name] = function counted(...values) {
        globalThis.draws += 1;
        return act.apply(this, values);
      };
    }
  });
}

/** What a student may try with a page that does not answer. */
async function everything(d) {
  await d.page.evaluate(() => document.activeElement.blur());
  for (const key of ['PageDown', '?', 'Space', 'm']) await d.page.keyboard.press(key);
  await d.page.mouse.move(500, 400);
  await d.page.mouse.wheel(0, 300);
  await d.page.mouse.click(700, 300);
  await d.page.setViewportSize({ width: 1180, height: 760 });
  await d.page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 700); }));  // longer than any timer of the program's
}

describe('a program that stops', () => {
  for (const [place, how] of [['frame', 'trap'], ['event', 'trap'], ['timer', 'trap'], ['call', 'trap'], ['event', 'exception']]) {
    test(`by a fault of the kind "${how}" in a ${place} says so, draws no more, and keeps its picture`, async () => {
      const d = await stage.open();
      await d.goTo('Filter');
      await kept(d, 'step=filter');
      await PLACES[place](d.page, how);
      const sentence = await stopped(d);
      assert.match(sentence, STOPPED);
      assert.match(sentence, /Save what you need, then go on from where you were\.$/);
      assert.equal(await d.page.evaluate(() => document.activeElement.textContent), 'Go on from here');
      assert.equal(await d.page.locator('#mirror').evaluate((mirror) => mirror.inert), true);
      await countDraws(d);
      await everything(d);
      assert.equal(await d.page.evaluate(() => globalThis.draws), 0, 'something was drawn afterwards');
      assert.ok(greys(await d.page.screenshot({ clip: { x: 200, y: 120, width: 400, height: 150 } })) > 20, 'the picture is gone');
      await d.app.screenshot(`stopped-${place}-${how}`);
      await d.close();
    });
  }

  test('for want of memory says that, and has the same ways', async () => {
    const d = await stage.open();
    await kept(d, '');
    await PLACES.frame(d.page, 'memory');
    assert.match(await stopped(d), /^The browser's memory is full, and Floodlight has stopped\. A smaller image needs less\. /);
    assert.equal(await way(d, 'Save the recipe').count(), 1);
    await d.close();
  });
});

describe('what can still be saved', () => {
  test('is the recipe, and the labels as they would have been', async () => {
    const d = await stage.open();
    await d.open('mine.tif', writeTiff(nuclei()));
    await d.goTo('Filter');
    await d.widget('spinbutton', 'Sigma').fill('2');
    await d.computed();
    await kept(d, 'filter.sigma=2');
    await d.page.waitForFunction(() => globalThis.floodlight.host.kept?.labels);  // a moment after the recipe
    const before_ = await d.savedLabels();
    const recipe = await d.recipe();
    await PLACES.frame(d.page, 'trap');
    assert.match(await stopped(d), /mine\.tif has to be opened again then, for it is kept nowhere\.$/);
    const labels = await d.app.download(() => way(d, 'Save the labels').click());
    assert.equal(labels.name, 'mine_labeled.tif');
    assert.deepEqual(labels.bytes, before_.bytes);
    assert.ok(readTiff(labels.bytes).data.some((label) => label > 5));
    const saved = await d.app.download(() => way(d, 'Save the recipe').click());
    assert.equal(saved.name, 'mine_recipe.json');
    assert.deepEqual(JSON.parse(saved.bytes), recipe);
    await d.close();
  });

  test('is not labels that are not whole', async () => {
    const d = await stage.open();
    await d.page.waitForFunction(() => globalThis.floodlight.host.kept?.labels);
    await d.page.evaluate(() => {
      const { floodlight } = globalThis;
      const [address] = floodlight.HEAPU32.slice(floodlight.labelsInMemory(floodlight.host.kept.labels.version) / 4);
      floodlight.HEAPU32[address / 4 + 1000] = 12_345;
    });
    await PLACES.frame(d.page, 'trap');
    await stopped(d);
    assert.equal(await way(d, 'Save the recipe').count(), 1);
    assert.equal(await way(d, 'Save the labels').count(), 0);
    await d.close();
  });

  test('is not the labels that an exercise asks for', async () => {
    const d = await stage.open();
    await d.goTo('Watershed');
    await d.click('button', 'Exercise 1');
    await d.page.waitForFunction(() => globalThis.floodlight.host.kept && !globalThis.floodlight.host.kept.labels);
    await PLACES.frame(d.page, 'trap');
    await stopped(d);
    assert.equal(await way(d, 'Save the labels').count(), 0);
    await d.close();
  });
});

describe('going on', () => {
  test('opens what was last on the screen, without what made the program stop', async () => {
    const d = await stage.open();
    await d.goTo('Filter');
    await d.widget('spinbutton', 'Sigma').fill('2');
    await d.computed();
    await kept(d, 'filter.sigma=2');
    await d.page.evaluate(() => {
      // The next frame is the last one, and shows another sigma.
      const { floodlight } = globalThis;
      floodlight.host.drawn = () => {
        if (JSON.parse(floodlight.recipe()).filter.sigma === 3) floodlight.fail('trap', false);
      };
    });
    await d.widget('spinbutton', 'Sigma').fill('3');
    await stopped(d);
    await way(d, 'Go on from here').click();
    await d.app.ready();
    await d.computed();
    await d.showsStep('Filter');
    assert.equal((await d.recipe()).filter.sigma, 2);
    assert.equal(await d.page.evaluate(() => document.body.classList.contains('stopped')), false);
    await d.close();
  });

  test('is not to what no frame has shown yet', async () => {
    const d = await stage.open();
    await d.goTo('Filter');
    await kept(d, 'step=filter');
    await d.page.evaluate(async () => {
      // The browser gives no frame while another link is opened, for longer than the address is behind.
      const frame = globalThis.requestAnimationFrame;
      const held = [];
      globalThis.floodlight.requestFrame();
      await new Promise(frame);
      globalThis.requestAnimationFrame = (act) => held.push(act);
      location.hash = '#v=1&image=nuclei_01&step=seeds';
      await new Promise((resolve) => { setTimeout(resolve, 1500); });
      globalThis.requestAnimationFrame = frame;
      globalThis.floodlight.fail('trap', true);
      for (const act of held) frame(act);
    });
    await stopped(d);
    await way(d, 'Go on from here').click();
    await d.app.ready();
    await d.computed();
    await d.showsStep('Filter');
    await d.close();
  });

  test('to where it stops again offers to start afresh', async () => {
    const d = await stage.open();
    await d.goTo('Filter');
    await kept(d, 'step=filter');
    await PLACES.call(d.page, 'trap');
    await stopped(d);
    // From now on the program stops as soon as it is there, as long as the address is this one.
    await d.page.addInitScript(() => {
      if (!location.hash.includes('step=filter')) return;
      const wait = setInterval(() => {
        if (!globalThis.floodlight) return;
        clearInterval(wait);
        globalThis.floodlight.fail('trap', false);
      }, 1);
    });
    await way(d, 'Go on from here').click();
    await d.page.waitForFunction(() => document.querySelector('#problem .ways button')?.textContent === 'Start afresh', null, { timeout: 60_000 });
    assert.match(await stopped(d), /It has stopped at the same place before: start afresh, or try once more\./);
    await d.app.screenshot('stopped-again');
    await way(d, 'Try once more').click();
    await d.page.waitForFunction(() => document.querySelector('#problem .ways button')?.textContent === 'Start afresh', null, { timeout: 60_000 });
    await way(d, 'Start afresh').click();
    await d.app.ready();
    await d.computed();
    await d.showsStep('Watershed');
    assert.equal(new URL(d.page.url()).hash, '');
    await d.close();
  });

  test('is offered as well when the program stops before anything was kept', async () => {
    const prepare = (page) => page.addInitScript(() => {
      const wait = setInterval(() => {
        if (!globalThis.floodlight) return;
        clearInterval(wait);
        if (!history.state?.resumed && history.state?.resumed !== '') globalThis.floodlight.fail('trap', false);
      }, 1);
    });
    const d = new Driver(await App.open(stage.browser, { address: stage.server.url, prepare, whole: false }));
    assert.match(await stopped(d), /^Something in Floodlight went wrong, and it has stopped\. Try it again\.$/);
    assert.equal(await way(d, 'Save the recipe').count(), 0);
    await way(d, 'Try again').click();
    await d.app.ready();
    await d.computed();
    await d.close();
  });
});

test('the page in one file has the same ways, from file://', async () => {
  const address = pathToFileURL(path.join(DIST, 'floodlight-offline.html')).href;
  const d = new Driver(await App.open(stage.browser, { address }));
  await d.computed();
  await d.goTo('Seeds');
  await kept(d, 'step=seeds');
  await PLACES.frame(d.page, 'trap');
  await stopped(d);
  const labels = await d.app.download(() => way(d, 'Save the labels').click());
  assert.ok(readTiff(labels.bytes).data.some((label) => label > 50));
  await way(d, 'Go on from here').click();
  await d.app.ready();
  await d.computed();
  await d.showsStep('Seeds');
  await d.close();
});

test('the results of many images are saved from a program that has stopped', async () => {
  const d = await stage.open();
  await d.app.dropAll([['one.tif', writeTiff(nuclei())], ['two.tif', writeTiff(nuclei(90, 110))]]);
  await d.showsStep('Many images');
  await d.click('button', 'Run all 2');
  await d.page.waitForFunction(() => globalThis.floodlight.host.kept?.image_set?.files.length === 2, null, { timeout: 60_000 });
  await PLACES.frame(d.page, 'trap');
  await stopped(d);
  await d.page.evaluate(() => { delete globalThis.showSaveFilePicker; });
  const saved = await d.app.download(() => way(d, 'Save the results of many images').click());
  assert.equal(saved.name, 'floodlight_results.zip');
  for (const name of ['one_labeled.tif', 'two_labeled.tif', 'measurements.csv', 'recipe.json']) {
    assert.ok(saved.bytes.includes(name), `${name} is in the archive`);
  }
  await d.page.getByText(/^Saved in floodlight_results\.zip: 2 label images/).waitFor();
  await d.close();
});

test('a worker whose core has stopped makes no further image, and the rest is made by others', async () => {
  const d = await stage.open();
  let workers = 0;
  d.page.on('worker', (worker) => {
    workers += 1;
    if (workers > 1) return;
    worker.evaluate(() => {
      const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0, 10, 5, 1, 3, 0, 0, 11];
      const trap = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports.a;
      const post = globalThis.postMessage.bind(globalThis);
      globalThis.postMessage = (message) => (message.result ? trap() : post(message));
    });
  });
  const names = ['one', 'two', 'three', 'four', 'five', 'six'];
  await d.app.dropAll(names.map((name) => [`${name}.tif`, writeTiff(nuclei())]));
  await d.showsStep('Many images');
  await d.click('button', 'Run all 6');
  await d.page.getByText('5 of 6 images done, 1 failed').first().waitFor({ timeout: 60_000 });
  const sentence = /, Something in Floodlight went wrong at this image; the others are not touched by it\./;
  assert.equal(await d.page.getByRole('button', { name: sentence }).count(), 1);
  assert.equal(await d.page.evaluate(() => document.body.classList.contains('stopped')), false);
  await d.close();
});
