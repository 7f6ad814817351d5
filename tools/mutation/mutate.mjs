// node tools/mutation/mutate.mjs ROOT JOBS [--places N] [--seed S] [--ids A,B]: see tools/mutate.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { allPlaces, drawn, rewrite } from './places.mjs';

const [root, jobs, ...args] = process.argv.slice(2);
const option = (name, usual) => (args.includes(name) ? args[args.indexOf(name) + 1] : usual);
const wanted = Number(option('--places', 300));
const seed = Number(option('--seed', 1));
const work = path.join(root, 'build/mutate');
const copy = path.join(work, 'copy');
const program = path.join(copy, 'build/native/tests/floodlight_tests');
const started = Date.now();
const say = (text) => console.log(`[${String(Math.round((Date.now() - started) / 1000)).padStart(4)}s] ${text}`);

/** The rest of the project, as it is: linked where CMake only reads, copied where files are added. */
function lay() {
  fs.mkdirSync(copy, { recursive: true });
  for (const name of ['cmake', 'assets', 'web', 'shaders', 'tools', 'CMakeLists.txt', 'CMakePresets.json', 'package.json', 'LICENSE']) {
    const link = path.join(copy, name);
    if (!fs.existsSync(link) && fs.existsSync(path.join(root, name))) fs.symlinkSync(path.join(root, name), link);
  }
  execFileSync('cp', ['-ru', '--preserve=timestamps', path.join(root, 'tests'), copy]);
  fs.copyFileSync(path.join(root, 'tools/mutation/recorder.cpp'), path.join(copy, 'tests/core/mutants_recorder.cpp'));
}

function configure() {
  // Assertions and the library's own checks are on: a mutant that reads beyond a vector is found there.
  const flags = `-stdlib=libc++ -w -Wno-c++11-narrowing -include ${path.join(root, 'tools/mutation/mutants.h')} ` +
    '-D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_FAST';
  const { status, stdout, stderr } = spawnSync('cmake', ['--preset', 'native', '-DCMAKE_BUILD_TYPE=Debug',
    '-DCMAKE_CXX_FLAGS_DEBUG=-O1', '-DCMAKE_C_FLAGS_DEBUG=-O1', `-DCMAKE_CXX_FLAGS=${flags}`], { cwd: copy, encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout + stderr);
}

/** Builds the copy; gives the lines of it that an error names, "file:line", each with its text. */
function build() {
  const { status, stdout } = spawnSync('cmake', ['--build', 'build/native', '-j', jobs, '--target', 'floodlight_tests', '--', '-k', '0'],
    { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });
  fs.writeFileSync(path.join(work, 'build.log'), stdout);
  if (status === 0) return null;
  const lines = new Map();
  for (const [, file, line] of stdout.matchAll(/\b(core\/[\w/]+\.(?:cpp|h)):(\d+):\d+: (?:error|note)/g)) {
    lines.set(`${file}:${line}`, fs.readFileSync(path.join(copy, file), 'utf8').split('\n')[line - 1]);
  }
  return lines;
}

/** A statement may go over several lines, and the error stand at its end; a named constant's stands where it is used. */
function isToBlame(place, lines) {
  for (let line = place.line - 3; line <= place.line + 3; ++line) if (lines.has(`${place.file}:${line}`)) return true;
  const uses = place.name && new RegExp(`\\b${place.name}\\b`);
  return uses !== undefined && [...lines.values()].some((text) => uses.test(text));
}

/**
 * The first places of the drawn order that compile, all in one program; a few more are tried in the place of those that do not.
 * These are remembered: a second run need not find them again.
 */
function compile(order) {
  const memory = path.join(work, 'no_places.json');
  const known = new Set(fs.existsSync(memory) ? JSON.parse(fs.readFileSync(memory, 'utf8')) : []);
  const name = (place) => `${place.file}:${place.line}: ${place.says}`;
  const some = order.slice(0, wanted + Math.ceil(wanted / 10) + 2);
  let places = some.map((place, index) => ({ ...place, id: index + 1 })).filter((place) => !known.has(name(place)));
  for (;;) {
    rewrite(root, copy, places);
    const lines = build();
    if (lines === null) {
      fs.writeFileSync(memory, `${JSON.stringify([...known], null, 1)}\n`);
      return { places: places.slice(0, wanted), refused: some.length - places.length };
    }
    const bad = new Set(places.filter((place) => isToBlame(place, lines)));
    if (bad.size === 0) throw new Error(`the copy does not compile, and no place is to blame: ${path.join(work, 'build.log')}`);
    say(`${bad.size} places are no places for a mutant`);
    for (const place of bad) known.add(name(place));
    places = places.filter((place) => !bad.has(place));
  }
}

/** The tests' names, "Suite.Test". */
function names() {
  let suite = '';
  return execFileSync(program, ['--gtest_list_tests'], { cwd: copy, encoding: 'utf8' }).split('\n').flatMap((line) => {
    // "Suite.", or "Suite/0.  # TypeParam = int".
    suite = /^\S+\.(?=$|  #)/.exec(line)?.[0] ?? suite;
    return line.startsWith('  ') ? [suite + line.trim().split(' ')[0]] : [];
  });
}

/**
 * Which tests reach which place, and how long each takes. Each in a process of its own: what is computed once and kept is
 * reached by every test that asks for it, not only by the first.
 */
async function record() {
  const reached = [];
  const waiting = names();
  await Promise.all(Array.from({ length: Number(jobs) }, async (_, worker) => {
    const file = path.join(work, `reached_${worker}.txt`);
    for (let name; (name = waiting.shift());) {
      const failed = await new Promise((resolve) => {
        execFile(program, ['--gtest_brief=1', `--gtest_filter=${name}`], { cwd: copy, maxBuffer: 1 << 28,
          env: { ...process.env, FLOODLIGHT_MUTANTS_REACHED: file } }, (error, stdout) => resolve(error && stdout));
      });
      if (failed !== null) throw new Error(`a test fails without any mutant: ${failed.slice(-2000)}`);
      const [, ms, , ...ids] = fs.readFileSync(file, 'utf8').trim().split(' ');
      reached.push({ name, ms: Number(ms), ids: new Set(ids.map(Number)) });
    }
  }));
  return reached;
}

function run(id, tests) {
  const allowed = 30_000 + 5 * tests.reduce((sum, test) => sum + test.ms, 0);
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', 'ulimit -v 6000000 -c 0; exec "$@"', 'sh', program, '--gtest_brief=1', '--gtest_fail_fast',
      `--gtest_filter=${tests.map((test) => test.name).join(':')}`], { cwd: copy, timeout: allowed, killSignal: 'SIGKILL',
      maxBuffer: 1 << 28, env: { ...process.env, FLOODLIGHT_MUTANT: String(id) } }, (error) => resolve(error !== null));
  });
}

