// What is fetched from Debian does not depend on the mirror's day: the locked version first, then others, three tries each.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Mirror } from './mirror.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const needs = ['gpg', 'apt-get', 'dpkg-deb', 'dpkg-source'].filter((program) => spawnSync(program, ['--version']).error);
const skip = needs.length > 0 ? `${needs.join(', ')} missing` : false;
const suites = ['trixie', 'trixie-proposed-updates', 'forky', 'sid'];
let folder;
let mirror;

beforeEach(async () => {
  if (skip) return;
  folder = fs.mkdtempSync(path.join(tmpdir(), 'floodlight-fetch-'));
  fs.mkdirSync(path.join(folder, 'mirror'));
  mirror = await Mirror.start(path.join(folder, 'mirror'), suites);
  // The scripts find their lock files beside themselves.
  fs.mkdirSync(path.join(folder, 'tools'));
  for (const name of ['lib.sh', 'debian.sh', 'fetch-debian.mjs', 'fetch-sources', 'fetch-skimage']) {
    fs.copyFileSync(path.join(root, 'tools', name), path.join(folder, 'tools', name));
  }
});
afterEach(() => {
  if (skip) return;
  mirror.stop();
  fs.rmSync(folder, { recursive: true });
});

/** Runs a program with the test's mirror and cache; `{status, out}`, with both of its streams. */
function run(program, args, env = {}) {
  return new Promise((resolve) => {
    execFile(program, args, {
      cwd: folder,
      env: { ...process.env, FLOODLIGHT_MIRROR: mirror.url, FLOODLIGHT_KEYRING: mirror.keyring, FLOODLIGHT_PAUSE: '0',
        XDG_CACHE_HOME: path.join(folder, 'cache'), ...env },
    }, (error, stdout, stderr) => resolve({ status: error?.code ?? 0, out: stdout + stderr }));
  });
}

const lock = (name, ...lines) => fs.writeFileSync(path.join(folder, 'tools', name), `${lines.join('\n')}\n`);
const unpacked = (name) => fs.readFileSync(path.join(folder, 'cache/floodlight/src', name, 'what'), 'utf8').trim();
const fetchSources = (args = [], env = {}) => run(path.join(folder, 'tools/fetch-sources'), args, env);
const indexesRead = () => mirror.requests.filter((each) => each.startsWith('dists/'));
const archive = (line) => line.split(' ')[3].replace(/\.dsc$/, '.tar.gz');

/** The source packages that fetch-sources wants, as they are locked; `change` replaces or removes some. */
function addSources(change = {}) {
  const lines = {
    tiff: () => mirror.addSource('tiff', '4.7.0-3', ['trixie']),
    zlib: () => mirror.addSource('zlib', '1:1.3.dfsg-1', ['trixie']),
    imgui: () => mirror.addSource('imgui', '1.92.2-1', ['forky']),
    googletest: () => mirror.addSource('googletest', '1.16.0-1', ['trixie']),
    ...change,
  };
  const made = Object.fromEntries(Object.entries(lines).map(([name, make]) => [name, make()]));
  lock('SOURCES.lock', ...Object.values(made));
  return made;
}

test('the locked version is taken, whatever is newer, and no index is read for it', { skip }, async () => {
  addSources();
  const newer = mirror.addSource('zlib', '1:1.3.dfsg-1+deb13u1', ['trixie']);
  mirror.fail(archive(newer), 'missing');
  const { status, out } = await fetchSources();
  assert.equal(status, 0, out);
  assert.equal(unpacked('zlib'), 'zlib 1:1.3.dfsg-1');
  assert.equal(unpacked('imgui'), 'imgui 1.92.2-1');
  assert.deepEqual(indexesRead(), []);

  mirror.requests.length = 0;
  const again = await fetchSources();
  assert.match(again.out, /the sources are in/);
  assert.deepEqual(mirror.requests, []);
});

