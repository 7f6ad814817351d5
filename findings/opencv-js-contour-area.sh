#!/usr/bin/env bash
# OpenCV.js 4.12: the area and the holes of a contour are not those of its pixels.
#
# A good engineer would guess that contourArea() of a filled 10 x 10 square is 100, and that the area of its contour less that
# of a hole's contour is the number of pixels. What happens: a contour runs through the centres of the outermost pixels, so
# the square has 81; the contour of a hole runs through the foreground around it, so a hole of 9 pixels has 14; a nucleus of
# one pixel, or a line of three, has 0. The difference for the square with the hole is 67, where 91 pixels are set.
#
# Why it matters: the usual filter "contourArea > 50" and every table of areas made with it count small nuclei too small: by
# 19 % here, and the smaller the nucleus the more. scikit-image's regionprops counts pixels.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @techstark/opencv-js@4.12.0-release.1 >/dev/null
cat > run.mjs <<'JS'
import loading from '@techstark/opencv-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });

function areas(inside) {
  const mask = cv.Mat.zeros(20, 20, cv.CV_8U), contours = new cv.MatVector();
  for (let y = 0; y < 20; y++) for (let x = 0; x < 20; x++) if (inside(x, y)) mask.ucharPtr(y, x)[0] = 255;
  cv.findContours(mask, contours, new cv.Mat(), cv.RETR_CCOMP, cv.CHAIN_APPROX_NONE);
  const found = [];
  for (let i = 0; i < contours.size(); i++) found.push(cv.contourArea(contours.get(i)));
  return { found, pixels: cv.countNonZero(mask) };
}
const within = (v, a, b) => v >= a && v < b;
const square = (x, y) => within(x, 5, 15) && within(y, 5, 15), hole = (x, y) => within(x, 8, 11) && within(y, 8, 11);
const ring = areas((x, y) => square(x, y) && !hole(x, y)), full = areas(square), line = areas((x, y) => y === 3 && within(x, 3, 6));

console.log('OpenCV 4.12.0, findContours() and contourArea()');
console.log('square 10 x 10: expected 100, seen', full.found.join(' '), 'where pixels are set:', full.pixels);
console.log('its hole 3 x 3: expected 9, seen', ring.found[1]);
console.log(`the square less its hole: expected ${ring.pixels}, the pixels that are set, seen ${ring.found[0] - ring.found[1]}`);
console.log('line of 3 pixels: expected 3, seen', line.found.join(' '));
process.exit(full.found[0] === 81 && ring.found[1] === 14 && ring.pixels === 91 && line.found[0] === 0 ? 0 : 1);
JS
node run.mjs
