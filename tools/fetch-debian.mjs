// Fetches packages of Debian so that nobody's update of Debian breaks a build.
//
//   node tools/fetch-debian.mjs --kind source|binary --lock FILE --suites A,B --mirror URL --keyring FILE
//     --work DIRECTORY --out DIRECTORY PACKAGE[=VERSION[|VERSION]]...
//
// The rule, for every package: the exact version of the lock file first, whatever the index says of it: its digest stands
// in the lock. Where a file of it is gone, the newest version of the first suite that begins with one of the accepted
// VERSIONs (any, if none is given), then the next newest, then those of the other suites, in order; their digests stand in
// the signed index. What replaces the locked version is told in a line. Binary packages that are built together (they lie
// in one folder of the pool) are replaced together: a compiler goes with its own library. A file is tried three times.
//
// OUT gets the files and, in the form of the lock, the list `fetched`: "name version SHA-256 path" a line; a source
// package is its .dsc, which in turn names its files with their digests. What cannot be had is said in one sentence each,
// and the exit status is 1. Downloads go through apt, whose proxies and certificates are this machine's own.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const TRIES = 3;
/** Seconds without a byte after which a connection is given up, and seconds between two tries. */
const TIMEOUT = Number(process.env.FLOODLIGHT_TIMEOUT ?? 30);
const PAUSE = Number(process.env.FLOODLIGHT_PAUSE ?? 2);
const APT = ['-q', '-oAPT::Sandbox::User=', '-oAcquire::Retries=0', `-oAcquire::http::Timeout=${TIMEOUT}`,
  `-oAcquire::https::Timeout=${TIMEOUT}`];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(['kind', 'lock', 'suites', 'mirror', 'keyring', 'work', 'out']
    .map((name) => [name, { type: 'string', default: '' }])),
});
const isSource = options.kind === 'source';
const started = Number(process.env.FLOODLIGHT_STARTED ?? Date.now() / 1000);
const say = (text) => console.log(`[${String(Math.floor(Date.now() / 1000 - started)).padStart(4)}s] ${text}`);
const outFile = (name) => path.join(options.out, name);

// --- fetching ---------------------------------------------------------------------------------------------------------

function isWhole({ file, sha256 }) {
  return fs.existsSync(file) && createHash('sha256').update(fs.readFileSync(file)).digest('hex') === sha256;
}

/** The reason that apt gives for each file it could not fetch, by the file's path in the pool. */
function reasonsOf(stderr) {
  const reasons = new Map();
  for (const [, url, reason] of stderr.matchAll(/^E: Failed to fetch (\S+) +(.*)$/gm)) {
    let plain = url;
    try {
      plain = decodeURIComponent(url);
    } catch { /* apt had not encoded it */ }
    reasons.set(plain, reason.replace(/ *\[.*/, '').replace(/\s+/g, ' ').trim());
  }
  return reasons;
}

/** Fetches files, `{pool, file, sha256}` each, in at most three tries; returns those that failed, with their `reason`. */
async function download(files) {
  let left = files.filter((each) => !isWhole(each));
  for (let attempt = 1; left.length > 0 && attempt <= TRIES; ++attempt) {
    if (attempt > 1) await sleep(1000 * PAUSE);
    const url = ({ pool }) => `${options.mirror}/${pool}`;
    const wanted = left.flatMap((each) => [url(each), each.file, `SHA256:${each.sha256}`]);
    const { stderr, error } = spawnSync('/usr/lib/apt/apt-helper', [...APT, 'download-file', ...wanted],
      { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 26 });
    const reasons = reasonsOf(stderr ?? '');
    for (const each of left) fs.rmSync(`${each.file}.FAILED`, { force: true });
    left = left.filter((each) => !isWhole(each))
      .map((each) => ({ ...each, reason: reasons.get(url(each)) ?? error?.message ?? 'it did not arrive whole' }));
  }
  return left;
}

/** Fetches package versions, `{name, version, sha256, pool}` each; a Map from those that failed to `{file, reason}`. */
async function fetchAll(entries) {
  const failures = new Map();
  const fetchFor = async (wanted) => {  // `[entry, pool, sha256]` each
    const files = wanted.map(([entry, pool, sha256]) => ({ entry, pool, sha256, file: outFile(path.basename(pool)) }));
    for (const { entry, pool, reason } of await download(files)) {
      if (!failures.has(entry)) failures.set(entry, { file: path.basename(pool), reason });
    }
  };
  await fetchFor(entries.map((entry) => [entry, entry.pool, entry.sha256]));
  if (isSource) {
    await fetchFor(entries.filter((entry) => !failures.has(entry)).flatMap((entry) =>
      filesOfDsc(fs.readFileSync(outFile(path.basename(entry.pool)), 'utf8'))
        .map(([sha256, name]) => [entry, path.posix.join(path.posix.dirname(entry.pool), name), sha256])));
  }
  return failures;
}

/** `[sha256, name]` of each file that a .dsc names. */
function filesOfDsc(text) {
  const [, list = ''] = text.match(/^Checksums-Sha256:[ \t]*\n((?:[ \t]+.*\n)*)/m) ?? [];
  return [...list.matchAll(/^[ \t]+([0-9a-f]{64})[ \t]+\d+[ \t]+([^\s/]+)$/gm)].map(([, sha256, name]) => [sha256, name]);
}

// --- what there is ----------------------------------------------------------------------------------------------------

/** The versions that are tried first; a list that is not there yet names none. */
function readLock() {
  if (!fs.existsSync(options.lock)) return [];
  const lines = fs.readFileSync(options.lock, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [name, version, sha256, pool] = line.split(' ');
    return { name, version, sha256, pool, suite: null };
  });
}