test('the locked version is taken from the pool when no index lists it any longer', { skip }, async () => {
  addSources({ tiff: () => mirror.addSource('tiff', '4.7.0-3', []) });
  mirror.addSource('tiff', '4.7.0-4', ['trixie']);
  const { status, out } = await fetchSources();
  assert.equal(status, 0, out);
  assert.equal(unpacked('tiff'), 'tiff 4.7.0-3');
});

test('where a file of it is gone, the newest of the suite that is accepted and there is taken, told in a line', { skip }, async () => {
  const { zlib } = addSources();
  mirror.fail(archive(zlib), 'missing');
  const there = mirror.addSource('zlib', '1:1.3.dfsg-2', ['trixie']);
  mirror.fail(archive(mirror.addSource('zlib', '1:1.3.dfsg-3', ['trixie'])), 'missing');
  mirror.addSource('zlib', '1:1.4.dfsg-1', ['trixie']);
  const { status, out } = await fetchSources();
  assert.equal(status, 0, out);
  assert.equal(unpacked('zlib'), 'zlib 1:1.3.dfsg-2');
  assert.match(out, /zlib: 1:1\.3\.dfsg-2 of Debian trixie \(1:1\.3\.dfsg-1 is not to be had: zlib_1\.3\.dfsg-1\.tar\.gz: 404 Not Found\)/);
  assert.equal(mirror.count(archive(there)), 1);
  assert.deepEqual([...new Set(indexesRead().map((each) => each.split('/')[1]))], ['trixie']);

  // What took the locked one's place is not looked for again, until the lock names another.
  assert.match((await fetchSources()).out, /the sources are in/);
  lock('SOURCES.lock', ...fs.readFileSync(path.join(folder, 'tools/SOURCES.lock'), 'utf8').trim().split('\n').slice(0, 1), there);
  assert.match((await fetchSources(['--serving'])).out, /fetching the sources of zlib/);
});

test('the other suites come last', { skip }, async () => {
  const { imgui } = addSources();
  mirror.fail(imgui.split(' ')[3], 'missing');
  mirror.addSource('imgui', '1.90.1-1', ['trixie']);
  mirror.addSource('imgui', '1.92.9-1', ['sid']);
  const { status, out } = await fetchSources();
  assert.equal(status, 0, out);
  assert.equal(unpacked('imgui'), 'imgui 1.92.9-1');
  assert.match(out, /imgui: 1\.92\.9-1 of Debian sid/);
});

test('what no suite has is left to CMake, with a sentence that names the file, and the rest is there', { skip }, async () => {
  const { imgui } = addSources();
  mirror.fail(imgui.split(' ')[3], 'missing');
  const { status, out } = await fetchSources(['--serving']);
  assert.equal(status, 0, out);
  assert.match(out, /CMake will fetch from upstream: imgui_1\.92\.2-1\.dsc cannot be fetched from http:\S+ \(404 Not Found\), and there is no other imgui 1\.92\.\* to be had from Debian trixie, trixie-proposed-updates, forky or sid: try again later, or name another/);
  assert.equal(unpacked('zlib'), 'zlib 1:1.3.dfsg-1');
  assert.ok(!fs.existsSync(path.join(folder, 'cache/floodlight/src/imgui')));
  assert.ok(!fs.existsSync(path.join(folder, 'cache/floodlight/src/googletest')), 'serving needs no GoogleTest');
});

test('cut short, slow, stalled, missing or replaced by another page once: the file comes at a later try', { skip }, async () => {
  const made = addSources();
  mirror.fail(archive(made.tiff), 'cut', 'whole');
  mirror.fail(archive(made.zlib), 'slow');
  mirror.fail(archive(made.imgui), 'missing', 'another page', 'whole');
  mirror.fail(archive(made.googletest), 'stalled', 'whole');
  const { status, out } = await fetchSources([], { FLOODLIGHT_TIMEOUT: '3' });
  assert.equal(status, 0, out);
  for (const [name, line] of Object.entries(made)) assert.equal(unpacked(name), line.split(' ').slice(0, 2).join(' '));
  assert.deepEqual(indexesRead(), []);
  assert.equal(mirror.count(archive(made.imgui)), 3);
});

