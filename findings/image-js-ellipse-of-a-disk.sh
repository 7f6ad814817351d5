#!/usr/bin/env bash
# image-js 1.7.0: the ellipse of a disk is twice as long as it is wide.
#
# A good engineer would guess that the ellipse of a region is the one with the region's second moments, so that a disk of
# radius 20 has two axes of about 40 and a 20 x 10 rectangle has axes in the ratio 2. What happens is that the two axes of a
# disk, and of a square, come out in the ratio 2, those of the rectangle in the ratio 1.42, and that one pixel more on the
# disk's edge makes the "major" axis shorter than the "minor" one. The area of the ellipse is right, which hides it.
#
# Why it matters: eccentricity and elongation are the measurements by which round nuclei are told from dividing ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . image-js@1.7.0 >/dev/null
cat > run.mjs <<'JS'
import { Mask, fromMask } from 'image-js';
function axes(inside) {
  const mask = new Mask(60, 60);
  for (let y = 0; y < 60; y++) for (let x = 0; x < 60; x++) if (inside(x, y)) mask.setBit(x, y, 1);
  const { majorAxis, minorAxis } = fromMask(mask).getRois()[0].ellipse;
  return [majorAxis.length, minorAxis.length];
}
const disk = (x, y) => (x - 25) ** 2 + (y - 25) ** 2 <= 400;
const shapes = [
  ['disk of radius 20', 1, axes(disk)],
  ['square 10 x 10', 1, axes((x, y) => x >= 5 && x < 15 && y >= 5 && y < 15)],
  ['rectangle 20 x 10', 2, axes((x, y) => x >= 5 && x < 25 && y >= 5 && y < 15)],
  ['disk and one pixel', 1, axes((x, y) => disk(x, y) || (x === 46 && y === 25))],
];
console.log('image-js 1.7.0, Roi.ellipse');
for (const [name, ratio, [a, b]] of shapes)
  console.log(`${name}: expected a ratio of about ${ratio}, seen ${a.toFixed(1)} : ${b.toFixed(1)} = ${(a / b).toFixed(2)}`);
const [d, s, r, e] = shapes.map(([, , [a, b]]) => a / b);
const near = (x, y) => Math.abs(x - y) < 0.01;
process.exit(near(d, 2) && near(s, 2) && near(r, 1.417) && e < 1 ? 0 : 1);
JS
node run.mjs
