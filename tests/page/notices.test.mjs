// The licences under ?, from a server and from a disk.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Stage } from './driver.mjs';
import { DIST } from './harness.mjs';

const stage = new Stage();
before(() => stage.start());
after(() => stage.stop());

for (const [where, options] of [['from a server', {}],
  ['from a disk', { address: pathToFileURL(path.join(DIST, 'floodlight-offline.html')).href }]]) {
  test(`? leads to the licences: ${where}`, async () => {
    const d = await stage.open(options);
    await d.press('?');
    await d.click('button', 'Licences');
    const dialog = d.page.getByRole('dialog', { name: 'Licences' });
    await dialog.waitFor();
    assert.equal(await dialog.locator('pre').textContent(), fs.readFileSync(path.join(DIST, 'THIRD_PARTY.txt'), 'utf8'));
    await d.app.screenshot(`licences_${options.address ? 'offline' : 'served'}`);
    await d.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(d.app.problems(), []);
    await d.close();
  });
}
