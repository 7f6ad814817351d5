#!/usr/bin/env bash
# sharp 0.35.5: asked for 16-bit pixels, it gives 16-bit numbers from 0 to 255.
#
# A good engineer would guess that raw({ depth: 'ushort' }) gives the 16-bit pixels of a 16-bit file. What happens is that the
# image is turned into 8-bit sRGB with three channels first and the result widened afterwards: 4095 is 15, and every value
# below 256 is 0. Only toColourspace('grey16') beside it keeps the numbers. stats() of the very same file, however, sees the
# full range.
#
# Why it matters: the type of the array is right and no error is raised, so a 12-bit camera image is segmented with 16 grey
# levels, and a 16-bit label image loses its first 255 nuclei.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . sharp@0.35.5 >/dev/null
cat > run.mjs <<'JS'
import sharp from 'sharp';
const pixels = Uint16Array.from([0, 100, 255, 256, 1000, 4095, 65535]);
const png = await sharp(pixels, { raw: { width: 7, height: 1, channels: 1 } }).toColourspace('grey16').png().toBuffer();
async function read(pipeline) {
  const { data, info } = await pipeline.raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
  return [...new Uint16Array(Uint8Array.from(data).buffer)].filter((_, i) => i % info.channels === 0).join(' ');
}
const stored = (await sharp(png).metadata()).depth, plain = await read(sharp(png)), asked = await read(sharp(png).toColourspace('grey16'));
const { max } = (await sharp(png).stats()).channels[0];
console.log(`sharp 0.35.5, a file with ${stored} pixels ${[...pixels].join(' ')}; stats() says its maximum is ${max}`);
console.log("raw({ depth: 'ushort' }):     expected the same numbers, seen", plain);
console.log("with toColourspace('grey16'): expected the same numbers, seen", asked);
process.exit(stored === 'ushort' && max === 65535 && plain === '0 0 0 1 3 15 255' && asked === [...pixels].join(' ') ? 0 : 1);
JS
node run.mjs
