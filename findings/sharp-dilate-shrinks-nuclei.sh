#!/usr/bin/env bash
# sharp 0.35.5: dilate() makes bright nuclei smaller, and erode() makes them larger.
#
# A good engineer would guess that dilation takes the maximum of the neighbourhood and so grows what is bright: this is the
# definition of grey-level dilation, and so it is in scikit-image, OpenCV, ImageJ's "grey" commands and image-js. What happens
# is that sharp takes the dark pixels for the foreground.
#
# Why it matters: fluorescent nuclei are bright on a dark background. "Dilate, then erode" closes gaps everywhere else; here
# it is an opening, which deletes small nuclei.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . sharp@0.35.5 >/dev/null
cat > run.mjs <<'JS'
import sharp from 'sharp';
const inside = v => v >= 3 && v < 6;
const mask = Uint8Array.from({ length: 81 }, (_, i) => (inside(i % 9) && inside(Math.floor(i / 9)) ? 255 : 0));
async function bright(operation) {
  const { data, info } = await sharp(mask, { raw: { width: 9, height: 9, channels: 1 } })[operation](1).raw().toBuffer({ resolveWithObject: true });
  return [...data].filter((v, i) => i % info.channels === 0 && v > 0).length;
}
const dilated = await bright('dilate'), eroded = await bright('erode');
console.log('sharp 0.35.5, a bright nucleus of 3 x 3 = 9 pixels on black');
console.log('dilate(1): expected 25 pixels, seen', dilated);
console.log('erode(1):  expected 1 pixel, seen', eroded);
process.exit(dilated === 1 && eroded === 25 ? 0 : 1);
JS
node run.mjs
