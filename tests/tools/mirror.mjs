// A mirror of Debian in a folder of its own, for tests: tiny packages, indexes signed with a key made for it, and a server
// on the loopback that can be told which file fails, and how.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');
const withoutEpoch = (version) => version.replace(/^\d+:/, '');
const run = (program, args, options) => execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });

export class Mirror {
  #suites = new Map();
  #server;
  #isPublished = false;
  /** What each of the coming requests for a file meets, by its path; the last entry stays. */
  faults = new Map();
  /** The paths asked for, in order. */
  requests = [];

  /** A mirror with these suites in a new folder, listening. */
  static async start(folder, suites) {
    const mirror = new Mirror();
    mirror.folder = folder;
    mirror.architecture = run('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
    mirror.keyring = mirror.#makeKey('key');
    for (const suite of suites) mirror.#suites.set(suite, { sources: [], packages: [] });
    mirror.#server = http.createServer((request, response) => mirror.#answer(request, response));
    await new Promise((resolve) => mirror.#server.listen(0, '127.0.0.1', resolve));
    mirror.url = `http://127.0.0.1:${mirror.#server.address().port}/debian`;
    return mirror;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    for (const home of ['key', 'stranger']) {
      if (!fs.existsSync(path.join(this.folder, home))) continue;
      try {
        run('gpgconf', ['--homedir', path.join(this.folder, home), '--kill', 'all']);
      } catch { /* it was not running */ }
    }
  }

  /** Makes a key; the file with its public half. */
  #makeKey(name) {
    const home = path.join(this.folder, name);
    fs.mkdirSync(home, { recursive: true, mode: 0o700 });
    const gpg = ['--homedir', home, '--batch', '--quiet'];
    run('gpg', [...gpg, '--passphrase', '', '--quick-gen-key', 'Floodlight <test@invalid>', 'ed25519', 'sign', 'never']);
    run('gpg', [...gpg, '--output', path.join(home, 'public.gpg'), '--export']);
    return path.join(home, 'public.gpg');
  }

  /** The public half of a key that has signed nothing here. */
  keyOfStranger() {
    return this.#makeKey('stranger');
  }

  #put(pool, bytes) {
    const file = path.join(this.folder, pool);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }

