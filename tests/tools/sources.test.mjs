// Where CMake takes the third-party sources from, and what it says when there is no way to them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const skip = ['cmake', 'git'].some((program) => spawnSync(program, ['--version']).error) && 'cmake or git missing';
let folder;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'floodlight-sources-'));
  fs.writeFileSync(path.join(folder, 'CMakeLists.txt'), `cmake_minimum_required(VERSION 3.25)
    project(sources LANGUAGES NONE)
    include(${root}cmake/FloodlightSources.cmake)
    floodlight_sources(zlib tiff)
    message(STATUS "zlib is in \${zlib_SOURCE_DIR}, tiff in \${tiff_SOURCE_DIR}")`);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Configures; every repository is looked for in a folder that is not there. `{status, out}` with its lines joined. */
function configure(...args) {
  const { status, stdout, stderr } = spawnSync('cmake', ['-S', folder, '-B', path.join(folder, 'build'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, FLOODLIGHT_SOURCES: path.join(folder, 'src'), GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.file://${folder}/nowhere/.insteadOf`, GIT_CONFIG_VALUE_0: 'https://' },
  });
  return { status, out: (stdout + stderr).replace(/\s+/g, ' ') };
}

test('unpacked sources are taken, also those that a cached folder has given way to', { skip }, () => {
  for (const name of ['zlib', 'tiff']) fs.mkdirSync(path.join(folder, 'src', name), { recursive: true });
  const { status, out } = configure('-DFETCHCONTENT_SOURCE_DIR_ZLIB=/nowhere');
  assert.equal(status, 0, out);
  assert.ok(out.includes(`zlib is in ${folder}/src/zlib, tiff in ${folder}/src/tiff`), out);
});

test('without a network it says which sources are missing and what to do', { skip }, () => {
  fs.mkdirSync(path.join(folder, 'src/zlib'), { recursive: true });
  const { status, out } = configure();
  assert.equal(status, 1);
  assert.match(out, /The sources of tiff are not in the cache, and https:\/\/gitlab\.com\/libtiff\/libtiff\.git does not answer \(.*\): run tools\/setup when there is a network, or name unpacked sources with -DFETCHCONTENT_SOURCE_DIR_TIFF=DIRECTORY\./);
});

test('every repository is pinned by a commit', () => {
  const text = fs.readFileSync(path.join(root, 'cmake/FloodlightSources.cmake'), 'utf8');
  const tags = [...text.matchAll(/^ +GIT_TAG (\S+)/gm)].map(([, tag]) => tag);
  assert.equal(tags.length, 4);
  for (const tag of tags) assert.match(tag, /^[0-9a-f]{40}$/);
});
