// The page around the app: hosting, loading, sizes, rest, and what it says when something is missing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { App, DIST, launch, serve } from './harness.mjs';

describe('the page', () => {
  let browser;
  let server;

  before(async () => {
    browser = await launch();
    server = await serve(DIST, '/a/sub-path/');
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const open = (options = {}) => App.open(browser, { address: server.url, ...options });

  const canvasSize = (app) => app.page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    return [canvas.width, canvas.height];
  });

  /** The sentence that a broken page shows. */
  async function sentenceOf(prepare) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await prepare(page);
    await page.goto(server.url);
    await page.getByRole('alert').waitFor();
    const sentence = await page.getByRole('alert').textContent();
    await context.close();
    return sentence;
  }

  test('loads under any sub-path, asks only for its own files and reports no error', async () => {
    const app = await open();
    await app.settled();
    assert.deepEqual(app.problems(), []);
    assert.ok(app.requests.every((url) => url.startsWith(server.url)), app.requests.join('\n'));
    await app.close();
  });

  test('mirrors every interactive item of its first screen', async () => {
    const app = await open();
    await app.settled();
    assert.deepEqual(await app.unregisteredItems(), []);
    await app.close();
  });

  test('draws no frame in five idle seconds', async () => {
    const app = await open();
    await app.page.mouse.move(400, 300);
    await app.settled();
    await app.page.waitForTimeout(1500);  // a tooltip may come
    const drawn = await app.frames();
    await app.page.waitForTimeout(3500);
    assert.equal(await app.frames(), drawn);
    await app.close();
  });

  test('draws in device pixels and follows the window', async () => {
    const app = await open({ deviceScaleFactor: 2, viewport: { width: 900, height: 600 } });
    await app.settled();
    assert.deepEqual(await canvasSize(app), [1800, 1200]);
    await app.page.setViewportSize({ width: 700, height: 500 });
    await app.page.waitForFunction(() => document.getElementById('canvas').width === 1400);
    assert.deepEqual(await canvasSize(app), [1400, 1000]);
    await app.close();
  });

  test('goes on after the GPU was lost and came back', async () => {
    const app = await open();
    await app.settled();
    const before_ = await app.picture();
    await app.page.evaluate(() => {
      const extension = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
      extension.loseContext();
      setTimeout(() => extension.restoreContext(), 200);
    });
    await app.page.waitForFunction(() => !document.getElementById('canvas').getContext('webgl2').isContextLost());
    await app.settled();
    assert.ok(before_.equals(await app.picture()), 'the picture is not the same as before');
    assert.deepEqual(app.pageErrors, []);
    await app.close();
  });

  test('moves the focus through the mirror with Tab, forwards and backwards', async () => {
    const app = await open();
    const focused = () => app.page.evaluate(() => document.activeElement.dataset.id ?? null);
    await app.page.keyboard.press('Tab');
    const first = await focused();
    assert.notEqual(first, null);
    await app.page.keyboard.press('Tab');
    const second = await focused();
    assert.ok(second !== null && second !== first);
    await app.page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), first);
    await app.close();
  });

  test('shows where a dragged file can be dropped, until the drag ends', async () => {
    const app = await open();
    const drag = (kind) => app.page.evaluate((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.tif'));
      document.getElementById('canvas').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, kind);
    const hint = app.page.getByText('Drop a TIFF anywhere');
    await drag('dragover');
    assert.ok(await hint.isVisible());
    await drag('dragleave');
    assert.ok(await hint.isHidden());
    await app.close();
  });

  test('works as one file opened from file://, without any request', async () => {
    const app = await App.open(browser, { address: pathToFileURL(path.join(DIST, 'floodlight-offline.html')).href });
    await app.settled();
    assert.deepEqual(app.problems(), []);
    assert.equal(app.requests.length, 1);
    assert.deepEqual(await app.unregisteredItems(), []);
    await app.close();
  });

  test('says so when there is no canvas at all', async () => {
    const sentence = await sentenceOf((page) => page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    }));
    assert.match(sentence, /This browser gives no canvas to draw on\./);
  });

  test('starts without a look that the driver refuses, and says so; the raw image stands in its place', async () => {
    const app = await App.open(browser, { address: server.url, prepare: (page) => page.addInitScript(() => {
      const refused = new Set();
      const { shaderSource, attachShader, getProgramParameter } = WebGL2RenderingContext.prototype;
      Object.assign(WebGL2RenderingContext.prototype, {
        shaderSource(shader, text) {
          if (/u_opacity/.test(text)) refused.add(shader);
          return shaderSource.call(this, shader, text);
        },
        attachShader(program, shader) {
          if (refused.has(shader)) refused.add(program);
          return attachShader.call(this, program, shader);
        },
        getProgramParameter(program, name) {
          if (name === this.LINK_STATUS && refused.has(program)) return false;
          return getProgramParameter.call(this, program, name);
        },
      });
    }) });
    await app.settled();
    await app.page.getByText(/^Some layers are shown as the raw image\. A shader does not compile/).first().waitFor();
    await app.picture();
    assert.equal(await app.page.evaluate(() => globalThis.floodlight.nuclei()), 98);
    assert.deepEqual(app.problems(), []);
    await app.close();
  });

  test('says nothing of exceptions where they are caught', async () => {
    const app = await open();
    await app.settled();
    assert.ok(await app.page.locator('#problem').isHidden());
    await app.close();
  });

  test('goes on where a browser does not catch what is thrown, and says what that means', async () => {
    const [, short] = fs.readFileSync(path.join(DIST, 'floodlight.js'), 'utf8').match(/_catches_exceptions"\]=wasmExports\["(\w+)"\]/);
    const app = await App.open(browser, { address: server.url, prepare: (page) => page.addInitScript((name) => {
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...all) => {
        const instance = await instantiate.apply(WebAssembly, all);
        if (!instance.exports?.[name]) return instance;
        return { exports: { ...instance.exports, [name]() { throw new WebAssembly.RuntimeError('unreachable'); } } };
      };
    }, short) });
    await app.page.getByRole('alert').getByText("This browser does not catch Floodlight's own errors").waitFor();
    await app.settled();
    assert.equal(await app.page.evaluate(() => globalThis.floodlight.nuclei()), 98);
    assert.deepEqual(app.pageErrors, []);
    await app.close();
  });

  test('says so when WebAssembly is missing', async () => {
    const sentence = await sentenceOf((page) => page.addInitScript(() => { delete globalThis.WebAssembly; }));
    assert.match(sentence, /WebAssembly/);
  });

  test('says so when the program cannot be fetched', async () => {
    const sentence = await sentenceOf((page) => page.route('**/floodlight.wasm*', (route) => route.fulfill({ status: 404 })));
    assert.match(sentence, /cannot start: the server has no floodlight\.wasm \(404\)/);
  });

  test('says so when something unforeseen happens, and can be closed over', async () => {
    const app = await open();
    await app.page.evaluate(() => { setTimeout(() => { throw new Error('an unforeseen thing'); }); });
    const sentence = app.page.getByRole('alert').filter({ hasText: 'an unforeseen thing' });
    await sentence.waitFor();
    await app.page.getByRole('button', { name: 'Close', exact: true }).last().click();
    assert.ok(await sentence.isHidden());
    await app.close();
  });

  test('allows no inline script and no evaluation of text', () => {
    const policy = fs.readFileSync(path.join(DIST, 'index.html'), 'utf8').match(/Content-Security-Policy" content="([^"]+)"/)[1];
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  });
});
