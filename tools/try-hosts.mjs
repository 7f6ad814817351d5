// Tries dist/ on the web servers that are installed, each as Debian configures it: node tools/try-hosts.mjs [--write]
//
// Prints a table of what works; with --write the table of docs/hosting.md becomes this one. The servers run on the loopback, with
// configurations of ours in a temporary folder, but with their own tables of types.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { App, DIST, ROOT, launch } from '../tests/page/harness.mjs';
import { nuclei, writeTiff } from '../tests/page/tiff.mjs';

const DOCS = path.join(ROOT, 'docs/hosting.md');
const [, POLICY] = fs.readFileSync(DOCS, 'utf8').match(/^ {4}(default-src .*)$/m);
const SUB_PATH = 'a/sub-path/';
const WAIT = 60_000;

// --- the servers ------------------------------------------------------------------------------------------------------

const lines = (...all) => `${all.flat().join('\n')}\n`;
const pairs = (headers, form) => Object.entries(headers).map(([name, value]) => form(name, value));

/** Each makes a command of a port, the folder `site` to serve, one for its own files, headers to send, and whether to compress. */
const SERVERS = {
  nginx: {
    program: '/usr/sbin/nginx',
    command({ port, site, own, headers, gzip }) {
      const file = path.join(own, 'nginx.conf');
      fs.writeFileSync(file, lines('daemon off;', `pid ${own}/pid;`, `error_log ${own}/error.log;`, 'events {}', 'http {',
        'include /etc/nginx/mime.types;', 'default_type application/octet-stream;', 'access_log off;',
        ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${own}/${kind};`),
        gzip ? 'gzip on; gzip_types application/javascript application/wasm;' : 'gzip on;',
        pairs(headers, (name, value) => `add_header ${name} "${value}";`),
        `server { listen 127.0.0.1:${port}; root ${site}; }`, '}'));
      return ['-p', own, '-c', file, '-e', `${own}/error.log`];
    },
  },
  Apache: {
    program: '/usr/sbin/apache2',
    command({ port, site, own, headers, gzip }) {
      const file = path.join(own, 'apache2.conf');
      const modules = ['mpm_event', 'authz_core', 'mime', 'dir', 'headers', 'deflate', 'filter'];
      fs.writeFileSync(file, lines(`ServerRoot ${own}`, 'ServerName localhost', `Listen 127.0.0.1:${port}`, `PidFile ${own}/pid`,
        `ErrorLog ${own}/error.log`, `DefaultRuntimeDir ${own}`, 'User www-data', 'Group www-data',
        modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
        'Include /etc/apache2/mods-available/mime.conf', 'Include /etc/apache2/mods-available/dir.conf',
        `DocumentRoot ${site}`, `<Directory ${site}>`, 'Require all granted', '</Directory>',
        gzip ? 'AddOutputFilterByType DEFLATE text/html text/javascript application/javascript application/wasm' : '',
        pairs(headers, (name, value) => `Header set ${name} "${value}"`)));
      return ['-f', file, '-DFOREGROUND'];
    },
  },
  lighttpd: {
    program: '/usr/sbin/lighttpd',
    command({ port, site, own, headers, gzip }) {
      const file = path.join(own, 'lighttpd.conf');
      fs.writeFileSync(file, lines('server.modules = ( "mod_indexfile", "mod_setenv", "mod_deflate", "mod_staticfile" )',
        `server.document-root = "${site}"`, `server.errorlog = "${own}/error.log"`, 'server.bind = "127.0.0.1"',
        `server.port = ${port}`, 'index-file.names = ( "index.html" )', 'include_shell "/usr/share/lighttpd/create-mime.conf.pl"',
        gzip ? lines('deflate.allowed-encodings = ( "gzip" )',
          'deflate.mimetypes = ( "text/html", "text/javascript", "application/javascript", "application/wasm" )') : '',
        `setenv.set-response-header = ( ${pairs(headers, (name, value) => `"${name}" => "${value}"`).join(', ')} )`));
      return ['-D', '-f', file];
    },
  },
  'python3 -m http.server': {
    program: '/usr/bin/python3',
    isPlain: true,
    command: ({ port, site }) => ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', site],
  },
  'busybox httpd': {
    program: '/usr/bin/busybox',
    isPlain: true,
    command: ({ port, site }) => ['httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', site],
  },
};

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function answers(address) {
  return new Promise((resolve) => {
    http.get(address, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

/** A folder with the page under a path, beside it pages that show it in a frame, and a place for a server's own files. */
function makeSite() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-hosts-'));
  fs.chmodSync(folder, 0o755);  // the servers' workers are nobody in particular
  const [site, own] = ['site', 'own'].map((name) => path.join(folder, name));
  fs.mkdirSync(own);
  fs.cpSync(DIST, path.join(site, SUB_PATH), { recursive: true });
  const sandboxes = { frame: '', sandbox: 'sandbox="allow-scripts allow-same-origin"', closed: 'sandbox="allow-scripts"' };
  for (const [name, attribute] of Object.entries(sandboxes)) {
    fs.writeFileSync(path.join(site, `${name}.html`),
      `<!doctype html><title>A course</title><iframe ${attribute} src="./${SUB_PATH}" width="1200" height="700"></iframe>`);
  }
  return { folder, site, own };
}

/** Runs one server; `act` is given the site's address and the folder of the page. */
async function withServer({ program, command }, { headers = {}, gzip = false }, act) {
  const { folder, site, own } = makeSite();
  const port = await freePort();
  const child = spawn(program, command({ port, site, own, headers, gzip }), { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (data) => { words += data; });
  const ended = new Promise((resolve) => { child.on('close', resolve); });
  const address = `http://127.0.0.1:${port}/`;
  try {
    for (let tries = 0; !await answers(`${address}frame.html`); ++tries) {
      if (tries === 50) throw new Error(`${program} does not answer: ${words}`);
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    await act(address, path.join(site, SUB_PATH));
  } finally {
    child.kill();
    await ended;
    fs.rmSync(folder, { recursive: true });
  }
}

// --- what is tried ----------------------------------------------------------------------------------------------------

function expect(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

/** All of the program is there, and has found nuclei. */
async function runs(pageOrFrame) {
  await pageOrFrame.waitForFunction(() => globalThis.floodlight?.whole === true, null, { timeout: WAIT });
  await pageOrFrame.waitForFunction(() => globalThis.floodlight.nuclei() > 3, null, { timeout: WAIT });
}

/** Opens the page, runs two images in workers, and looks for anything that should not have happened. */
async function walk(browser, address, seesResponse = () => {}) {
  const app = await App.open(browser, { address, prepare: (page) => page.on('response', seesResponse) });
  await runs(app.page);
  await app.dropAll(['a.tif', 'b.tif'].map((name) => [name, writeTiff(nuclei(120, 160))]));
  await app.widget('button', 'Run all 2').click({ force: true });
  await app.page.getByText('2 of 2 images done').first().waitFor({ timeout: WAIT });
  const problems = app.problems().filter((problem) => !/inline style/.test(problem));  // which a strict policy blocks, and says
  expect(problems.length === 0, problems.join('; '));
  await app.close();
}

/** Another version of the page: of a program that has a section more, which nothing reads. */
function replaceVersion(folder) {
  const file = path.join(folder, 'floodlight.wasm');
  const section = Buffer.from([0, 6, 5, ...Buffer.from('other')]);
  const wasm = Buffer.concat([fs.readFileSync(file), section]);
  fs.writeFileSync(file, wasm);
  const index = path.join(folder, 'index.html');
  const entry = `"floodlight.wasm":[${wasm.length},"${createHash('sha256').update(wasm).digest('base64')}"]`;
  fs.writeFileSync(index, fs.readFileSync(index, 'utf8').replace(/"floodlight\.wasm":\[[^\]]*\]/, entry));
}

async function keptForAYear(browser, address, folder) {
  // What the browser's cache keeps; a page that was kept for when there is no network goes on until its reader takes the other.
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  const open = async () => {
    await page.goto('about:blank');
    await page.goto(address);
    await runs(page);
  };
  await open();
  await open();
  const list = await page.locator('#parts').textContent();
  replaceVersion(folder);
  await page.reload();  // what a reader does who was told of a new version
  await runs(page);
  expect(await page.locator('#parts').textContent() !== list, 'the old version still runs');
  await page.context().close();
}

async function inFrame(browser, address, act) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(address);
  await act(await (await page.waitForSelector('iframe')).contentFrame());
  await page.context().close();
}

/** Each way: what the server is told, and what is done. */
const WAYS = {
  'as installed': [{}, (browser, address) => walk(browser, address + SUB_PATH)],
  gzip: [{ gzip: true }, async (browser, address) => {
    const packed = new Set();
    await walk(browser, address + SUB_PATH, (response) => {
      if (response.headers()['content-encoding'] === 'gzip') packed.add(response.url().replace(/.*\/|\?.*/g, ''));
    });
    expect(packed.has('floodlight.js') && packed.has('floodlight.wasm'), `compressed were only ${[...packed]}`);
  }],
  'nothing kept': [{ headers: { 'Cache-Control': 'no-store' } }, (browser, address) => walk(browser, address + SUB_PATH)],
  'kept for a year': [{ headers: { 'Cache-Control': 'max-age=31536000' } },
    (browser, address, folder) => keptForAYear(browser, address + SUB_PATH, folder)],
  policy: [{ headers: { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' } },
    (browser, address) => walk(browser, address + SUB_PATH)],
  frame: [{}, (browser, address) => inFrame(browser, `${address}frame.html`, runs)],
  sandbox: [{}, async (browser, address) => {
    await inFrame(browser, `${address}sandbox.html`, runs);
    await inFrame(browser, `${address}closed.html`, (frame) =>
      frame.getByText('Its attribute sandbox has to say "allow-scripts allow-same-origin"').waitFor({ timeout: 10_000 }));
  }],
};

async function main() {
  const browser = await launch();
  const rows = [];
  let failures = 0;
  for (const [name, server] of Object.entries(SERVERS)) {
    if (!fs.existsSync(server.program)) {
      console.error(`${name} is not installed (${server.program})`);
      continue;
    }
    const cells = [];
    for (const [way, [told, act]] of Object.entries(WAYS)) {
      if (server.isPlain && Object.keys(told).length > 0) {
        cells.push('-');
        continue;
      }
      try {
        await withServer(server, told, (address, folder) => act(browser, address, folder));
        cells.push('works');
      } catch (error) {
        failures += 1;
        cells.push('fails');
        console.error(`${name}, ${way}: ${error.message}`);
      }
    }
    rows.push([name, ...cells]);
  }
  await browser.close();
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const heading = ['server', ...Object.keys(WAYS)];
  const table = [heading, heading.map(() => '---'), ...rows].map(row).join('\n');
  console.log(table);
  if (process.argv.includes('--write')) {
    const text = fs.readFileSync(DOCS, 'utf8');
    fs.writeFileSync(DOCS, text.replace(/(<!-- tried -->\n)[^]*(<!-- \/tried -->)/, `$1${table}\n$2`));
  }
  if (failures > 0) process.exitCode = 1;
}

await main();
