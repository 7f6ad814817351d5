// The command line program under Node is the native one: the same files, the same words, the same exit status.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadCore } from './load.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programs = {
  native: [join(root, 'build/native/floodlight')],
  node: [process.execPath, join(root, 'tools/floodlight.mjs')],
};
const folder = mkdtempSync(join(tmpdir(), 'floodlight-cli-'));

after(() => rmSync(folder, { recursive: true }));

const withoutTimes = (text) => text.replace(/, [0-9.]+ ms$/gm, '');

function run(program, args) {
  const [file, ...first] = programs[program];
  const { status, stdout, stderr } = spawnSync(file, [...first, ...args], {
    cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26,
  });
  return { status, stdout: withoutTimes(stdout), stderr };
}

before(() => {
  for (const part of [programs.native[0], join(root, 'build/web/cli/floodlight.js')]) {
    assert.ok(existsSync(part), `There is no ${part}; tools/build --native makes it.`);
  }
  assert.equal(run('native', ['samples', '--out', 'samples']).status, 0);
});

/** Runs both; each OUT becomes a folder of the program's own. Their words must agree. */
function runBoth(...args) {
  const [native, node] = Object.keys(programs).map((program) => {
    const outcome = run(program, args.map((argument) => argument.replace('OUT', program)));
    outcome.stdout = outcome.stdout.replaceAll(`${program}/`, 'OUT/');
    outcome.stderr = outcome.stderr.replaceAll(`${program}/`, 'OUT/');
    return outcome;
  });
  assert.deepEqual(node, native);
  return native;
}

function assertSameFiles(under) {
  const [native, node] = Object.keys(programs).map((program) => join(folder, under.replace('OUT', program)));
  const names = readdirSync(native).sort();
  assert.deepEqual(readdirSync(node).sort(), names);
  for (const name of names) {
    assert.ok(readFileSync(join(native, name)).equals(readFileSync(join(node, name))), `${under}/${name} differs`);
  }
  return names;
}

test('labels and the table of measurements are the same bytes, on every sample', () => {
  const images = readdirSync(join(folder, 'samples')).filter((name) => !name.endsWith('_truth.tif'));
  assert.ok(images.length > 40);
  const outcome = runBoth('segment', ...images.map((name) => `samples/${name}`), '--out', 'OUT/labels',
    '--measurements', 'OUT/tables/all.csv', '--jobs', '2');
  assert.equal(outcome.stderr, '');
  assert.equal(outcome.status, 0);
  assert.equal(assertSameFiles('OUT/labels').length, images.length);
  assert.deepEqual(assertSameFiles('OUT/tables'), ['all.csv']);
});

