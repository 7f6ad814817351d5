// What the page must do in every engine where something is missing: WebGL, the server, the version that was there, or all but
// one file. Part of the list in checks.mjs.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIST, hold, serve } from '../page/harness.mjs';
import { otherBuild } from '../page/other_build.mjs';
import { percent } from '../page/png.mjs';
import { nuclei, writeTiff } from '../page/tiff.mjs';
import { unzip } from '../page/zip.mjs';

const LIMIT = 60_000;  // milliseconds, for what a slow machine takes its time over

export const WITHOUT = [
  {
    name: 'WebGL is lost for good: the page draws by itself, and shows the same',
    async run({ page, base, expected, keep }) {
      await page.open(`${base}#v=1&image=nuclei_01&step=watershed`);
      const before = await page.picture();
      await page.evaluate(async (limit) => {
        document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
        await until(() => floodlight.drawsByProcessor(), limit);
      }, 60000);
      assert.ok(await page.evaluate(() => floodlight.drawsByProcessor()), 'the page draws by itself');
      await page.computed();
      const picture = await page.picture();
      keep('without_webgl', picture.png);
      const differ = percent(before.image, picture.image);
      assert.ok(differ < 0.2, `${differ} % differ`);
      await page.goTo('Filter');
      await page.tabTo('slider', 'Sigma');
      await page.press('ArrowRight');
      assert.equal(await page.nuclei(), expected.count('nuclei_01', null, await page.recipe()));
      await page.problems();  // the engine's own words on the lost context
      return `${differ.toFixed(2)} % of the image's points differ`;
    },
  },
  {
    name: 'opened once, it starts without the server, and runs many images',
    async run({ page, expected, keep }) {
      const host = await serve();
      try {
        await page.open(host.url);
        await page.evaluate(async () => { await navigator.serviceWorker.ready; });
      } finally {
        await host.close();
      }
      await page.reload();
      assert.equal(await page.nuclei(), expected.nuclei);
      keep('without_network', (await page.picture()).png);
      const bytes = writeTiff(nuclei());
      await page.drop(['a.tif', bytes], ['b.tif', bytes]);
      await page.says(/^Run all 2$/);
      await page.click('button', 'Run all 2');
      await page.says(/^2 of 2 images done/);
      await page.problems();  // the engine's own look for another version finds no server
      return `${expected.nuclei} nuclei; 2 of 2 images done`;
    },
  },
  {
    name: 'another version that comes while the page opens is offered, and opens once it is taken',
    async run({ page, expected }) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-build-'));
      const shown = () => page.evaluate(() => document.getElementById('parts').textContent);
      let host = await serve();
      try {
        await page.open(host.url);
        await page.evaluate(async () => { await navigator.serviceWorker.ready; });
        const before = await shown();
        await host.close();
        host = await serve(otherBuild(folder, 'Other'), '/', new URL(host.url).port);
        const release = hold(host.server, 'floodlight.js');
        // The page opens while the other version is on its way.
        await page.evaluate(async () => { (await navigator.serviceWorker.getRegistration()).update().catch(() => {}); });
        await page.reload();
        assert.equal(await shown(), before, 'until it is taken the page stays');
        release();
        const offered = await page.evaluate(async (limit) =>
          !!await until(() => document.querySelector('#offer button'), limit), LIMIT);
        assert.ok(offered, 'it is offered');
        await page.evaluate(() => { setTimeout(() => document.querySelector('#offer button').click()); });
        for (const end = Date.now() + LIMIT; await shown().catch(() => before) === before;) assert.ok(Date.now() < end, 'it opens');
        await page.started();
        await page.reload();
        assert.notEqual(await shown(), before, 'a reload stays with it');
        assert.equal(await page.nuclei(), expected.nuclei);
      } finally {
        await host.close();
        fs.rmSync(folder, { recursive: true, force: true });
      }
      await page.problems();  // the engine's own look, while the server changed
      return 'offered, taken, opened';
    },
  },
  {
    name: 'the page in one file, from a disk: opens, runs many images, saves the same labels',
    async run({ page, expected, keep }) {
      await page.open(pathToFileURL(path.join(DIST, 'floodlight-offline.html')).href);
      assert.equal(await page.nuclei(), expected.nuclei);
      keep('offline', (await page.picture()).png);
      const bytes = writeTiff(nuclei());
      await page.drop(['made.tif', bytes]);
      await page.shows('made.tif');
      const saved = await page.engine.download(() => page.click('button', 'Save labels'));
      assert.ok(saved.bytes.equals(expected.labels('made.tif', bytes, await page.recipe())));
      await page.drop(['a.tif', bytes], ['b.tif', bytes]);
      await page.says(/^Run all 2$/);
      await page.click('button', 'Run all 2');
      await page.says(/^2 of 2 images done/);
      await page.click('button', 'Save the results');
      await page.evaluate(() => { delete globalThis.showSaveFilePicker; });  // its dialog is the system's
      const archive = await page.engine.download(() => page.click('button', 'Save as a ZIP'));
      assert.ok(unzip(archive.bytes)['a_labeled.tif'].equals(saved.bytes), archive.name);
      return `${expected.nuclei} nuclei`;
    },
  },
];
