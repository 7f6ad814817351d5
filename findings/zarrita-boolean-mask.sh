#!/usr/bin/env bash
# zarrita 0.7.5: no pixel of a boolean Zarr array can be read with an index.
#
# A good engineer would guess that the data of an array are a typed array, as for every numeric type: mask.data[i]. What
# happens is that a boolean array comes in a class of its own that has a length, get(i) and can be iterated over, but no
# indices, so data[i] is undefined, which JavaScript takes for false.
#
# Why it matters: masks of nuclei are stored as booleans by NumPy and Zarr. A loop "if (mask.data[i]) count++" finds an empty
# mask, without an error, while the same loop is right for a mask of type uint8.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . zarrita@0.7.5 >/dev/null
cat > run.mjs <<'JS'
import * as zarr from 'zarrita';
async function mask(dtype) {
  const about = { zarr_format: 2, shape: [2, 4], chunks: [2, 4], dtype, compressor: null, filters: null, fill_value: 0, order: 'C' };
  const store = new Map([['/.zarray', new TextEncoder().encode(JSON.stringify(about))], ['/0.0', new Uint8Array([0, 1, 1, 0, 0, 1, 1, 0])]]);
  return (await zarr.get(await zarr.open.v2(store, { kind: 'array' }))).data;
}
function count(data) {
  let pixels = 0;
  for (let i = 0; i < data.length; i++) if (data[i]) pixels++;
  return pixels;
}
const numbers = count(await mask('|u1')), data = await mask('|b1'), booleans = count(data), iterated = [...data].filter(Boolean).length;
console.log('zarrita 0.7.5, a mask of 8 pixels of which 4 are set, counted with data[i]');
console.log('as uint8:   expected 4, seen', numbers);
console.log(`as boolean: expected 4, seen ${booleans} (length ${data.length}; iterating finds ${iterated})`);
process.exit(numbers === 4 && booleans === 0 && iterated === 4 ? 0 : 1);
JS
node run.mjs