/** Options of a private apt: its own package lists, so that other Debian suites are read without touching the machine. */
function privateApt(suite) {
  const dir = path.resolve(options.work, `apt-${suite}`);
  for (const name of ['lists/partial', 'cache/archives/partial', 'sources', 'preferences', 'trusted']) {
    fs.mkdirSync(path.join(dir, name), { recursive: true });
  }
  fs.writeFileSync(path.join(dir, 'sources/private.sources'), `Types: ${isSource ? 'deb-src' : 'deb'}\n` +
    `URIs: ${options.mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${options.keyring}\n`);
  return [...APT, `-oDir::State::Lists=${dir}/lists`, '-oDir::State::status=/dev/null',
    '-oDir::State::extended_states=/dev/null', '-oDir::Etc::sourcelist=/dev/null', `-oDir::Etc::sourceparts=${dir}/sources`,
    '-oDir::Etc::preferences=/dev/null', `-oDir::Etc::preferencesparts=${dir}/preferences`,
    '-oDir::Etc::trusted=/dev/null', `-oDir::Etc::trustedparts=${dir}/trusted`, `-oDir::Cache=${dir}/cache`,
    '-oAcquire::AllowInsecureRepositories=false', '-oAcquire::Languages=none', '-oAcquire::Check-Valid-Until=false',
    ...['Contents-deb', 'DEP-11', 'DEP-11-icons', 'DEP-11-icons-small', 'DEP-11-icons-large']
      .map((target) => `-oAcquire::IndexTargets::deb::${target}::DefaultEnabled=false`)];
}

/** Reads a suite's signed index, in at most three tries; returns a private apt's options, or null with a line said. */
async function openSuite(suite) {
  say(`reading the signed index of Debian ${suite}`);
  if (!fs.existsSync(options.keyring)) {
    say(`${options.keyring} is missing (package debian-archive-keyring): Debian ${suite} is left out`);
    return null;
  }
  const apt = privateApt(suite);
  let stderr = '';
  for (let attempt = 1; attempt <= TRIES; ++attempt) {
    if (attempt > 1) await sleep(1000 * PAUSE);
    let status;
    ({ status, stderr } = spawnSync('apt-get', [...apt, '-oAPT::Update::Error-Mode=any', 'update'], { encoding: 'utf8' }));
    if (status === 0) return apt;
  }
  const [, reason = 'apt-get update failed'] = stderr.match(/^E: (.*)$/m) ?? [];
  say(`the index of Debian ${suite} cannot be read (${reason}): it is left out`);
  return null;
}

