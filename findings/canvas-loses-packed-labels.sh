#!/usr/bin/env bash
# @napi-rs/canvas 1.1.1 (Skia): labels packed into the bytes of a canvas pixel do not come back.
#
# A good engineer would guess that putImageData() followed by getImageData() is the identity, so that a label can be spread
# over red, green, blue and alpha like the bytes of a 32-bit number. What happens is that the canvas keeps colours multiplied
# by alpha: where alpha is small the colour is rounded to a few levels, and where alpha is 0 it is gone. With alpha 255, that
# is with 24 bits a label, every pixel comes back.
#
# Why it matters: a label below 2 ** 24 has alpha 0, so the whole label image comes back as zeros. The canvas standard
# allows this to any canvas, a browser's too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @napi-rs/canvas@1.1.1 >/dev/null
cat > run.mjs <<'JS'
import { createCanvas } from '@napi-rs/canvas';
const labels = [1, 1337, 0x02000539, 0x7f000539, 0xff000539];
const context = createCanvas(labels.length, 1).getContext('2d');
const image = context.createImageData(labels.length, 1);
labels.forEach((label, i) => new DataView(image.data.buffer).setUint32(4 * i, label, true));   // red is the lowest byte
context.putImageData(image, 0, 0);
const bytes = context.getImageData(0, 0, labels.length, 1).data;
const back = labels.map((_, i) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(4 * i, true));
console.log('@napi-rs/canvas 1.1.1, labels put into a canvas as four bytes and got back');
labels.forEach((label, i) => console.log(`alpha ${label >>> 24}: expected ${label}, seen ${back[i]}`));
process.exit(back[0] === 0 && back[1] === 0 && back[2] !== labels[2] && back[4] === labels[4] ? 0 : 1);
JS
node run.mjs
