// Without a network: the page that was kept starts and works, another version comes whole or not at all, and a server that is
// gone costs nobody what is on the screen.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { serve as serveFolder } from '../../tools/static-server.mjs';
import { Driver } from './driver.mjs';
import { App, DIST, launch } from './harness.mjs';
import { otherBuild } from './other_build.mjs';
import { readPng } from './png.mjs';
import { nuclei, writeTiff } from './tiff.mjs';

const WAIT = 60_000;
const FILES = ['a.tif', 'b.tif'].map((name) => [name, writeTiff(nuclei(120, 160))]);
let browser;
let folder;  // with another build
const hosts = [];
before(async () => {
  browser = await launch();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-builds-'));
});
after(async () => {
  await browser?.close();
  for (const host of hosts) await host.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A host whose address stays while it goes, comes back, and gets other files. */
class Host {
  async show(files) {
    await this.stop();
    this.server = await serveFolder(files, this.port ?? 0, { headers: {} });
    this.port = this.server.address().port;
    this.address = `http://127.0.0.1:${this.port}/`;
  }

  async stop() {
    if (!this.server) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
    this.server = null;
  }
}

/** The page on a host that has these files; with what keeps it for later, unless the options say otherwise. */
async function opened(files, options = {}) {
  const host = new Host();
  await host.show(files);
  hosts.push(host);
  const app = await App.open(browser, { address: host.address, serviceWorkers: 'allow', ...options });
  const d = new Driver(app);
  await d.computed();
  return { host, d, app, page: app.page, close: () => d.close() };
}

const kept = (page) => page.evaluate(async () => { await navigator.serviceWorker.ready; });

async function runsManyImages({ app, d, page }) {
  await app.dropAll(FILES);
  await app.widget('button', 'Run all 2').waitFor();
  await d.click('button', 'Run all 2');
  await page.getByText('2 of 2 images done').first().waitFor({ timeout: WAIT });
  // Nor does it begin a worker for work that there is none of.
  await d.computed();
  await d.noWorkers();
}

const partsOf = (dist) => fs.readFileSync(path.join(dist, 'index.html'), 'utf8').match(/id="parts">(.*?)</)[1];
const partsShown = (page) => page.locator('#parts').textContent();

test('the page that was opened once starts with the server gone, and all of it works', async () => {
  const p = await opened(DIST);
  await kept(p.page);
  await p.host.stop();
  await p.page.reload();
  await p.app.ready();
  await p.d.computed();
  assert.ok(await p.d.nuclei() > 3);
  await p.d.goTo('Filter');
  await p.d.press('?');
  await p.d.click('button', 'Licences');
  const licences = p.page.locator('dialog');
  await licences.waitFor();
  await p.page.keyboard.press('Escape');
  await licences.waitFor({ state: 'detached' });
  await p.d.press('Escape');
  await p.page.getByRole('dialog').waitFor({ state: 'detached' });
  await runsManyImages(p);
  // The browser's own look for another version finds no server, and says so to the console.
  assert.deepEqual(p.app.problems().filter((problem) => !/service-worker\.js|ERR_CONNECTION_REFUSED/.test(problem)), []);
  // So does a new tab, by the address with the file's name.
  const tab = await p.page.context().newPage();
  await tab.goto(`${p.host.address}index.html#v=1&image=nuclei_01&step=filter`);
  await tab.waitForFunction(() => globalThis.floodlight?.whole === true, null, { timeout: WAIT });
  await p.close();
});

test('the first version of all is offered to nobody, also by a browser that tells of its arrival when it has the page', async () => {
  const prepare = (page) => page.addInitScript(() => {
    Object.defineProperty(ServiceWorkerContainer.prototype, 'controller', { get: () => ({}) });
  });
  const p = await opened(DIST, { prepare });
  await kept(p.page);
  await p.page.evaluate(() => floodlight.settled());
  assert.equal(await p.page.locator('#offer').count(), 0);
  await p.close();
});

test('another version is offered when it is whole, and until it is taken the old one stays whole', async () => {
  const b = otherBuild(folder, 'B');
  const p = await opened(DIST);
  await kept(p.page);
  let documents = 0;  // an address that the page itself writes, when it gets to it, makes none
  p.page.on('domcontentloaded', () => { documents += 1; });
  const offer = p.page.getByRole('status').getByText('A newer version of Floodlight is here.');
  const look = () => p.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
    const { installing } = registration;
    if (installing) await new Promise((resolve) => { installing.addEventListener('statechange', resolve, { once: true }); });
    return registration.waiting !== null;
  });
  // Half copied: one of its files is still that of the version before.
  const half = path.join(folder, 'half');
  fs.cpSync(b, half, { recursive: true });
  fs.copyFileSync(path.join(DIST, 'floodlight-deferred.js'), path.join(half, 'floodlight-deferred.js'));
  await p.host.show(half);
  assert.equal(await look(), false);
  assert.equal(await offer.count(), 0);
  await p.page.reload();
  await p.app.ready();
  assert.equal(await partsShown(p.page), partsOf(DIST));

  await p.host.show(b);
  // A look that the browser began itself, while the server was changing, ends without a version: then it is looked for again.
  for (const end = Date.now() + WAIT; !await look(); await setTimeout(500)) assert.ok(Date.now() < end);
  await offer.waitFor();
  await runsManyImages(p);  // by the old version's scripts and workers, which the server has no more
  await p.page.reload();
  await p.app.ready();
  assert.equal(await partsShown(p.page), partsOf(DIST));
  await offer.waitFor();

  const second = await p.page.context().newPage();
  await second.goto(p.host.address);
  await second.waitForFunction(() => globalThis.floodlight?.whole === true, null, { timeout: WAIT });
  await p.page.bringToFront();  // what is pressed behind another tab does not always arrive
  documents = 0;
  await p.page.getByRole('button', { name: 'Use it now' }).click();
  await p.page.waitForFunction((list) => document.getElementById('parts')?.textContent === list, partsOf(b), { timeout: WAIT });
  await p.app.ready();
  await p.d.computed();
  assert.equal(documents, 1);
  await runsManyImages(p);
  // The other tab is still of the old version, and gets what it asks for later.
  assert.equal(await partsShown(second), partsOf(DIST));
  assert.ok(await second.evaluate(async () => (await globalThis.floodlight.host.imageSet()) !== null));
  assert.deepEqual(p.app.pageErrors, []);
  await p.close();
});

