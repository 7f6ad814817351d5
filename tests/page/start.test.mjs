// A start that cannot succeed says so within ten seconds, with what to do; and what runs is what the page was made for.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DIST, ROOT, SCREENSHOTS, launch } from './harness.mjs';

const SOON = 10_000;
const SIGN_IN = '<!doctype html><title>Sign in</title><form><input name="password"></form>';
const YEAR = { 'cache-control': 'max-age=31536000' };
const [, POLICY] = fs.readFileSync(path.join(ROOT, 'docs/hosting.md'), 'utf8').match(/^ {4}(default-src .*)$/m);
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript' };

const original = (name) => fs.readFileSync(path.join(DIST, name));

/** A host that can be made to go wrong: `answers` has, by file name, what a request is answered with. */
class Host {
  static async start() {
    const host = new Host();
    host.server = http.createServer((request, response) => host.#answer(request, response));
    await new Promise((resolve) => { host.server.listen(0, '127.0.0.1', resolve); });
    host.address = `http://127.0.0.1:${host.server.address().port}/`;
    host.reset();
    return host;
  }

  reset() {
    this.answers = {};
    this.headers = {};
    this.asked = [];
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((resolve) => { this.server.close(resolve); });
  }

  async #answer(request, response) {
    const name = new URL(request.url, this.address).pathname.slice(1) || 'index.html';
    this.asked.push(name);
    const { status = 200, headers, body, send } = this.answers[name] ?? {};
    const exists = body !== undefined || fs.existsSync(path.join(DIST, name));
    const type = TYPES[name.split('.').pop()] ?? 'application/octet-stream';
    response.writeHead(exists ? status : 404, { 'content-type': type, 'x-content-type-options': 'nosniff', ...this.headers, ...headers });
    if (send) await send(response);
    else response.end(exists ? body ?? original(name) : undefined);
  }
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64');

/** The answers of a host that has another build, in which a file is another one. */
function build(name, body) {
  const html = original('index.html').toString().replaceAll(sha256(original(name)), sha256(body))
    .replace(`"${name}":[${original(name).length},`, `"${name}":[${body.length},`);
  return { [name]: { body }, 'index.html': { body: html } };
}

/** One whose program has a section more, which nothing reads. */
function otherBuild() {
  return build('floodlight.wasm', Buffer.concat([original('floodlight.wasm'), Buffer.from([0, 6, 5]), Buffer.from('other')]));
}

describe('the start', () => {
  let browser;
  let host;

  before(async () => {
    browser = await launch();
    host = await Host.start();
  });

  after(async () => {
    await browser?.close();
    await host?.close();
  });

  /** A page with what the host does now; `act` is called with it, and it is closed. */
  async function visit(act, address = host.address, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...options });
    const page = await context.newPage();
    try {
      await page.goto(address, { waitUntil: 'commit' });
      await act(page);
    } finally {
      await context.close();
    }
  }

  /** Whether the app runs in the page or in the frame. */
  const runs = (page) => page.waitForFunction(() => globalThis.floodlight?.whole === true, null, { timeout: 60_000 });

  /** The sentence that a page shows which cannot start. */
  async function sentence(page) {
    const alert = page.getByRole('alert');
    await alert.waitFor({ timeout: SOON });
    return alert.innerText();
  }

  /** What the page says when the host answers so. */
  async function said(answers, headers = {}) {
    host.reset();
    Object.assign(host.answers, answers);
    host.headers = headers;
    let words = '';
    await visit(async (page) => { words = await sentence(page); });
    return words;
  }

  /** What it says when nothing of its own can run: the words that stand in index.html from the beginning. */
  async function saidWithoutScript(answers) {
    host.reset();
    Object.assign(host.answers, answers);
    await visit(async (page) => {
      const words = page.getByText('Floodlight has not begun.');
      const visible = () => words.evaluate((element) => getComputedStyle(element).visibility);
      assert.equal(await visible(), 'hidden');
      await page.waitForFunction((element) => getComputedStyle(element).visibility === 'visible', await words.elementHandle(),
        { timeout: SOON });
      assert.match(await words.textContent(), /reload the page/);
    });
  }

