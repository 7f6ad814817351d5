#!/usr/bin/env bash
# geotiff 3.0.5, OpenCV.js 4.12 and image-js 1.7.0: "nearest neighbour" moves the labels in one of them.
#
# A good engineer would guess that nearest neighbour has one meaning, at least for doubling the size: each pixel becomes two.
# So it is in OpenCV and image-js. geotiff's readRasters() rounds the position of the pixel's corner instead of using its
# centre: the first pixel stays one, the last becomes three, and everything between is moved by half a pixel of the file.
#
# Why it matters: a label image read at another size by one library is laid over an image enlarged by another. All outlines are
# shifted the same way, which looks like a drift of the microscope's stage.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . geotiff@3.0.5 @techstark/opencv-js@4.12.0-release.1 image-js@1.7.0 >/dev/null
cat > run.mjs <<'JS'
import { fromArrayBuffer } from 'geotiff';
import loading from '@techstark/opencv-js';
import { Image } from 'image-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });
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
const labels = Uint8Array.from({ length: 16 }, (_, i) => 1 + (i % 4));   // four columns, 1 2 3 4
const row = values => [...values].slice(0, 8).join(' ');

const file = tiff({ 256: 4, 257: 4, 258: 8, 259: 1, 262: 1, 277: 1, 278: 4 }, [labels]);
const image = await (await fromArrayBuffer(file.buffer)).getImage();
const byGeotiff = row((await image.readRasters({ width: 8, height: 8, resampleMethod: 'nearest' }))[0]);
const doubled = new cv.Mat();
cv.resize(cv.matFromArray(4, 4, cv.CV_8U, labels), doubled, new cv.Size(8, 8), 0, 0, cv.INTER_NEAREST);
const byOpenCV = row(doubled.data);
const small = new Image(4, 4, { colorModel: 'GREY', data: labels });
const byImageJs = row(small.resize({ width: 8, height: 8, interpolationType: 'nearest' }).getRawImage().data);

console.log('a row of labels 1 2 3 4 at twice its size; expected 1 1 2 2 3 3 4 4 each time, seen');
console.log('  OpenCV 4.12.0: ', byOpenCV);
console.log('  image-js 1.7.0:', byImageJs);
console.log('  geotiff 3.0.5: ', byGeotiff);
process.exit(byOpenCV === '1 1 2 2 3 3 4 4' && byImageJs === byOpenCV && byGeotiff === '1 2 2 3 3 4 4 4' ? 0 : 1);
JS
node run.mjs
