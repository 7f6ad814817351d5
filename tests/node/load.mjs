// Finds the built core module, the reference folder and small images for the tests of the JavaScript API.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** FLOODLIGHT_DIST names the built site; without it, dist/ and then the web build's own output. */
const candidates = process.env.FLOODLIGHT_DIST
  ? [process.env.FLOODLIGHT_DIST]
  : [join(root, 'dist'), join(root, 'build/web/site')];
export const modulePath = candidates.map((dir) => join(dir, 'core/floodlight-core.mjs')).find(existsSync);
if (!modulePath) throw new Error(`No core/floodlight-core.mjs in ${candidates.join(' or ')}; tools/build makes it.`);

export async function loadCore() {
  const { default: create } = await import(pathToFileURL(modulePath).href);
  return create();
}

export const shared = process.env.FLOODLIGHT_SHARED ?? join(root, '../shared');

export function csvImage(name) {
  const lines = readFileSync(join(root, 'assets', name), 'utf8').trim().split(/\s+/);
  const rows = lines.map((line) => line.split(',').map(Number));
  return { rows: rows.length, cols: rows[0].length, data: Float32Array.from(rows.flat()) };
}

/** Bright discs on a dim, noisy ground; the same every time. */
export function blobs(rows, cols, count, seed = 1) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const discs = Array.from({ length: count }, () => [random() * rows, random() * cols, 4 + 8 * random()]);
  const data = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const inside = discs.some(([r, c, radius]) => Math.hypot(row - r, col - c) < radius);
      data[row * cols + col] = Math.floor((inside ? 150 : 30) + 40 * random());
    }
  }
  return { rows, cols, data };
}

export const pixel = (image, row, col) => image.data[row * image.cols + col];
export const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
