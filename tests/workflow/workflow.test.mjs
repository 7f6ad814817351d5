// The Snakemake workflow: two jobs at a time here, killed and resumed, and through a scheduler by its profile alone.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'build/native/floodlight');
const workflow = join(root, 'tools/workflow');
const folder = mkdtempSync(join(tmpdir(), 'floodlight-workflow-'));
const skip = spawnSync('snakemake', ['--version']).error ? 'snakemake is not installed' : false;

/** Runs the program as it is, in the test's folder. */
function floodlight(...args) {
  const { status, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

const read = (...path) => readFileSync(join(folder, ...path));
const names = (...path) => (existsSync(join(folder, ...path)) ? readdirSync(join(folder, ...path)).sort() : []);

before(() => {
  if (skip) return;
  assert.ok(existsSync(program), `There is no ${program}; tools/build --native makes it.`);
  floodlight('simulate', '--out', 'my images', '--images', '5', '--set', 'sampling.rows=96', '--set', 'sampling.columns=96');
  floodlight('segment', 'my images/simulated_??.tif', '--out', 'all', '--measurements', 'all.csv');
  // The program, slowed down, so that there is something to interrupt; it notes what it was asked for.
  script('slow', `echo "$@" >> started.txt\nsleep 1\nexec '${program}' "$@"`);
  // A scheduler that starts what is submitted at once.
  mkdirSync(join(folder, 'bin'));
  script('bin/sbatch', 'for job; do :; done\necho "$@" >> submitted.txt\nsh "$job" > "job-$$.log" 2>&1 &\necho $$');
});
after(() => rmSync(folder, { recursive: true }));

function script(name, lines) {
  writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** The arguments and surroundings of a run, whose results go to a folder of their own. */
function order(profile, results, { options = [], config = [], images = 'my images/simulated_??.tif' } = {}) {
  const args = ['--snakefile', join(workflow, 'Snakefile'), '--profile', join(workflow, 'profiles', profile), ...options,
    '--config', `images=${images}`, `results=${results}`, ...config];
  const env = { ...process.env, PATH: join(folder, 'bin') + delimiter + process.env.PATH };
  return ['snakemake', args, { cwd: folder, env, encoding: 'utf8' }];
}

function assertResults(results, expected) {
  assert.deepEqual(names(results, 'labels'), names(expected));
  for (const name of names(expected)) {
    assert.ok(read(results, 'labels', name).equals(read(expected, name)), `${name} differs`);
  }
  assert.ok(read(results, 'measurements.csv').equals(read(`${expected}.csv`)));
}

test('killed and resumed, it gives what one run of the program gives', { skip }, async () => {
  const slow = { options: ['--cores', '2'], config: [`program=${join(folder, 'slow')}`] };
  const started = () => read('started.txt').toString().trim().split('\n');
  const [command, args, surroundings] = order('local', 'resumed', slow);
  const first = spawn(command, args, { ...surroundings, detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => { first.on('exit', resolve); });
  while (names('resumed', 'tables').length === 0 && first.exitCode === null) await sleep(20);
  await sleep(300); // two others have begun
  process.kill(-first.pid, 'SIGKILL');
  await ended;
  const done = names('resumed', 'tables');
  assert.ok(done.length > 0 && done.length < 5, `${done.length} were done when it was killed`);
  assert.ok(!existsSync(join(folder, 'resumed/measurements.csv')));

  const before = started().length;
  assert.equal(spawnSync(...order('local', 'resumed', { ...slow, options: ['--cores', '2', '--unlock'] })).status, 0);
  const { status, stderr } = spawnSync(...order('local', 'resumed', slow));
  assert.equal(status, 0, stderr);
  assertResults('resumed', 'all');
  assert.equal(started().length - before, 5 - done.length, 'what was done is not done again');

  assert.match(spawnSync(...order('local', 'resumed', slow)).stderr, /Nothing to be done/);
});

test('a scheduler gets a job an image by the profile alone', { skip, timeout: 180000 }, () => {
  const images = 'my images/simulated_0[13].tif';
  floodlight('segment', 'my images/simulated_01.tif', 'my images/simulated_03.tif', '--out', 'two', '--measurements',
    'two.csv');
  const { status, stderr } = spawnSync(...order('slurm', 'scheduled', { options: ['--latency-wait', '5'], images }));
  assert.equal(status, 0, stderr);
  assertResults('scheduled', 'two');
  const submitted = read('submitted.txt').toString().trim().split('\n');
  assert.equal(submitted.length, 2);
  for (const line of submitted) assert.match(line, /^--parsable .*--cpus-per-task=1 --mem=2000 --time=30 /);
});

test('a recipe is followed, and an image that cannot be read does not stop the others', { skip }, () => {
  writeFileSync(join(folder, 'high.json'), '{"floodlight_recipe": 1, "threshold": {"method": "manual", "value": 60000}}');
  writeFileSync(join(folder, 'my images/simulated_99.tif'), 'no image');
  const run = () => spawnSync(...order('local', 'high', { options: ['--cores', '2'], config: ['recipe=high.json'] }));
  assert.notEqual(run().status, 0);
  assert.equal(names('high', 'labels').length, 5);
  assert.ok(!existsSync(join(folder, 'high/measurements.csv')));
  rmSync(join(folder, 'my images/simulated_99.tif'));
  const { status, stderr } = run();
  assert.equal(status, 0, stderr);
  assert.equal(read('high/measurements.csv').toString().trim().split('\n').length, 1, 'nothing is as bright');
});
