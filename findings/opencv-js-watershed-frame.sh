#!/usr/bin/env bash
# OpenCV.js 4.12: watershed() takes a frame of one pixel from every image.
#
# A good engineer would guess that -1 stands only where two basins meet, as the description of the function says. What happens
# is that the outermost row and column on all four sides are always -1, whatever the markers: even one single marker on a flat
# image does not fill it.
#
# Why it matters: a nucleus at the image's edge loses area, none is ever found to touch the edge (so "discard nuclei that
# touch the edge" discards nothing), and a nucleus one pixel thick there vanishes. scikit-image's watershed() fills the frame.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @techstark/opencv-js@4.12.0-release.1 >/dev/null
cat > run.mjs <<'JS'
import loading from '@techstark/opencv-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });

const flat = cv.Mat.zeros(5, 6, cv.CV_8UC3), markers = cv.Mat.zeros(5, 6, cv.CV_32S);
markers.intPtr(2, 2)[0] = 1;
cv.watershed(flat, markers);
console.log('OpenCV 4.12.0, watershed() of a flat 6 x 5 image with one marker: expected 1 everywhere, seen');
for (let y = 0; y < 5; y++) console.log('  ' + [...markers.data32S.slice(6 * y, 6 * y + 6)].map(v => String(v).padStart(3)).join(''));
const minus = markers.data32S.filter(v => v === -1).length, ones = markers.data32S.filter(v => v === 1).length;
console.log(`${ones} pixels have the label 1, ${minus} have -1, and there is no second basin`);
process.exit(ones === 12 && minus === 18 ? 0 : 1);
JS
node run.mjs