  for (const name of ['floodlight.js', 'floodlight.wasm']) {
    const half = original(name).subarray(0, original(name).length / 2);
    const form = name.replace('.', '\\.');

    test(`a missing ${name} is called missing`, async () => {
      const words = await said({ [name]: { status: 404, body: '' } });
      assert.match(words, new RegExp(`cannot start: the server has no ${form} \\(404\\)\\. The whole folder has to be copied`));
    });

    test(`a refused ${name} is called refused`, async () => {
      assert.match(await said({ [name]: { status: 403, body: SIGN_IN } }), new RegExp(`the server refuses ${form} \\(403\\)`));
    });

    test(`a ${name} that was cut off is called so`, async () => {
      const words = await said({ [name]: { body: half } });
      assert.match(words, new RegExp(`${form} was cut off after \\d+ of \\d+ KB\\. Reload the page`));
    });

    test(`a connection that breaks in the middle of ${name} is one`, async () => {
      const answer = { headers: { 'content-length': 2 * half.length }, send: (response) => { response.write(half, () => response.destroy()); } };
      assert.match(await said({ [name]: answer }), new RegExp(`${form} could not be fetched\\. Check the connection`));
    });

    test(`a sign-in page in place of ${name} is called so`, async () => {
      const answer = { body: SIGN_IN, headers: { 'content-type': 'text/html' } };
      assert.match(await said({ [name]: answer }), new RegExp(`a web page in place of ${form}\\. If it wants a sign-in`));
    });

    test(`so is one that the server sends the reader to in place of ${name}`, async () => {
      const answer = { status: 302, headers: { location: 'http://localhost:9/sign-in' }, body: '' };
      assert.match(await said({ [name]: answer }), new RegExp(`a web page in place of ${form}\\. If it wants a sign-in`));
    });

    test(`a damaged ${name} does not run`, async () => {
      const damaged = Buffer.from(original(name));
      damaged[damaged.length - 100] ^= 1;
      assert.match(await said({ [name]: { body: damaged } }), new RegExp(`${form} is not the one that this page was made for`));
    });
  }

  test('the program of another build does not run, whole as it is', async () => {
    const { 'floodlight.wasm': wasm } = otherBuild();
    assert.match(await said({ 'floodlight.wasm': wasm }), /floodlight\.wasm is not the one that this page was made for/);
  });