test('a file is tried three times; what is not what the digest says is never used', { skip }, async () => {
  const { tiff } = addSources();
  mirror.fail(archive(tiff), 'another page');
  mirror.addSource('tiff', '4.7.0-4', ['trixie']);
  const { out } = await fetchSources();
  assert.equal(mirror.count(archive(tiff)), 3);
  assert.equal(unpacked('tiff'), 'tiff 4.7.0-4', out);
});

test('an index that comes at the second try is read; one that a stranger has signed is not', { skip }, async () => {
  const { tiff } = addSources();
  mirror.fail(archive(tiff), 'missing');
  mirror.addSource('tiff', '4.7.0-4', ['trixie']);
  mirror.fail('dists/trixie/InRelease', 'missing', 'whole');
  const stranger = await fetchSources(['--serving'], { FLOODLIGHT_KEYRING: mirror.keyOfStranger() });
  assert.match(stranger.out, /the index of Debian trixie cannot be read \(.*\): it is left out/);
  assert.ok(!fs.existsSync(path.join(folder, 'cache/floodlight/src/tiff')));

  mirror.fail('dists/trixie/InRelease', 'missing', 'whole');
  const { status, out } = await fetchSources(['--serving']);
  assert.equal(status, 0, out);
  assert.equal(unpacked('tiff'), 'tiff 4.7.0-4');
});

/** Binary packages by their lock; the versions that came, by name. */
async function fetchPackages(...packages) {
  const result = await run('node', ['tools/fetch-debian.mjs', '--kind', 'binary', '--lock', 'tools/PACKAGES.lock', '--suites',
    'trixie,sid', '--mirror', mirror.url, '--keyring', mirror.keyring, '--work', 'work', '--out', 'debs', ...packages]);
  const lines = fs.readFileSync(path.join(folder, 'debs/fetched'), 'utf8').trim().split('\n').filter(Boolean);
  for (const line of lines) assert.ok(fs.existsSync(path.join(folder, 'debs', path.basename(line.split(' ')[3]))), line);
  return { ...result, versions: Object.fromEntries(lines.map((line) => line.split(' '))) };
}

test('packages that are built together are replaced together', { skip }, async () => {
  const llvm = { source: 'llvm' };
  lock('PACKAGES.lock', mirror.addPackage('clang', '1:19.1-3', [], llvm), mirror.addPackage('libllvm', '1:19.1-3', [], llvm),
    mirror.addPackage('libmd0', '1.1.0-2+b1', [], { source: 'libmd', sourceVersion: '1.1.0-2' }));
  mirror.fail('pool/main/l/llvm/libllvm_19.1-3_all.deb', 'missing');
  mirror.addPackage('clang', '1:19.1-5', ['trixie'], llvm);  // without its library
  for (const name of ['clang', 'libllvm']) mirror.addPackage(name, '1:19.1-4+b2', ['trixie'], { ...llvm, sourceVersion: '1:19.1-4' });
  const { status, out, versions } = await fetchPackages('clang=19.', 'libllvm=19.', 'libmd0');
  assert.equal(status, 0, out);
  assert.deepEqual(versions, { clang: '1:19.1-4+b2', libllvm: '1:19.1-4+b2', libmd0: '1.1.0-2+b1' });
  assert.match(out, /clang and 1 built with it: 1:19\.1-4\+b2 of Debian trixie \(.*libllvm_19\.1-3_all\.deb: 404 Not Found\)/);
});

