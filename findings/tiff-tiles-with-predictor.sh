#!/usr/bin/env bash
# tiff 7.1.3 (the reader of image-js): a tiled TIFF with the horizontal predictor has wrong pixels from the second tile on.
#
# A good engineer would guess that differencing is undone tile by tile, since the TIFF specification lets each tile start
# afresh. What happens is that the tiles are put together first and then the differences are summed along the whole row of the
# image, so that every tile is too bright by the last pixel of the tile at its left. Strips are read rightly, and so are tiles
# without a predictor; geotiff 3.0.5 reads both.
#
# Why it matters: tiles with predictor 2 are what programs write for large microscope images, compressed with LZW or Deflate.
# The image looks like one with uneven illumination, the last thing a student would suspect of a file reader.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . tiff@7.1.3 geotiff@3.0.5 >/dev/null
cat > run.mjs <<'JS'
import { decode } from 'tiff';
import { fromArrayBuffer } from 'geotiff';
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
// Two tiles of 16 x 16: in the first every pixel is 5, in the second 7. The differences are that number, then zeros.
const tile = value => Uint8Array.from({ length: 256 }, (_, i) => (i % 16 ? 0 : value));
const file = tiff({ 256: 32, 257: 16, 258: 8, 259: 1, 262: 1, 277: 1, 317: 2, 322: 16, 323: 16 }, [tile(5), tile(7)]);
const ends = row => `${row[0]} ${row[15]} | ${row[16]} ${row[31]}`;
const one = ends(decode(file)[0].data);
const other = ends((await (await (await fromArrayBuffer(file.buffer)).getImage()).readRasters())[0]);
console.log('8-bit TIFF of two tiles, predictor 2: first and last pixel of each tile in the first row');
console.log('tiff 7.1.3:    expected 5 5 | 7 7, seen', one);
console.log('geotiff 3.0.5: expected 5 5 | 7 7, seen', other);
process.exit(one === '5 5 | 12 12' && other === '5 5 | 7 7' ? 0 : 1);
JS
node run.mjs
