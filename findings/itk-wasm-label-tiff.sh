#!/usr/bin/env bash
# itk-wasm's image-io 1.6.1: a 32-bit integer TIFF is read as an image of zeros.
#
# A good engineer would guess that the pixels are read, or that the file is refused. What happens is that the result says the
# right size and the right type (uint32 or int32), reports success, and holds nothing but zeros. 16-bit integers and 32-bit
# floating point of the same layout are read rightly. A file of labels that geotiff 3.0.5 wrote is read as zeros just so.
#
# Why it matters: 32-bit integers are the usual type of label images (also those that Floodlight saves). What comes in
# looks like a field without a single nucleus, which is a plausible result.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @itk-wasm/image-io@1.6.1 >/dev/null
cat > run.mjs <<'JS'
import { readImageNode } from '@itk-wasm/image-io';
import { writeFileSync } from 'node:fs';
// A minimal TIFF: tags whose values are 16-bit integers, and the strips (or, with a tile width, tiles) of one image.
function tiff(tags, blocks, big = false) {
  const tiled = 322 in tags, lengths = blocks.map(b => b.length);
  const all = { ...tags, [tiled ? 324 : 273]: lengths, [tiled ? 325 : 279]: lengths };
  const keys = Object.keys(all).map(Number), lists = keys.map(k => [all[k]].flat());
  const wide = k => [273, 279, 324, 325].includes(k), bytes = k => (wide(k) ? 4 : 2);
  let end = 14 + 12 * keys.length;
  const places = keys.map((k, i) => (bytes(k) * lists[i].length > 4 ? (end += bytes(k) * lists[i].length) - bytes(k) * lists[i].length : 0));
  const starts = lengths.map(n => (end += n + n % 2) - n - n % 2);
  const out = new Uint8Array(end), view = new DataView(out.buffer), le = !big;
  view.setUint16(0, big ? 0x4d4d : 0x4949), view.setUint16(2, 42, le), view.setUint32(4, 8, le), view.setUint16(8, keys.length, le);
  keys.forEach((k, i) => {
    const entry = 10 + 12 * i, values = k === 273 || k === 324 ? starts : lists[i];
    view.setUint16(entry, k, le), view.setUint16(entry + 2, wide(k) ? 4 : 3, le), view.setUint32(entry + 4, values.length, le);
    if (places[i]) view.setUint32(entry + 8, places[i], le);
    values.forEach((v, j) => view[wide(k) ? 'setUint32' : 'setUint16']((places[i] || entry + 8) + bytes(k) * j, v, le));
  });
  blocks.forEach((b, i) => out.set(b, starts[i]));
  return out;
}
async function read(pixels, bits, format) {
  writeFileSync('labels.tif', tiff({ 256: 4, 257: 2, 258: bits, 259: 1, 262: 1, 277: 1, 278: 2, 339: format }, [new Uint8Array(pixels.buffer)]));
  const image = await readImageNode('labels.tif');
  return `${image.imageType.componentType} ${image.size.join('x')}: ${[...image.data].join(' ')}`;
}
const labels = [0, 1, 2, 3, 4, 5, 6, 7];
const u16 = await read(Uint16Array.from(labels), 16, 1), f32 = await read(Float32Array.from(labels), 32, 3);
const u32 = await read(Uint32Array.from(labels), 32, 1), i32 = await read(Int32Array.from(labels), 32, 2);
console.log('@itk-wasm/image-io 1.6.1, 4 x 2 labels from 0 to 7 in one uncompressed strip; expected 0 1 2 3 4 5 6 7 each time, seen');
for (const seen of [u16, f32, u32, i32]) console.log('  ' + seen);
const good = s => s.endsWith('x2: 0 1 2 3 4 5 6 7'), zeros = s => s.endsWith('x2: 0 0 0 0 0 0 0 0');
process.exit(good(u16) && good(f32) && zeros(u32) && zeros(i32) ? 0 : 1);
JS
node run.mjs
