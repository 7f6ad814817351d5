// A plain static file server, as any host of the page would be: node tools/static-server.mjs FOLDER [--port N]
//
// Without --port it takes 8080 or the next free one. Also a module: `serve(folder, port)` for the tests.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

const HEADERS = {'Cache-Control': 'no-cache'};

/** The file that a request's path means, or null when it lies outside the folder or is not there. */
function fileFor(folder, requestPath) {
  let decoded;
  try {
    decoded = decodeURIComponent(requestPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  let file = path.join(folder, path.normalize(decoded));
  if (file !== folder && !file.startsWith(folder + path.sep)) return null;
  if (fs.statSync(file, {throwIfNoEntry: false})?.isDirectory()) file = path.join(file, 'index.html');
  return fs.statSync(file, {throwIfNoEntry: false})?.isFile() ? file : null;
}

/**
 * Serves `folder` on `port` of this machine (0: any free one), under `subPath`, with the types of names' endings that are
 * given and these headers; resolves to the listening server.
 */
export function serve(folder, port = 0, {subPath = '/', types = TYPES, headers = HEADERS} = {}) {
  const base = path.resolve(folder);
  const server = http.createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, {Allow: 'GET, HEAD'}).end();
      return;
    }
    const [pathname] = request.url.split('?');
    const file = pathname.startsWith(subPath) ? fileFor(base, pathname.slice(subPath.length)) : null;
    if (!file) {
      response.writeHead(404, {'Content-Type': 'text/plain; charset=utf-8'}).end('There is no such file here.\n');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
      'Content-Length': fs.statSync(file).size,
      ...headers,
    });
    if (request.method === 'HEAD') response.end();
    else fs.createReadStream(file).on('error', () => response.destroy()).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // By number: a machine without a hosts file knows no name for itself.
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function main([folder, flag, wanted]) {
  const fixed = flag === '--port';
  let port = fixed ? Number(wanted) : 8080;
  for (;;) {
    try {
      const server = await serve(folder, port);
      console.log(`Floodlight is at http://localhost:${server.address().port}/`);
      return;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || fixed) {
        console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken; without --port the next free one is used.` : error.message);
        process.exitCode = 1;
        return;
      }
      port += 1;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