test('patterns, stages, names and recipes do the same', () => {
  for (const program of Object.keys(programs)) {
    for (const name of ['nuclei_01.tif', 'nuclei_02.tif']) {
      cpSync(join(folder, 'samples', name), join(folder, program, 'images', name));
    }
  }
  const recipe = join(folder, 'recipe.json');
  writeFileSync(recipe, JSON.stringify({ floodlight_recipe: 1, filter: { method: 'median', size: 5 } }));
  const args = ['segment', 'OUT/images/nuclei_0*.tif', '--recipe', recipe, '--stages', '--uint16', '--name', '{stem}_.tif',
    '--out', 'OUT/images'];
  const outcome = runBoth(...args);
  assert.equal(outcome.status, 0);
  assert.equal(outcome.stdout.trim().split('\n').length, 2);
  assert.equal(assertSameFiles('OUT/images').length, 14);
  assert.match(runBoth(...args).stderr, /^12 files are results of this run's images \(OUT\/images\/nuclei_01_.tif of /);
  for (const what of ['python', 'notebook', 'macro']) assert.ok(runBoth(what, recipe).stdout.length > 500);
});

test('simulated images are the same bytes', () => {
  assert.equal(runBoth('simulate', '--out', 'OUT/simulated', '--set', 'sampling.rows=128').status, 0);
  assert.equal(assertSameFiles('OUT/simulated').length, 3);
});

test('info and score say the same, however much it is', () => {
  const { stdout } = runBoth('info', '--json', 'samples/*.tif', './samples/*.tif');
  assert.ok(stdout.length > 70000);
  assert.ok(JSON.parse(stdout).every(({ problem }) => problem === null));
  runBoth('info', 'samples/case_*.tif');
  runBoth('score', 'OUT/labels/nuclei_01_labeled.tif', 'samples/nuclei_01_truth.tif');
});

test('the same forest is trained, and gives the same bytes', async () => {
  const core = await loadCore();
  for (const name of ['nuclei_01', 'nuclei_02']) {
    const truth = core.readLabelTiff(readFileSync(join(folder, `samples/${name}_truth.tif`)), name);
    const data = truth.data.map((label, i) => (i % 601 > 0 ? 0 : label > 0 ? 1 : 2));
    writeFileSync(join(folder, `${name}_paint.tif`), core.encodeLabelTiff({ ...truth, data }));
  }
  const painted = ['nuclei_01', 'nuclei_02'].flatMap((name) => [`samples/${name}.tif`, `${name}_paint.tif`]);
  const { status, stdout } = runBoth('train', ...painted, '--trees', '12', '--seed', '7');
  assert.equal(status, 0);
  writeFileSync(join(folder, 'forest.json'), stdout);
  assert.equal(JSON.parse(stdout).mask.classifier.forest.trees.length, 12);
  const images = ['nuclei_03', 'case_dim', 'case_crowded'].map((name) => `samples/${name}.tif`);
  assert.equal(runBoth('segment', '--recipe', 'forest.json', '--stages', '--out', 'OUT/forest', ...images).status, 0);
  assert.equal(assertSameFiles('OUT/forest').length, 18);
  // In JavaScript the same recipe gives the same labels.
  const pipeline = new core.Pipeline();
  pipeline.setRecipe(stdout);
  pipeline.setImage(core.readTiff(readFileSync(join(folder, images[0])), 'image'));
  pipeline.finish();
  const saved = core.readLabelTiff(readFileSync(join(folder, 'native/forest/nuclei_03_labeled.tif')), 'labels');
  assert.deepEqual(pipeline.value('labels').labels.data, saved.data);
  pipeline.dispose();
  for (const form of ['python', 'notebook', 'macro']) assert.equal(runBoth(form, 'forest.json').status, 0);
  assert.equal(runBoth('train', 'samples/nuclei_01.tif', 'nuclei_02_paint.tif', 'alone.tif').status, 2);
  assert.equal(runBoth('train', 'samples/nuclei_01.tif', 'samples/case_dim_truth.tif').status, 1);
});

test('what goes wrong is said in the same words, with the same exit status', () => {
  writeFileSync(join(folder, 'holiday.tif'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
  const outcome = runBoth('segment', 'holiday.tif', 'missing.tif', 'none_*.tif', 'samples', 'samples/small_field.tif',
    '--out', 'OUT/labels');
  assert.equal(outcome.status, 1);
  assert.equal(outcome.stderr.trim().split('\n').length, 4);
  assert.equal(outcome.stdout.trim().split('\n').length, 1);
  assert.equal(runBoth('segment').status, 2);
  assert.equal(runBoth('segment', 'holiday.tif', '--name', 'one.tif').status, 2);
  assert.equal(runBoth('--help').status, 0);
  assert.equal(runBoth('segment', 'samples/small_field.tif', '--out', 'holiday.tif/labels').status, 1);
  assert.equal(runBoth('segment', 'samples/small_field.tif', '--measurements', 'holiday.tif/all.csv').status, 1);
});

test('a reader that takes its time gets all of it', () => {
  const command = `"${programs.node[0]}" "${programs.node[1]}" info --json 'samples/*.tif' 'samples/*.tif'`;
  const { stdout } = spawnSync('sh', ['-c', `${command} | (sleep 1; cat)`], { cwd: folder, encoding: 'utf8' });
  assert.ok(JSON.parse(stdout).length > 150);
});

test('npx finds it', () => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'floodlight', '--version'], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, run('native', ['--version']).stdout);
});
