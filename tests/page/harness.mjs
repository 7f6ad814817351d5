// What the page's tests share: a static server for dist/, headless Chromium, and help to find and work mirrored widgets.
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { serve as serveFolder } from '../../tools/static-server.mjs';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const DIST = process.env.FLOODLIGHT_DIST ? path.resolve(process.env.FLOODLIGHT_DIST) : path.join(ROOT, 'dist');
export const SCREENSHOTS = path.join(ROOT, 'build/screenshots');
/** The reference folder, or null when it is not there. */
export const SHARED = [process.env.FLOODLIGHT_SHARED, path.resolve(ROOT, '../shared')]
  .find((folder) => folder && fs.existsSync(folder)) ?? null;

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json', '.png': 'image/png',
};
const CHROMIUM_FLAGS = [
  '--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic',
];

/**
 * Serves a folder as the plainest of hosts does: no special headers, and no type for .mjs and .wasm files.
 * @returns {Promise<{server: http.Server, url: string, close: () => Promise<void>}>} `url` ends in a slash
 */
export async function serve(folder = DIST, subPath = '/', port = 0) {
  const server = await serveFolder(folder, Number(port), { subPath, types: TYPES, headers: {} });
  return {
    server,
    url: `http://127.0.0.1:${server.address().port}${subPath}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** Lets a server answer nothing whose address contains that text until what is returned is called. */
export function hold(server, text) {
  const [answer] = server.listeners('request');
  let release = null;
  const released = new Promise((resolve) => { release = resolve; });
  server.removeAllListeners('request');
  server.on('request', async (request, response) => {
    if (request.url.includes(text)) await released;
    answer(request, response);
  });
  return release;
}

/** One Chromium for all tests of a file. */
export function launch(flags = CHROMIUM_FLAGS, more = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: flags, ...more,
  });
}

/** The app in one browser tab, with everything that went wrong in it. */
export class App {
  constructor(page, address) {
    this.page = page;
    this.address = address;
    this.consoleErrors = [];
    this.pageErrors = [];
    this.failedRequests = [];
    this.requests = [];
    page.on('console', (message) => { if (message.type() === 'error') this.consoleErrors.push(message.text()); });
    page.on('pageerror', (error) => this.pageErrors.push(String(error)));
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('requestfailed', (request) => this.failedRequests.push(request.url()));
    page.on('response', (response) => { if (response.status() >= 400) this.failedRequests.push(response.url()); });
  }

  /**
   * Opens the app and waits for its first frame and its deferred part. Its frames are laid out and mirrored, and drawn only
   * when a picture is taken: a screen that the processor draws takes nearly all of the time.
   * @param options `address`; `drawn`: true for an app whose frames all reach the screen; `prepare`, called with the page before it is opened; `whole`: false to wait for the first
   *     frame only; and what Playwright's newContext takes (viewport, deviceScaleFactor ...)
   */
  static async open(browser, { address, prepare, whole = true, drawn = false, ...options }) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...options });
    const app = new App(await context.newPage(), address);
    await prepare?.(app.page);
    await app.page.goto(address);
    await app.ready(whole);
    if (!drawn) await app.page.evaluate(() => globalThis.floodlight.hideFrames(true));
    return app;
  }

  async ready(whole = true) {
    await this.page.waitForFunction((part) => globalThis.floodlight?.[part] === true, whole ? 'whole' : 'ready',
      { timeout: 60_000 });
  }

  async close() {
    await this.page.context().close();
  }

  /** Everything that should not have happened, as sentences. */
  problems() {
    const origin = this.address.replace(/[^/]*$/, '');
    const foreign = this.requests.filter((url) => !url.startsWith(origin) && !/^(data|blob):/.test(url));
    return [
      ...this.consoleErrors.map((text) => `console: ${text}`),
      ...this.pageErrors.map((text) => `page error: ${text}`),
      ...this.failedRequests.map((url) => `failed request: ${url}`),
      ...foreign.map((url) => `foreign request: ${url}`),
    ];
  }

  /** A mirrored widget, by role and exact accessible name (a string) or a pattern. */
  widget(role, name) {
    return this.page.getByRole(role, { name, exact: typeof name === 'string' });
  }

  /** A real press of the mouse on the widget's picture. */
  async click(role, name) {
    await this.widget(role, name).click({ force: true });
    await this.settled();
  }

  /** A real press, movement and release, from one fraction of the widget's rectangle to another. */
  async drag(role, name, from, to, steps = 8) {
    const box = await this.widget(role, name).boundingBox();
    const point = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
    await this.page.mouse.move(...point(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...point(to), { steps });
    await this.page.mouse.up();
    await this.settled();
  }

  frames() {
    return this.page.evaluate(() => globalThis.floodlight.frames());
  }

  /** Waits until the app owes nothing: no computing, no frame, no answer. */
  async settled() {
    await this.page.evaluate(() => globalThis.floodlight.settled());
  }

  /** The page as it looks now, as a PNG; `options` as Playwright's. Other frames do not reach the screen. */
  async picture(options = {}) {
    await this.page.evaluate(() => {
      globalThis.floodlight.drawNextFrame();
      return globalThis.floodlight.settled();
    });
    return this.page.screenshot(options);
  }

  /** Dear ImGui's interactive items that the mirror lacks. */
  unregisteredItems() {
    return this.page.evaluate(() => globalThis.floodlight.unregisteredItems());
  }

  /** Drops a file on the page as a mouse would. */
  drop(name, bytes, mime = 'image/tiff') {
    return this.dropAll([[name, bytes]], mime);
  }

  /** Drops several files at once: `[name, bytes]` each. */
  async dropAll(files, mime = 'image/tiff') {
    const encoded = files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
    await this.page.evaluate(([all, type]) => {
      const dataTransfer = new DataTransfer();
      for (const [fileName, base64] of all) {
        const data = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        dataTransfer.items.add(new File([data], fileName, { type }));
      }
      const target = document.getElementById('canvas');
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    }, [encoded, mime]);
  }

  /** Opens a file through the browser's chooser, which `press` makes appear. */
  async choose(files, press) {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), press()]);
    await chooser.setFiles(files);
  }

  /** The bytes and the name of the file that `press` makes the browser save. */
  async download(press) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), press()]);
    return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
  }

  /** Keeps a picture of the page for a person to look at, where FLOODLIGHT_SCREENSHOTS asks for them; no test reads it. */
  async screenshot(name) {
    if (!process.env.FLOODLIGHT_SCREENSHOTS) return;
    fs.mkdirSync(SCREENSHOTS, { recursive: true });
    await this.picture({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }
}
