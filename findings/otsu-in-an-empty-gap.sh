#!/usr/bin/env bash
# image-js 1.7.0 and OpenCV 4.12: Otsu's threshold of the same pixels is 199 in one and 10 in the other.
#
# A good engineer would guess that Otsu's method has one answer. Between two well separated populations the criterion is
# equal over the whole empty gap, though, and nothing in the method says which end to take. OpenCV (like scikit-image) keeps
# the first maximum, image-js the last. Both binarise this very image alike, which is why no test of one image notices.
#
# Why it matters: a threshold is carried from a control image to the others. Dim nuclei of 60 are found with the threshold of
# one library and lost with that of the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . image-js@1.7.0 @techstark/opencv-js@4.12.0-release.1 >/dev/null
cat > run.mjs <<'JS'
import { Image, computeThreshold } from 'image-js';
import loading from '@techstark/opencv-js';
const cv = loading instanceof Promise ? await loading : loading;
if (!cv.Mat) await new Promise(done => { cv.onRuntimeInitialized = done; });

const control = [10, 10, 10, 10, 200, 200, 200, 200], dim = [10, 10, 60, 60, 10, 60, 10, 10];
const first = computeThreshold(new Image(8, 1, { colorModel: 'GREY', data: Uint8Array.from(control) }), { algorithm: 'otsu' });
const second = cv.threshold(cv.matFromArray(1, 8, cv.CV_8U, control), new cv.Mat(), 0, 255, cv.THRESH_OTSU);
const above = (values, t) => values.filter(v => v > t).length;

console.log('image-js 1.7.0, OpenCV 4.12.0, pixels', control.join(' '));
console.log(`expected the same threshold, seen ${first} (image-js) and ${second} (OpenCV)`);
console.log(`foreground of the same image: ${above(control, first)} and ${above(control, second)} pixels`);
console.log(`foreground of the dim image:  ${above(dim, first)} and ${above(dim, second)} pixels`);
process.exit(first === 199 && second === 10 ? 0 : 1);
JS
node run.mjs
