#!/usr/bin/env bash
# geotiff 3.0.5: writeArrayBuffer() keeps one byte of each pixel of an Int16Array, an Int32Array or a plain array.
#
# A good engineer would guess that the type of the array decides what is written, as the tags of the file claim. What happens:
# unsigned and floating-point arrays are written rightly; for the signed ones the header says 16 or 32 bits, but only the
# lowest byte of each value is written, one after the other, so the label image 1 2 3 4 is read back as 16909060 0 0 0. A
# plain array becomes an 8-bit file in which 300 is 44. Nothing is reported.
#
# Why it matters: label images are signed in most libraries (OpenCV's are CV_32S, and SciPy's int32), so they are just what one
# would save this way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . geotiff@3.0.5 >/dev/null
cat > run.mjs <<'JS'
import { fromArrayBuffer, writeArrayBuffer } from 'geotiff';
async function roundTrip(labels) {
  const file = await writeArrayBuffer(labels, { width: 2, height: 2 });
  return [...(await (await (await fromArrayBuffer(file)).getImage()).readRasters())[0]].join(' ');
}
const unsigned = await roundTrip(new Uint32Array([1, 2, 3, 4]));
const signed = await roundTrip(new Int32Array([1, 2, 3, 4]));
const plain = await roundTrip([1, 2, 300, 4]);
console.log('geotiff 3.0.5, labels written and read back by the same library');
console.log('Uint32Array 1 2 3 4: expected 1 2 3 4, seen', unsigned);
console.log('Int32Array 1 2 3 4:  expected 1 2 3 4, seen', signed);
console.log('Array 1 2 300 4:     expected 1 2 300 4, seen', plain);
process.exit(unsigned === '1 2 3 4' && signed === '16909060 0 0 0' && plain === '1 2 44 4' ? 0 : 1);
JS
node run.mjs
