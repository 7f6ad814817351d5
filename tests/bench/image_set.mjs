// Many images: how much memory a run takes. 200 images of 1024 x 1024, as files on the disk, with 8 workers.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, DIST, launch, serve } from '../page/harness.mjs';
import { writeTiff } from '../page/tiff.mjs';

const IMAGES = 200;
const SIDE = 1024;
const CORES = 8;
const DIFFERENT = 8;
const MEGABYTE = 1024 * 1024;

/** Simulated fields as uint16 files. */
async function makeFiles(folder) {
  const { default: create } = await import(pathToFileURL(path.join(DIST, 'core/floodlight-core.mjs')).href);
  const core = await create();
  const fields = Array.from({ length: DIFFERENT }, (_, i) => {
    const { pixels } = core.simulate({ sampling: { rows: SIDE, columns: SIDE } }, { specimen: i + 1 });
    return writeTiff({ ...pixels, type: 'uint16' });
  });
  return Array.from({ length: IMAGES }, (_, i) => {
    const file = path.join(folder, `field_${String(i + 1).padStart(3, '0')}.tif`);
    fs.writeFileSync(file, fields[i % DIFFERENT]);
    return file;
  });
}

/** What the page's processes hold in memory, workers and the browser's own parts included; Linux tells. */
async function resident(devtools) {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const bytes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => {
    const status = fs.existsSync(`/proc/${id}/status`) ? fs.readFileSync(`/proc/${id}/status`, 'utf8') : '';
    return 1024 * Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0);
  });
  return bytes.reduce((sum, one) => sum + one, 0);
}

/** The JavaScript heaps of a page and its workers, with the buffers that hang on them. */
class Heaps {
  constructor(devtools) {
    this.devtools = devtools;
    this.workers = new Set();
    this.answers = new Map();
    this.asked = 0;
    devtools.on('Target.attachedToTarget', ({ sessionId }) => this.workers.add(sessionId));
    devtools.on('Target.detachedFromTarget', ({ sessionId }) => this.workers.delete(sessionId));
    devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message);
      this.answers.get(id)?.(result);
    });
  }

  start() {
    return this.devtools.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  }

  async bytes() {
    const all = await Promise.all([this.devtools.send('Runtime.getHeapUsage'), ...[...this.workers].map((one) => this.#ask(one))]);
    return all.reduce((sum, heap) => sum + (heap ? heap.usedSize + (heap.backingStorageSize ?? 0) : 0), 0);
  }

  /** Null where the worker has no time to answer, or has ended. */
  #ask(sessionId) {
    const id = ++this.asked;
    const message = JSON.stringify({ id, method: 'Runtime.getHeapUsage' });
    this.devtools.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {});
    return new Promise((resolve) => {
      this.answers.set(id, resolve);
      setTimeout(() => resolve(null), 400);
    });
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-'));
const server = await serve();
const browser = await launch();
try {
  const files = await makeFiles(folder);
  const prepare = (page) => page.addInitScript((cores) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores });
    const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await instantiateStreaming.apply(WebAssembly, given);
      globalThis.appMemory ??= Object.values(made.instance.exports).find((entry) => entry instanceof WebAssembly.Memory);
      return made;
    };
  }, CORES);
  const app = await App.open(browser, { address: server.url, prepare });
  const whole = await browser.newBrowserCDPSession();
  const heaps = new Heaps(await app.page.context().newCDPSession(app.page));
  await heaps.start();
  await app.page.keyboard.press('0');
  await app.choose(files, () => app.widget('button', 'Choose files...').click({ force: true }));
  const start = performance.now();
  await app.widget('button', `Run all ${IMAGES}`).click({ force: true });
  await app.widget('button', 'Pause').waitFor();
  const peak = { app: 0, workers: 0, heap: 0, all: 0, processes: 0, hands: 0 };
  for (let running = true; running;) {
    await app.page.waitForTimeout(500);
    const wasm = await app.page.evaluate(() => ({
      app: globalThis.appMemory.buffer.byteLength,
      workers: globalThis.floodlight.host.imageSetLoaded?.memory() ?? 0,
    }));
    const heap = await heaps.bytes();
    peak.app = Math.max(peak.app, wasm.app);
    peak.workers = Math.max(peak.workers, wasm.workers);
    peak.heap = Math.max(peak.heap, heap);
    peak.all = Math.max(peak.all, wasm.app + wasm.workers + heap);
    peak.processes = Math.max(peak.processes, await resident(whole));
    peak.hands = Math.max(peak.hands, app.page.workers().length);
    running = await app.widget('button', 'Pause').count() > 0;
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`\n${IMAGES} images of ${SIDE} x ${SIDE}: ${seconds.toFixed(0)} s with at most ${peak.hands} workers; ` +
    `memory at most, in MB (below 1024 is wanted)`);
  const rows = {
    'the app\'s wasm': peak.app, 'the workers\' wasm': peak.workers, 'all JavaScript heaps': peak.heap, 'these together, at one time': peak.all,
    'the browser\'s page processes, resident': peak.processes,
  };
  for (const [name, bytes] of Object.entries(rows)) console.log(`  ${name.padEnd(42)}${(bytes / MEGABYTE).toFixed(0).padStart(8)}`);
} finally {
  await browser.close();
  await server.close();
  fs.rmSync(folder, { recursive: true });
}
