#!/usr/bin/env bash
# vtk.js 37.4.3: its TIFF reader gives four bytes a pixel, upside down, for a 16-bit image of one channel.
#
# A good engineer would guess that an imaging toolkit's reader gives the pixels of the file: one component of 16 bits. What
# happens is that the image is turned into 8-bit RGBA, as for a screen: each pixel is its high byte three times and 255, and
# the rows are in reverse order unless setFlipY(false) was called. The reader has no way to ask for the numbers themselves.
#
# Why it matters: 12-bit camera data (0 to 4095) keep 16 grey levels. A threshold, histogram or label image read this way is
# worthless: every label below 256 becomes 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @kitware/vtk.js@37.4.3 >/dev/null
cat > run.mjs <<'JS'
globalThis.self = globalThis;   // The package expects a browser's name of the global object.
const { default: vtkTIFFReader } = await import('@kitware/vtk.js/IO/Image/TIFFReader.js');
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
const pixels = new Uint16Array([1, 2, 255, 256,  1000, 4095, 40000, 65535]);   // two rows of four
const file = tiff({ 256: 4, 257: 2, 258: 16, 259: 1, 262: 1, 277: 1, 278: 2 }, [new Uint8Array(pixels.buffer)]);
const reader = vtkTIFFReader.newInstance(), log = console.log;
console.log = () => {};   // A library underneath writes a line of its own for each file.
reader.parseAsArrayBuffer(file.buffer);
const scalars = reader.getOutputData().getPointData().getScalars();
console.log = log;
const first = [...scalars.getData()].filter((_, i) => i % 4 === 0).join(' ');
console.log('vtk.js 37.4.3, vtkTIFFReader, 16-bit pixels', [...pixels].join(' '));
console.log(`expected 1 component of type Uint16Array, seen ${scalars.getNumberOfComponents()} of type ${scalars.getDataType()}`);
console.log(`expected ${[...pixels].join(' ')}, seen (first component) ${first}`);
process.exit(scalars.getNumberOfComponents() === 4 && first === '3 15 156 255 0 0 0 1' ? 0 : 1);
JS
node run.mjs
