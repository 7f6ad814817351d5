#!/usr/bin/env bash
# OpenCV.js 4.12: the elliptic structuring element of 5 x 5 is wider than it is high.
#
# A good engineer would guess that MORPH_ELLIPSE with a square size is a disk, the same from all four sides. What happens is
# that the 5 x 5 element has three full rows but only one full column: 17 pixels that do not equal their own transpose (and at
# 3 x 3 it is the plain cross). An erosion with it therefore takes more from the left and right of a nucleus than from its top
# and bottom, and turning the image by 90 degrees changes the result.
#
# Why it matters: an erosion or an opening with a "disk" is meant to be the same in all directions; with this one round nuclei
# come out taller than wide. scikit-image's disk(2) is symmetric and has 13 pixels.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @techstark/opencv-js@4.12.0-release.1 >/dev/null
cat > run.mjs <<'JS'
import loading from '@techstark/opencv-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });

const element = cv.getStructuringElement(cv.MORPH_ELLIPSE, new cv.Size(5, 5));
const at = (y, x) => element.ucharPtr(y, x)[0], five = [0, 1, 2, 3, 4];
const symmetric = five.every(y => five.every(x => at(y, x) === at(x, y)));

const nucleus = cv.Mat.zeros(41, 41, cv.CV_8U), eroded = new cv.Mat();
for (let y = 0; y < 41; y++) for (let x = 0; x < 41; x++) if ((x - 20) ** 2 + (y - 20) ** 2 <= 64) nucleus.ucharPtr(y, x)[0] = 255;
cv.erode(nucleus, eroded, element, new cv.Point(-1, -1), 2);
const box = cv.boundingRect(eroded);

console.log('OpenCV 4.12.0, getStructuringElement(MORPH_ELLIPSE, 5 x 5)');
for (const y of five) console.log('   ' + five.map(x => at(y, x)).join(' '));
console.log('expected an element that equals its transpose, seen', symmetric ? 'that' : 'one that does not');
console.log(`a disk of 17 x 17 after two erosions: expected as wide as high, seen ${box.width} wide and ${box.height} high`);
process.exit(!symmetric && box.width !== box.height ? 0 : 1);
JS
node run.mjs
