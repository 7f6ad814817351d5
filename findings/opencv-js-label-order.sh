#!/usr/bin/env bash
# OpenCV.js 4.12: the order of labels depends on the connectivity, and with 8 it is not the order of the rows.
#
# A good engineer would guess that connectedComponents() numbers components in the order in which a scan by rows meets them,
# as scikit-image's label() and SciPy's do. With 4 neighbours that is so. With 8 the image is scanned in blocks of 2 x 2, and
# a component whose first pixel lies in the second row of a pair, further left, comes before one in the first row. The mask
# below has five single pixels: no two touch, so both connectivities find the same five components, but number them otherwise.
#
# Why it matters: "nucleus 1" of a table is another nucleus, and comparing a label image pixel by pixel with that of another
# program fails although the segmentation is the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @techstark/opencv-js@4.12.0-release.1 >/dev/null
cat > run.mjs <<'JS'
import loading from '@techstark/opencv-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });

const dots = [[6, 0], [1, 1], [4, 1], [7, 3], [0, 4]];   // x, y, in the order of the rows
const mask = cv.Mat.zeros(6, 8, cv.CV_8U);
for (const [x, y] of dots) mask.ucharPtr(y, x)[0] = 255;
const labels = connectivity => {
  const out = new cv.Mat();
  cv.connectedComponents(mask, out, connectivity, cv.CV_32S);
  return dots.map(([x, y]) => out.intAt(y, x)).join(' ');
};
const four = labels(4), eight = labels(8);
console.log('OpenCV 4.12.0, connectedComponents(), labels of five single pixels in the order of the rows');
console.log('4 neighbours: expected 1 2 3 4 5, seen', four);
console.log('8 neighbours: expected 1 2 3 4 5, seen', eight);
process.exit(four === '1 2 3 4 5' && eight === '3 1 2 4 5' ? 0 : 1);
JS
node run.mjs
