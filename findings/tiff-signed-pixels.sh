#!/usr/bin/env bash
# tiff 7.1.3 (the reader of image-js): signed pixels are read as unsigned ones.
#
# A good engineer would guess that a TIFF whose SampleFormat says "signed integer" gives an Int16Array, or a refusal, as 32-bit
# integers do. What happens is that SampleFormat is looked at for floating point only: -1 is read as 65535 and -2 as 65534,
# without a word. geotiff 3.0.5 reads the same file as -2, -1, 0, 1.
#
# Why it matters: an image from which its background was subtracted has small negative numbers in the background. Here they
# become the brightest pixels, and every automatic threshold finds the background instead of the nuclei.
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
const pixels = new Int16Array([-2, -1, 0, 1]);
const file = tiff({ 256: 4, 257: 1, 258: 16, 259: 1, 262: 1, 277: 1, 278: 1, 339: 2 }, [new Uint8Array(pixels.buffer)]);
const one = [...decode(file)[0].data].join(' ');
const other = [...(await (await (await fromArrayBuffer(file.buffer)).getImage()).readRasters())[0]].join(' ');
console.log('signed 16-bit TIFF (SampleFormat 2) with the pixels -2 -1 0 1');
console.log('tiff 7.1.3:    expected -2 -1 0 1, seen', one);
console.log('geotiff 3.0.5: expected -2 -1 0 1, seen', other);
process.exit(one === '65534 65535 0 1' && other === '-2 -1 0 1' ? 0 : 1);
JS
node run.mjs
