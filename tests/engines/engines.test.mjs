// The page in Chromium, Firefox and WebKitGTK: the same checks in each.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '../page/harness.mjs';
import { CHECKS } from './checks.mjs';
import { ENGINES, Trial } from './engines.mjs';

const LIMIT = { timeout: 300_000 };  // milliseconds, against an engine that hangs
const pictures = {};

for (const Engine of ENGINES) {
  describe(new Engine().name, () => {
    let trial;
    before(async () => { trial = await Trial.start(Engine, pictures); }, LIMIT);
    after(() => trial?.stop());
    for (const check of CHECKS) test(check.name, LIMIT, () => trial.run(check));
  });
}

test('docs/browsers.md tells of these checks, and of none that fails', () => {
  const table = fs.readFileSync(path.join(ROOT, 'docs/browsers.md'), 'utf8');
  const rows = [...table.matchAll(/^\| ([^|-][^|]*) \| .*\|$/gm)].map(([, name]) => name).filter((name) => name.trim());
  assert.deepEqual(rows, CHECKS.map(({ name }) => name));
  assert.doesNotMatch(table, /\*\*fails\*\*/);
});
