#!/usr/bin/env bash
# utif2 4.1.0: toRGBA8() of a floating-point image wraps around instead of saturating.
#
# A good engineer would guess that a 32-bit floating-point TIFF is shown either scaled from its minimum to its maximum or
# clipped to 0...1. What happens is that each value is multiplied by 255 and its lowest byte kept: 1 is white (255), 2 is 254,
# 1.004 is black (0), and an image whose values are counts, such as 0, 100, 200, 300, is a pattern without any order.
#
# Why it matters: ratio images, background-subtracted and deconvolved images are floating point with values beyond 1. The
# brightest nuclei are drawn darker than dim ones, with rings inside.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . utif2@4.1.0 >/dev/null
cat > run.mjs <<'JS'
import UTIF from 'utif2';
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
function grey(values) {
  const pixels = Float32Array.from(values);
  const file = tiff({ 256: values.length, 257: 1, 258: 32, 259: 1, 262: 1, 277: 1, 278: 1, 339: 3 }, [new Uint8Array(pixels.buffer)]);
  const [page] = UTIF.decode(file.buffer);
  UTIF.decodeImage(file.buffer, page);
  return [...UTIF.toRGBA8(page)].filter((_, i) => i % 4 === 0);
}
const log = console.log;
console.log = () => {};   // The library writes a line of its own for each file.
const small = grey([0, 0.5, 1, 1.004, 1.5, 2]), counts = grey([0, 100, 200, 300]);
console.log = log;
console.log('utif2 4.1.0, toRGBA8() of 32-bit floating point, grey levels');
console.log('0 0.5 1 1.004 1.5 2: expected never to fall, seen', small.join(' '));
console.log('0 100 200 300:       expected never to fall, seen', counts.join(' '));
const falls = list => list.some((v, i) => i > 0 && v < list[i - 1]);
process.exit(falls(small) && falls(counts) && small[3] === 0 ? 0 : 1);
JS
node run.mjs