test('what cannot be had in the end is one sentence that says which file and what to do', { skip }, async () => {
  lock('PACKAGES.lock', mirror.addPackage('emscripten', '3.1.69-3', ['trixie']), mirror.addPackage('libmd0', '1.1.0-2', ['trixie']));
  mirror.fail('pool/main/e/emscripten/emscripten_3.1.69-3_all.deb', 'missing');
  mirror.addPackage('emscripten', '6.0.5-1', ['sid']);
  const { status, out, versions } = await fetchPackages('emscripten=3.1.', 'libmd0');
  assert.equal(status, 1);
  assert.deepEqual(versions, { libmd0: '1.1.0-2' });
  assert.match(out, /^emscripten_3\.1\.69-3_all\.deb cannot be fetched from .* \(404 Not Found\), and there is no other emscripten 3\.1\.\* to be had from Debian trixie or sid: try again later, or name another Debian mirror in FLOODLIGHT_MIRROR\.$/m);
});

test('any later Emscripten of the series is taken', { skip }, async () => {
  lock('PACKAGES.lock', 'emscripten 3.1.69-3 00 pool/main/e/emscripten/emscripten_3.1.69-3_all.deb');
  mirror.addPackage('emscripten', '3.1.70-1', ['trixie']);
  const { status, out, versions } = await fetchPackages('emscripten=3.1.');
  assert.equal(status, 0, out);
  assert.deepEqual(versions, { emscripten: '3.1.70-1' });
});

/** Has apt download a package and what it depends on, as tools/setup has it install them. */
function aptDownload(name) {
  const apt = path.join(folder, 'apt');
  for (const part of ['lists/partial', 'archives/partial', 'sources', 'parts']) fs.mkdirSync(path.join(apt, part), { recursive: true });
  fs.writeFileSync(path.join(apt, 'status'), '');
  fs.writeFileSync(path.join(apt, 'sources/test.list'), `deb [signed-by=${mirror.keyring}] ${mirror.url} trixie main\n`);
  fs.writeFileSync(path.join(apt, 'conf'), `Dir::State::Lists "${apt}/lists"; Dir::State::status "${apt}/status";
    Dir::Etc::sourcelist "/dev/null"; Dir::Etc::sourceparts "${apt}/sources"; Dir::Etc::preferencesparts "${apt}/parts";
    Dir::Cache "${apt}"; Dir::Cache::Archives "${apt}/archives"; APT::Sandbox::User ""; Debug::NoLocking "true";
    Acquire::Languages "none"; Acquire::Retries "0"; APT::Update::Post-Invoke ""; DPkg::Post-Invoke "";\n`);
  const script = `. tools/lib.sh; . tools/debian.sh; apt-get -q update > /dev/null 2>&1; touch pins
    without_missing apt "$PWD/pins" apt-get -q -y -o "Dir::Etc::Preferences=$PWD/pins" --download-only install ${name} ||
      die "$(what_failed apt pins)"`;
  return run('bash', ['-c', script], { APT_CONFIG: path.join(apt, 'conf') });
}
const archives = () => fs.readdirSync(path.join(folder, 'apt/archives')).filter((name) => name.endsWith('.deb')).sort();

test('apt takes another version than the newest where its file is missing', { skip }, async () => {
  mirror.addPackage('microscope', '1-1', ['trixie'], { depends: 'lens, lamp' });
  for (const version of ['1:1.0-1', '1:1.0-2+deb13u1']) mirror.addPackage('lens', version, ['trixie']);
  for (const version of ['1.0-1', '11.0-1', '11.0-2']) mirror.addPackage('lamp', version, ['trixie']);
  mirror.fail('pool/main/l/lens/lens_1.0-2+deb13u1_all.deb', 'missing');
  mirror.fail('pool/main/l/lamp/lamp_11.0-2_all.deb', 'missing');
  const { status, out } = await aptDownload('microscope');
  assert.equal(status, 0, out);
  assert.deepEqual(archives(), ['lamp_11.0-1_all.deb', 'lens_1%3a1.0-1_all.deb', 'microscope_1-1_all.deb']);
  assert.equal(mirror.count('pool/main/l/lens/lens_1.0-2+deb13u1_all.deb'), 3);
  assert.match(out, /lens 1\.0-2\+deb13u1 cannot be fetched \(404 Not Found\): looking for another version/);
});