/** Whether a test fails with this mutant: quick ones are asked first. */
async function killed(place, tests) {
  const reaching = tests.filter((test) => test.ids.has(place.id)).sort((a, b) => a.ms - b.ms);
  if (reaching.length === 0) return 'not reached';
  let quick = 0;
  for (let sum = 0; quick < reaching.length && (sum += reaching[quick].ms) < 1500; ++quick);
  if (quick > 0 && await run(place.id, reaching.slice(0, quick))) return 'killed';
  if (quick < reaching.length && await run(place.id, reaching.slice(quick))) return 'killed';
  return 'survived';
}

say(`seed ${seed}: ${wanted} places`);
lay();
rewrite(root, copy, []);
configure();
const order = drawn(allPlaces(root), seed);
say(`core/ has ${order.length} comparisons and constants`);
const { places, refused } = compile(order);
say(`${places.length} mutants in one program; ${refused} places did not compile`);
const tests = await record();
say(`${tests.length} tests, ${Math.round(tests.reduce((sum, test) => sum + test.ms, 0) / 1000)} s`);

const only = option('--ids', '').split(',').filter(Boolean).map(Number);
const asked = only.length > 0 ? places.filter((place) => only.includes(place.id)) : places;
const reasons = new Map(JSON.parse(fs.readFileSync(path.join(root, 'tools/mutation/survivors.json'), 'utf8'))
  .map((entry) => [`${entry.file} ${entry.mutant}`, entry]));
const waiting = [...asked];
const results = [];
await Promise.all(Array.from({ length: Number(jobs) }, async () => {
  for (let place; (place = waiting.shift());) {
    const result = await killed(place, tests);
    results.push({ place, result });
    if (result !== 'killed') console.log(`${result}: ${place.id}: ${place.file}:${place.line}: ${place.says}`);
    if (results.length % 50 === 0) say(`${results.length} of ${asked.length}`);
  }
}));

const dead = results.filter(({ result }) => result === 'killed').length;
const alive = results.filter(({ result }) => result !== 'killed').sort((a, b) => a.place.id - b.place.id)
  .map(({ place, result }) => ({ id: place.id, file: place.file, line: place.line, mutant: place.says, result,
    ...reasons.get(`${place.file} ${place.says}`) }));
fs.writeFileSync(path.join(work, 'survivors.json'), `${JSON.stringify(alive, null, 1)}\n`);
const same = alive.filter((each) => each.equivalent).length;
const share = (100 * dead) / (results.length - same);
say(`${results.length} mutants: ${dead} killed, ${alive.length} survived (build/mutate/survivors.json), of which ${same} change no result`);
say(`${share.toFixed(1)} % of those that change a result are killed`);
process.exitCode = share >= 90 ? 0 : 1;