  test('a browser that does not understand the right program is told from a wrong one', async () => {
    assert.match(await said(build('floodlight.js', Buffer.from('this is no program'))), /this browser cannot run it \(.*SyntaxError/);
    const unknown = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99, 0]);
    assert.match(await said(build('floodlight.wasm', unknown)), /this browser cannot run it \(.*section.*\)\. A current Firefox/);
  });

  test('a script that the host gives another type is named with it', async () => {
    const words = await said({ 'floodlight.js': { headers: { 'content-type': 'application/octet-stream' } } });
    assert.match(words, /calls floodlight\.js "application\/octet-stream", and browsers run only what is called text\/javascript/);
  });

  test('a script that the server has no more when the browser itself asks for it is not said to have a wrong type', async () => {
    const send = (response) => {
      if (response.req.headers['sec-fetch-dest'] === 'script') response.destroy();
      else response.end(original('floodlight.js'));
    };
    for (const type of ['text/javascript; charset=utf-8', 'application/x-javascript']) {
      const words = await said({ 'floodlight.js': { headers: { 'content-type': type }, send } });
      assert.match(words, /floodlight\.js could not be fetched\. Check the connection and reload the page\./);
    }
  });

  test('a missing or replaced start.js leaves the words of index.html', async () => {
    await saidWithoutScript({ 'start.js': { status: 404, body: '' } });
    await saidWithoutScript({ 'start.js': { body: SIGN_IN } });
  });

  test('another start.js than that of the page is found out', async () => {
    const body = Buffer.concat([original('start.js'), Buffer.from('\n')]);
    host.reset();
    host.answers['start.js'] = { body };
    await visit(async (page) => {
      assert.match(await sentence(page), /cannot start: start\.js is not the one that this page was made for/);
    });
  });

  test('opened from a disk, the folder names the file that opens from one, and leads there', async () => {
    await visit(async (page) => {
      assert.match(await sentence(page), /This folder needs a web server\. From a disk opens the file/);
      await page.screenshot({ path: path.join(SCREENSHOTS, 'start_from_a_disk.png') });
      await page.getByRole('link', { name: 'floodlight-offline.html' }).click();
      await runs(page);
    }, pathToFileURL(path.join(DIST, 'index.html')).href);
  });

  test('a stale program in the browser\'s cache is replaced, and what is right is not asked for again', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    host.reset();
    host.headers = YEAR;
    Object.assign(host.answers, otherBuild());
    host.answers['index.html'].headers = { 'cache-control': 'no-cache' };
    await page.goto(host.address);
    await runs(page);
    host.answers = { 'index.html': { headers: { 'cache-control': 'no-cache' } } };
    host.asked = [];
    await page.goto(`${host.address}?again`);
    await runs(page);
    // What is fetched when the page has time may still have been on its way when the first one was left.
    assert.deepEqual(host.asked.filter((name) => name !== 'floodlight-deferred.js'), ['index.html', 'floodlight.wasm']);
    await context.close();
  });

  test('an index.html of another build in the browser\'s cache is replaced when the files have changed', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    host.reset();
    host.headers = { 'cache-control': 'no-cache' };
    Object.assign(host.answers, otherBuild());
    host.answers['index.html'].headers = YEAR;
    await page.goto(host.address);
    await runs(page);
    host.answers = {};
    await page.goto('about:blank');
    await page.goto(host.address, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByType('navigation')[0].type === 'reload');
    await runs(page);
    assert.equal(await page.locator('#parts').textContent(), original('index.html').toString().match(/id="parts">(.*?)</)[1]);
    await context.close();
  });

  test('a host that is changed while the page is open says so when a part is asked for later', async () => {
    host.reset();
    host.answers['floodlight-deferred.js'] = { body: '"use strict";\n' };
    await visit(async (page) => {
      await runs(page);
      host.answers['index.html'] = otherBuild()['index.html'];
      await page.evaluate(() => globalThis.floodlight.host.imageSet());
      await page.getByText('the server has another version of Floodlight by now. Reload the page.').first().waitFor({ state: 'attached' });
    });
  });

  test('a part that is asked for later is checked too, and asked for again when it is needed again', async () => {
    const damaged = (name) => {
      const body = Buffer.from(original(name));
      body[body.length - 100] ^= 1;
      return { body };
    };
    const refused = (page, name) => page.getByText(`${name} is not the one that this page was made for`).first().waitFor({ state: 'attached' });
    host.reset();
    host.answers['floodlight-deferred.wasm'] = damaged('floodlight-deferred.wasm');
    await visit(async (page) => {
      await refused(page, 'Floodlight is not whole: floodlight-deferred.wasm');
      assert.equal(await page.evaluate(() => globalThis.floodlight.whole), false);
    });
    host.answers = { 'floodlight-deferred.js': damaged('floodlight-deferred.js') };
    await visit(async (page) => {
      await runs(page);
      const run = () => page.evaluate(async () => {
        const set = await globalThis.floodlight.host.imageSet();
        await set?.run({ recipe: {}, keep: false, jobs: [{ id: 1, name: 'a.tif' }] });
        return set?.hands.size ?? null;
      });
      for (const name of ['floodlight-deferred.js', 'core/floodlight-core.wasm', 'core-worker.js']) {
        host.answers = { [name]: damaged(name) };
        assert.ok(!await run());
        await refused(page, name);
      }
      host.answers = {};
      assert.equal(await run(), 1);
    });
  });

  test('a slow network is not cut off, and its progress is told', async () => {
    host.reset();
    const asked = new Promise((resolve) => {
      host.answers['floodlight.wasm'] = { send: (response) => {
        resolve(response);
        return new Promise((sent) => { response.once('finish', sent); });
      } };
    });
    await visit(async (page) => {
      const response = await asked;
      const line = page.locator('[data-loading]');
      const late = page.locator('#late');
      const body = original('floodlight.wasm');
      const size = Math.ceil(body.length / 12);
      let before = null;
      // Eleven seconds at least, which is longer than a network may bring nothing; the next piece waits until this one is told.
      for (let at = 0; at < body.length - size; at += size) {
        response.write(body.subarray(at, at + size));
        const come = await page.waitForFunction((said) => {
          const { textContent } = document.querySelector('[data-loading]');
          return textContent !== said && /^Loading: \d+ of \d+ KB$/.test(textContent) && textContent;
        }, before, { timeout: 60_000 });
        before = await come.jsonValue();
        await new Promise((resolve) => { setTimeout(resolve, 1000); });
        assert.equal(await late.isVisible(), false, before);
        before = await line.textContent();
      }
      response.end(body.subarray(Math.floor((body.length - 1) / size) * size));
      await runs(page);
    });
  });

  test('one that brings nothing is told, until it brings something again', async () => {
    host.reset();
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    host.answers['floodlight.wasm'] = { send: async (response) => {
      response.write(original('floodlight.wasm').subarray(0, 100_000));
      await held;
      response.end(original('floodlight.wasm').subarray(100_000));
    } };
    await visit(async (page) => {
      const words = page.getByText('Nothing has come for some time.');
      await words.waitFor({ timeout: SOON });
      release();
      await runs(page);
      assert.ok(await words.isHidden());
    });
  });

  test('a policy that allows what docs/hosting.md says is enough, also for the style and the workers', async () => {
    host.reset();
    host.headers = { 'content-security-policy': POLICY };
    await visit(async (page) => {
      await runs(page);
      assert.equal(await page.locator('#canvas').evaluate((canvas) => getComputedStyle(canvas).position), 'fixed');
      assert.equal(await page.evaluate(async () => {
        const program = await (await fetch('./core/floodlight-core.wasm')).arrayBuffer();
        const module = await WebAssembly.compileStreaming(new Response(program, { headers: { 'content-type': 'application/wasm' } }));
        const worker = new Worker('./core-worker.js');
        return new Promise((resolve) => {
          worker.onmessage = ({ data }) => { if (data.here) worker.postMessage({ module }); else resolve(data.ready); };
          worker.onerror = () => resolve(false);
        });
      }), true);
    });
  });

  test('a policy that forbids something is named with what it has to allow', async () => {
    const without = (piece) => ({ 'content-security-policy': POLICY.replace(piece, '') });
    assert.match(await said({}, without(" 'wasm-unsafe-eval'")), /forbids WebAssembly: script-src has to allow 'wasm-unsafe-eval'/);
    assert.match(await said({}, without(" connect-src 'self';")), /forbids \S+: connect-src has to allow 'self'/);
  });

  test('a policy that allows no style but files of the host leaves the page as it is, its mirror included', async () => {
    host.reset();
    host.headers = { 'content-security-policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:" };
    await visit(async (page) => {
      await runs(page);
      const boxOf = (selector) => page.locator(selector).evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height];
      });
      for (const selector of ['#canvas', '#mirror']) assert.deepEqual(await boxOf(selector), [0, 0, 1280, 800]);
      await page.getByRole('tab', { name: 'Filter', exact: true }).click({ force: true });
      await page.getByRole('heading', { name: '3 Filter', exact: true }).waitFor();
      assert.ok(await page.getByText('Loading', { exact: true }).isHidden());
    });
  });

  /** The frame of a page that shows Floodlight in one with this attribute. */
  async function inFrame(attribute, file, act) {
    host.reset();
    host.answers['frame.html'] = { body: `<!doctype html><iframe ${attribute} src="./${file}" width="1200" height="700"></iframe>` };
    await visit(async (page) => {
      const frame = await (await page.waitForSelector('iframe')).contentFrame();
      await act(frame);
    }, `${host.address}frame.html`);
  }

  test('runs in a frame, also in a sandbox that allows scripts and the same origin', async () => {
    for (const attribute of ['', 'sandbox="allow-scripts allow-same-origin"']) await inFrame(attribute, 'index.html', runs);
  });

  test('a frame that forbids saving is named where it is tried, with the way out; one that allows it is not', async () => {
    const save = async (frame) => {
      await runs(frame);
      await frame.evaluate(() => globalThis.floodlight.settled());
      await frame.getByRole('button', { name: 'Save labels', exact: true }).click({ force: true });
    };
    const told = (frame) => frame.getByRole('alert').getByText('forbids it');
    await inFrame('sandbox="allow-scripts allow-same-origin"', 'index.html', async (frame) => {
      await save(frame);
      await told(frame).waitFor();
      const link = frame.getByRole('link', { name: 'open Floodlight in its own tab' });
      assert.match(await link.getAttribute('href'), /\/index\.html/);
      await frame.page().screenshot({ path: path.join(SCREENSHOTS, 'frame_forbids_saving.png') });
    });
    await inFrame('sandbox="allow-scripts"', 'floodlight-offline.html', async (frame) => {
      await save(frame);
      await frame.getByText(/^If nuclei_01_labeled\.tif was not saved/).waitFor();
    });
    for (const attribute of ['', 'sandbox="allow-scripts allow-same-origin allow-downloads"']) {
      await inFrame(attribute, 'index.html', async (frame) => {
        const saved = frame.page().waitForEvent('download');
        await save(frame);
        await saved;
        assert.equal(await told(frame).count(), 0);
      });
    }
  });

  test('a sandbox that does not is named with what it has to say', async () => {
    await inFrame('sandbox="allow-scripts"', 'index.html', async (frame) => {
      assert.match(await sentence(frame), /sandbox has to say "allow-scripts allow-same-origin"/);
    });
  });

  test('where no script runs at all, in a sandbox that allows none for one, the page says so', async () => {
    const says = async (page) => {
      const words = page.locator('noscript p');
      await words.waitFor({ timeout: SOON });
      assert.match(await words.textContent(), /A frame that shows it has to allow scripts\./);
      assert.ok(await page.getByText('Loading').isHidden());
    };
    host.reset();
    await visit(says, host.address, { javaScriptEnabled: false });
    await inFrame('sandbox=""', 'index.html', says);
  });

  test('the offline file runs in a sandbox that allows scripts alone', async () => {
    await inFrame('sandbox="allow-scripts"', 'floodlight-offline.html', runs);
  });

  test('a damaged offline file says so', async () => {
    const whole = original('floodlight-offline.html').toString();
    const [start] = whole.match(/<script type="text\/plain" data-carries="floodlight.wasm"[^>]*>.{1000}/s);
    const damaged = whole.replace(start, `${start.slice(0, -4)}AAAA`);
    assert.match(await said({ 'index.html': { body: damaged } }), /this file was damaged or cut off\. It has to be copied anew/);
    await visit(async (page) => {
      const words = page.getByText('This file was damaged or cut off');
      await page.waitForFunction((element) => getComputedStyle(element).visibility === 'visible', await words.elementHandle(),
        { timeout: SOON });
    }, (host.answers['index.html'] = { body: whole.slice(0, whole.length / 2) }, host.address));
  });
});