test('apt says which file it is, where there is no other version', { skip }, async () => {
  mirror.addPackage('microscope', '1-1', ['trixie'], { depends: 'lens' });
  mirror.addPackage('lens', '1.0-1', ['trixie']);
  mirror.fail('pool/main/l/lens/lens_1.0-1_all.deb', 'missing');
  const { status, out } = await aptDownload('microscope');
  assert.equal(status, 1);
  assert.match(out, /^bash: lens 1\.0-1 cannot be fetched \(404 Not Found\)$/m);
});

const asRoot = process.getuid() === 0 || spawnSync('sudo', ['-n', 'true']).status === 0;
test('a root file system is made of the locked packages, else of others; then a sentence', {
  skip: skip || (!asRoot && 'only root makes root file systems'),
}, async () => {
  lock('SKIMAGE.lock', mirror.addPackage('lens', '1.0-1', []), mirror.addPackage('lamp', '1.0-1', []));
  mirror.fail('pool/main/l/lamp/lamp_1.0-1_all.deb', 'missing');
  // A mmdebstrap that never gets one of the files.
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.writeFileSync(path.join(folder, 'bin/mmdebstrap'), `#!/bin/sh
    echo "$@" >> ${folder}/asked
    cp ${folder}/cache/floodlight/skimage.work/pins ${folder}/pins
    cp ${folder}/cache/floodlight/skimage.work/debs/Packages ${folder}/local
    echo 'E: Failed to fetch ${mirror.url}/pool/main/z/zlib/zlib1g_1.3%2breally1-1_amd64.deb  404  Not Found [IP: 127.0.0.1 80]'
    exit 25\n`);
  fs.chmodSync(path.join(folder, 'bin/mmdebstrap'), 0o755);
  const { status, out } = await run(path.join(folder, 'tools/fetch-skimage'), [], { PATH: `${folder}/bin:${process.env.PATH}` });
  assert.equal(status, 1);
  assert.match(out, /lamp 1\.0-1 cannot be fetched \(404 Not Found\): looking for another version/);
  assert.match(fs.readFileSync(path.join(folder, 'local'), 'utf8'), /^Package: lens\n[^]*^Filename: \.\/lens_1\.0-1_all\.deb$/m);
  const asked = fs.readFileSync(path.join(folder, 'asked'), 'utf8').trim().split('\n');
  assert.match(asked[0], /copy:.* trixie main$/);
  assert.match(asked.at(-1), /main deb \S+ sid main$/);
  assert.match(fs.readFileSync(path.join(folder, 'pins'), 'utf8'), /^Package: zlib1g\nPin: version 1\.3\+really1-1\nPin-Priority: -1$/m);
  assert.match(out.trim().split('\n').at(-1), /^fetch-skimage: no root file system of Debian trixie: zlib1g 1\.3\+really1-1 cannot be fetched \(404 Not Found\): run it again later, or name another Debian mirror in FLOODLIGHT_MIRROR$/);
  assert.ok(!fs.existsSync(path.join(folder, 'cache/floodlight/skimage.part')));
});

test('every line of the lock files names a file of the pool and its digest', () => {
  for (const name of ['SOURCES.lock', 'PACKAGES.lock', 'SKIMAGE.lock']) {
    const lines = fs.readFileSync(path.join(root, 'tools', name), 'utf8').trim().split('\n');
    for (const line of lines) {
      const [, version] = line.split(' ');
      assert.match(line, /^\S+ \S+ [0-9a-f]{64} pool\/main\/(lib)?[a-z0-9]\/[^/ ]+\/[^/ ]+\.(dsc|deb)$/);
      assert.equal(path.basename(line).split('_').slice(0, 2).join('_').replace(/\.dsc$/, ''),
        `${line.split(' ')[0]}_${version.replace(/^\d+:/, '')}`);
    }
    assert.equal(new Set(lines.map((line) => line.split(' ')[0])).size, lines.length, `${name} names a package twice`);
  }
});
