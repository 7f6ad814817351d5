#!/usr/bin/env bash
# OpenCV.js 4.12: Mat.clone() does not copy the pixels.
#
# A good engineer would guess that clone() is OpenCV's deep copy, as in C++ and Python, and as it was in earlier builds of
# OpenCV.js (4.5.1 copied). What happens is that the C++ to JavaScript binding has a method of the same name, which makes a
# second handle of the same object: writing to the clone writes to the original. copyTo() still copies.
#
# Why it matters: "keep the raw image, work on a clone" is the first line of most pipelines. Here the raw image is
# overwritten, and intensities are measured in what the filter left.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @techstark/opencv-js@4.12.0-release.1 >/dev/null
cat > run.mjs <<'JS'
import loading from '@techstark/opencv-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });

const raw = cv.matFromArray(1, 3, cv.CV_8U, [10, 20, 30]);
const copied = new cv.Mat();
raw.copyTo(copied);
const clone = raw.clone();
clone.data[0] = 99;

console.log('OpenCV 4.12.0, raw image 10 20 30, then 99 written to the first pixel of its clone');
console.log('raw image:  expected 10 20 30, seen', [...raw.data].join(' '));
console.log('copyTo():   expected 10 20 30, seen', [...copied.data].join(' '));
process.exit(raw.data[0] === 99 && copied.data[0] === 10 ? 0 : 1);
JS
node run.mjs