  /** Adds a source package to the pool and to these suites; returns its line of a lock. */
  addSource(name, version, suites, content = `${name} ${version}\n`) {
    const directory = `pool/main/${name[0]}/${name}`;
    const stem = `${name}_${withoutEpoch(version)}`;
    const top = path.join(this.folder, 'made', stem, `${name}-1`);
    fs.mkdirSync(path.join(top, 'debian'), { recursive: true });
    fs.writeFileSync(path.join(top, 'what'), content);
    const archive = run('tar', ['-cz', '-C', path.dirname(top), `${name}-1`]);
    this.#put(`${directory}/${stem}.tar.gz`, archive);
    const list = (digest) => ` ${digest(archive)} ${archive.length} ${stem}.tar.gz\n`;
    const dsc = Buffer.from(`Format: 3.0 (native)\nSource: ${name}\nBinary: ${name}\nArchitecture: all\nVersion: ${version}\n` +
      `Maintainer: Floodlight <test@invalid>\nChecksums-Sha256:\n${list(sha256)}Files:\n${list(md5)}`);
    const pool = `${directory}/${stem}.dsc`;
    this.#put(pool, dsc);
    for (const suite of suites) {
      this.#suites.get(suite).sources.push(`Package: ${name}\nBinary: ${name}\nVersion: ${version}\n` +
        `Maintainer: Floodlight <test@invalid>\nArchitecture: all\nFormat: 3.0 (native)\nDirectory: ${directory}\n` +
        `Checksums-Sha256:\n${list(sha256)} ${sha256(dsc)} ${dsc.length} ${stem}.dsc\n` +
        `Files:\n${list(md5)} ${md5(dsc)} ${dsc.length} ${stem}.dsc\n`);
    }
    this.#isPublished = false;
    return `${name} ${version} ${sha256(dsc)} ${pool}`;
  }

  /** Adds a binary package, made from `source`, to the pool and to these suites; returns its line of a lock. */
  addPackage(name, version, suites, { source = name, sourceVersion = version, depends = '' } = {}) {
    const file = `${name}_${withoutEpoch(version)}_all.deb`;
    const top = path.join(this.folder, 'made', file);
    fs.mkdirSync(path.join(top, 'DEBIAN'), { recursive: true, mode: 0o755 });
    const from = source === name && sourceVersion === version ? ''
      : `Source: ${source}${sourceVersion === version ? '' : ` (${sourceVersion})`}\n`;
    const control = `Package: ${name}\n${from}Version: ${version}\nArchitecture: all\nMaintainer: Floodlight <test@invalid>\n` +
      `${depends && `Depends: ${depends}\n`}Description: a test\n`;
    fs.writeFileSync(path.join(top, 'DEBIAN/control'), control);
    run('dpkg-deb', ['--root-owner-group', '--build', top, `${top}.deb`]);
    const deb = fs.readFileSync(`${top}.deb`);
    const pool = `pool/main/${source[0]}/${source}/${file}`;
    this.#put(pool, deb);
    for (const suite of suites) {
      this.#suites.get(suite).packages.push(`${control}Filename: ${pool}\nSize: ${deb.length}\nSHA256: ${sha256(deb)}\n`);
    }
    this.#isPublished = false;
    return `${name} ${version} ${sha256(deb)} ${pool}`;
  }

  /** Writes and signs the indexes of all suites. */
  #publish() {
    this.#isPublished = true;
    for (const [suite, { sources, packages }] of this.#suites) {
      const indexes = new Map([
        ['main/source/Sources', Buffer.from(sources.join('\n'))],
        [`main/binary-${this.architecture}/Packages`, Buffer.from(packages.join('\n'))],
      ]);
      for (const [name, bytes] of indexes) this.#put(`dists/${suite}/${name}`, bytes);
      const list = [...indexes].map(([name, bytes]) => ` ${sha256(bytes)} ${bytes.length} ${name}\n`).join('');
      const release = path.join(this.folder, 'dists', suite, 'Release');
      fs.writeFileSync(release, `Origin: Floodlight\nSuite: ${suite}\nCodename: ${suite}\nDate: ${new Date(Date.now() - 864e5).toUTCString()}\n` +
        `Architectures: ${this.architecture} all\nComponents: main\nSHA256:\n${list}`);
      fs.rmSync(path.join(path.dirname(release), 'InRelease'), { force: true });
      run('gpg', ['--homedir', path.join(this.folder, 'key'), '--batch', '--quiet', '--digest-algo', 'SHA256',
        '--output', path.join(path.dirname(release), 'InRelease'), '--clearsign', release]);
    }
  }

  /** The next requests for the file meet these; "missing" and the like for ever, when it is the last of the list. */
  fail(pool, ...faults) {
    this.faults.set(pool, faults);
  }

  /** How often a file was asked for. */
  count(pool) {
    return this.requests.filter((each) => each === pool).length;
  }

  async #answer(request, response) {
    const pool = decodeURIComponent(request.url).replace(/^\/debian\//, '');
    this.requests.push(pool);
    if (pool.startsWith('dists/') && !this.#isPublished) this.#publish();
    const faults = this.faults.get(pool) ?? [];
    const fault = faults.length > 1 ? faults.shift() : faults[0];
    const file = path.join(this.folder, pool);
    if (fault === 'missing' || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = fault === 'another page' ? Buffer.from('<html>Sign in first.</html>') : fs.readFileSync(file);
    response.writeHead(200, { 'Content-Length': bytes.length });
    if (fault === 'cut') {
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    } else if (fault === 'stalled') {
      response.write(bytes.subarray(0, 1));  // and no more
    } else if (fault === 'slow') {
      for (let at = 0; at < bytes.length; at += bytes.length >> 2) {
        response.write(bytes.subarray(at, at + (bytes.length >> 2)));
        await sleep(400);
      }
      response.end();
    } else {
      response.end(bytes);
    }
  }
}
