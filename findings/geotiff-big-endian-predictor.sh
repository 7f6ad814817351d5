#!/usr/bin/env bash
# geotiff 3.0.5: a big-endian 16-bit TIFF with the horizontal predictor loses its carries.
#
# A good engineer would guess that byte order and predictor are independent: each is read rightly on its own. What happens is
# that the differences are summed before the bytes are swapped, in the machine's own (little-endian) order. As long as no sum
# crosses a multiple of 256 the result is right by chance; where one does, the carry goes the wrong way, and 250, 260, 270,
# 280 are read as 250, 4, 14, 24. tiff 7.1.3 reads the file as it was written.
#
# Why it matters: programs in Java often write big-endian TIFFs. Dim parts of the image stay right while nuclei are torn into contour
# lines 256 grey levels apart, which thresholds and measurements take for texture.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . geotiff@3.0.5 tiff@7.1.3 >/dev/null
cat > run.mjs <<'JS'
import { fromArrayBuffer } from 'geotiff';
import { decode } from 'tiff';
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
function file(big, first) {   // four pixels, the first and then three times ten more than the one before
  const bytes = new Uint8Array(8), view = new DataView(bytes.buffer);
  [first, 10, 10, 10].forEach((difference, i) => view.setUint16(2 * i, difference, !big));
  return tiff({ 256: 4, 257: 1, 258: 16, 259: 1, 262: 1, 277: 1, 278: 1, 317: 2 }, [bytes], big);
}
const read = async f => [...(await (await (await fromArrayBuffer(f.buffer)).getImage()).readRasters())[0]].join(' ');
const little = await read(file(false, 250)), dim = await read(file(true, 100)), big = await read(file(true, 250));
const other = [...decode(file(true, 250))[0].data].join(' ');
console.log('16-bit TIFF, predictor 2, uncompressed');
console.log('geotiff 3.0.5, little-endian:   expected 250 260 270 280, seen', little);
console.log('geotiff 3.0.5, big-endian, dim: expected 100 110 120 130, seen', dim);
console.log('geotiff 3.0.5, big-endian:      expected 250 260 270 280, seen', big);
console.log('tiff 7.1.3, big-endian:         expected 250 260 270 280, seen', other);
process.exit(little === '250 260 270 280' && dim === '100 110 120 130' && big === '250 4 14 24' && other === little ? 0 : 1);
JS
node run.mjs