for (const [name, options] of [
  ['has no service workers', { prepare: (page) => page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });
  }) }],
  ['is not allowed any', { prepare: (page) => page.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'));
  }) }],
  ['gives the page no origin', { prepare: (page) => page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { throw new DOMException('no', 'SecurityError'); } });
  }) }]]) {
  test(`where a browser ${name}, the page says nothing of it; with the server gone it keeps what it has`, async () => {
    const p = await opened(DIST, options);
    await p.host.stop();
    await p.app.dropAll(FILES);
    const run = p.app.widget('button', 'Run all 2');
    const sentence = p.page.getByText(/could not be fetched: the server does not answer\. What is here works on/).first();
    await run.or(sentence).first().waitFor({ state: 'attached' });
    // Whether what opens several files was here already, is the network's to say.
    if (await run.count() > 0) await p.d.click('button', 'Run all 2');
    await sentence.waitFor({ state: 'attached' });
    assert.doesNotMatch(await sentence.textContent(), /reload/i);
    assert.deepEqual(p.app.pageErrors, []);
    await p.d.computed();
    assert.ok(await p.d.nuclei() > 3);
    await p.host.show(DIST);
    if (await run.count() === 0) await p.app.dropAll(FILES);
    await run.waitFor();
    await p.d.click('button', 'Run all 2');
    await p.page.getByText('2 of 2 images done').first().waitFor({ timeout: WAIT });
    await p.close();
  });
}

test('the part that comes after the first picture is asked for until it is there', async () => {
  let refused = 0;
  const prepare = (page) => page.route('**/floodlight-deferred.wasm*', (route) => {
    if (refused >= 3) return route.continue();
    refused += 1;
    return route.abort('connectionreset');
  });
  const p = await opened(DIST, { serviceWorkers: 'block', whole: false, prepare });
  await p.page.getByRole('alert').getByText('Floodlight is not whole: floodlight-deferred.wasm could not be fetched').waitFor();
  await p.app.ready();
  assert.ok(refused >= 3);
  assert.ok(await p.page.locator('#problem').isHidden());
  await p.d.goTo('Filter');
  await p.close();
});

test('what installs the page finds a name, icons of their sizes, and nothing to object to', async () => {
  const p = await opened(DIST);
  await kept(p.page);
  const { icons, name, start_url: start } = JSON.parse(fs.readFileSync(path.join(DIST, 'manifest.json'), 'utf8'));
  assert.deepEqual([name, start], ['Floodlight', './']);
  for (const { src, sizes } of icons) {
    const { rows, cols, at } = readPng(fs.readFileSync(path.join(DIST, src)));
    assert.equal(`${cols}x${rows}`, sizes);
    assert.deepEqual(at(0, 0), [0x16, 0x18, 0x1b]);
    assert.deepEqual(at(Math.round(9 / 16 * rows), Math.round(6 / 16 * cols)), [0xf0, 0xb4, 0x5a]);
  }
  const session = await p.page.context().newCDPSession(p.page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A browser window without a profile of its own, as tests have it, installs nothing.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  await p.close();
});