/** All versions that a suite lists of some packages: `{name, version, source, sha256, pool, suite}` each. */
function listed(apt, suite, names) {
  const command = isSource ? ['showsrc', '--only-source'] : ['show', '-a'];
  const { stdout } = spawnSync('apt-cache', [...apt, ...command, ...names], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return stdout.split(/\n\n+/).map((stanza) => {
    const field = (key) => stanza.match(new RegExp(`^${key}: (.*)$`, 'm'))?.[1];
    const version = field('Version');
    if (!isSource) {
      // "Source: name (version)" only where it differs from the binary package's own.
      const source = field('Source')?.match(/\((.*)\)/)?.[1] ?? version?.replace(/\+b\d+$/, '');
      return { name: field('Package'), version, source, sha256: field('SHA256'), pool: field('Filename'), suite };
    }
    const [sha256, file] = filesOfDsc(`${stanza}\n`).find(([, name]) => name.endsWith('.dsc')) ?? [];
    return { name: field('Package'), version, source: version, sha256, pool: `${field('Directory')}/${file}`, suite };
  }).filter(({ name, sha256, pool }) => names.includes(name) && sha256 && pool);
}

function isNewer(a, b) {
  return spawnSync('dpkg', ['--compare-versions', a, 'gt', b]).status === 0;
}

const newestFirst = (a, b) => (a === b ? 0 : isNewer(a, b) ? -1 : 1);

// --- the rule ---------------------------------------------------------------------------------------------------------

const accepted = new Map(positionals.map((word) => {
  const [, name, versions = ''] = word.match(/^([^=]+)=?(.*)$/);
  return [name, versions.split('|')];
}));

function isAccepted({ name, version }) {
  return accepted.get(name).some((beginning) => version.replace(/^\d+:/, '').startsWith(beginning));
}

/** The packages in groups that are replaced together. */
function groupsOf(lock) {
  const groups = new Map();
  for (const name of accepted.keys()) {
    const entry = lock.find((each) => each.name === name);
    const key = !isSource && entry ? path.posix.dirname(entry.pool) : name;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].map((names) => ({ names, chosen: null, failure: null }));
}

/** The ways to have all of a group from one suite, the newest first. */
function candidatesOf(group, available) {
  const sources = [...new Set(available.filter(({ name }) => group.names.includes(name)).map(({ source }) => source))];
  return sources.sort(newestFirst).map((source) => group.names.map((name) =>
    available.filter((each) => each.name === name && each.source === source && isAccepted(each))
      .sort((a, b) => newestFirst(a.version, b.version))[0]))
    .filter((entries) => entries.every(Boolean));
}

/** Fetches the packages of groups at once, `[group, entries]` each; a group that is there whole is settled. */
async function settle(proposals) {
  const failures = await fetchAll(proposals.flatMap(([, entries]) => entries));
  for (const [group, entries] of proposals) {
    const failed = entries.find((entry) => failures.has(entry));
    if (failed) group.failure ??= failures.get(failed);
    else group.chosen = entries;
  }
}

/** "A", or "A and 3 built with it". */
function nameOf({ names: [first, ...others] }) {
  return others.length === 0 ? first : `${first} and ${others.length} built with it`;
}

function tellReplacement(group, lock) {
  const locked = lock.find(({ name }) => name === group.names[0]);
  const list = path.basename(options.lock);
  const why = !locked ? `${list} does not name it`
    : group.failure ? `${locked.version} is not to be had: ${group.failure.file}: ${group.failure.reason}`
      : `${locked.version} of ${list} is not accepted`;
  say(`${nameOf(group)}: ${group.chosen[0].version} of Debian ${group.chosen[0].suite} (${why})`);
}

function tellFailure(group) {
  const [name] = group.names;
  const wanted = [name, accepted.get(name).filter(Boolean).map((version) => `${version}*`).join(' or ')].join(' ').trim();
  const what = group.failure ? `${group.failure.file} cannot be fetched from ${options.mirror} (${group.failure.reason})`
    : `${path.basename(options.lock)} names no ${wanted}`;
  const suites = options.suites.split(',').filter(Boolean).join(', ').replace(/, ([^,]*)$/, ' or $1');
  const others = suites ? `, and there is no other ${wanted} to be had from Debian ${suites}` : '';
  console.error(`${what}${others}: try again later, or name another Debian mirror in FLOODLIGHT_MIRROR.`);
}

async function main() {
  fs.mkdirSync(options.out, { recursive: true });
  const lock = readLock();
  const groups = groupsOf(lock);
  await settle(groups
    .map((group) => [group, lock.filter((entry) => group.names.includes(entry.name) && isAccepted(entry))])
    .filter(([group, entries]) => entries.length === group.names.length));
  const isLocked = (entry) => lock.some(({ name, sha256 }) => entry.name === name && entry.sha256 === sha256);
  for (const suite of options.suites.split(',').filter(Boolean)) {
    const open = groups.filter(({ chosen }) => !chosen);
    if (open.length === 0) break;
    const apt = await openSuite(suite);
    if (!apt) continue;
    const available = listed(apt, suite, open.flatMap(({ names }) => names));
    for (const group of open) {
      // The locked versions were the first to be tried.
      const candidates = candidatesOf(group, available).filter((entries) => !entries.every(isLocked));
      for (const entries of candidates) {
        if (!group.chosen) await settle([[group, entries]]);
      }
      if (group.chosen) tellReplacement(group, lock);
    }
  }
  const chosen = groups.flatMap((group) => group.chosen ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = chosen.map(({ name, version, sha256, pool }) => `${name} ${version} ${sha256} ${pool}\n`);
  fs.writeFileSync(outFile('fetched'), lines.join(''));
  for (const group of groups.filter((each) => !each.chosen)) {
    tellFailure(group);
    process.exitCode = 1;
  }
}

main();
