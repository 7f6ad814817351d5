#!/usr/bin/env bash
# OpenCV.js 4.12: the data of a region of interest are other pixels than those of the region.
#
# A good engineer would guess that roi(rect).data holds the pixels inside the rectangle, since roi.rows and roi.cols are those
# of the rectangle. What happens is that data has the right length but runs on from the first pixel through memory, past the
# rectangle's right edge: the step from row to row is still the parent image's. ucharPtr(row, column) and every OpenCV
# function honour the step, so only code that reads data is wrong.
#
# Why it matters: the mean intensity of one nucleus is computed over the crop of its bounding box.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @techstark/opencv-js@4.12.0-release.1 >/dev/null
cat > run.mjs <<'JS'
import loading from '@techstark/opencv-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });

const image = cv.matFromArray(4, 4, cv.CV_8U, [0, 0, 0, 0,  0, 9, 9, 0,  0, 9, 9, 0,  0, 0, 0, 0]);
const roi = image.roi(new cv.Rect(1, 1, 2, 2));
const seen = [...roi.data], mean = seen.reduce((a, b) => a + b) / seen.length;
const byPointer = [0, 1].flatMap(r => [0, 1].map(c => roi.ucharPtr(r, c)[0]));

console.log('OpenCV 4.12.0, a 2 x 2 nucleus of value 9 in a 4 x 4 image of 0, roi = its bounding box');
console.log(`roi.data: expected 9 9 9 9, seen ${seen.join(' ')} (isContinuous() is ${roi.isContinuous()})`);
console.log(`mean of roi.data: expected 9, seen ${mean}; cv.mean(roi) gives ${cv.mean(roi)[0]}`);
process.exit(mean === 4.5 && byPointer.every(v => v === 9) && cv.mean(roi)[0] === 9 ? 0 : 1);
JS
node run.mjs
