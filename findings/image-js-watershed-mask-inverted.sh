#!/usr/bin/env bash
# image-js 1.7.0: the mask of waterShed() has the opposite meaning of a mask.
#
# A good engineer would guess that the flood stays where the mask is set: scikit-image's watershed(..., mask=) labels
# exactly the pixels that are true, and the description of image-js's own option says so as well. What happens is that the
# flood enters only pixels where the mask is 0, and stops where it is 1.
#
# Why it matters: the usual call passes the thresholded nuclei as the mask. No pixel of a nucleus is flooded then beyond
# the seed itself, while a seed in the background fills the background.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . image-js@1.7.0 >/dev/null
cat > run.mjs <<'JS'
import { Image, Mask, waterShed } from 'image-js';
const flat = new Image(6, 1, { colorModel: 'GREY', data: new Uint8Array(6).fill(7) });
const nucleus = new Mask(6, 1);
for (const x of [0, 1, 2]) nucleus.setBit(x, 0, 1);

const flood = column => [...waterShed(flat, { points: [{ column, row: 0 }], mask: nucleus }).getMapMatrix()[0]].map(v => Math.abs(v)).join(' ');
const inside = flood(0), outside = flood(5);
console.log('image-js 1.7.0, a flat row of 6 pixels, mask 1 1 1 0 0 0');
console.log('seed inside the mask:   expected 1 1 1 0 0 0, seen', inside);
console.log('seed outside the mask:  expected nothing beyond the seed, seen', outside);
process.exit(inside === '1 0 0 0 0 0' && outside === '0 0 0 1 1 1' ? 0 : 1);
JS
node run.mjs
