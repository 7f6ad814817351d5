#!/usr/bin/env bash
# Node 24.11.0 (V8): Math.hypot() gives two pixels at the same distance different distances.
#
# A good engineer would guess that Math.hypot(dx, dy) is the better way to write Math.sqrt(dx * dx + dy * dy), and that for
# whole numbers both are the same. What happens is that V8's hypot scales and sums its arguments in its own way, and rounds
# more often: of the 20100 pairs below 200, a third differs from the square root, which is correctly rounded. The pixels
# (1, 12) and (8, 9) are both at the square root of 145 from the origin, but their hypot differs in the last digit.
#
# Why it matters: in a distance map made with hypot the plateau of equal distances in the middle of a nucleus is torn, so a
# search for local maxima finds other seeds, and more or fewer of them, than SciPy's exact transform gives scikit-image.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . node@24.11.0 >/dev/null
cat > run.mjs <<'JS'
let pairs = 0, different = 0, torn = 0;
const distances = new Map();
for (let a = 0; a < 200; a++) {
  for (let b = a; b < 200; b++) {
    const square = a * a + b * b, h = Math.hypot(a, b);
    pairs++;
    if (h !== Math.sqrt(square)) different++;
    if (!distances.has(square)) distances.set(square, new Set());
    distances.get(square).add(h);
  }
}
for (const values of distances.values()) if (values.size > 1) torn++;
const [one, other] = [Math.hypot(1, 12), Math.hypot(8, 9)];
console.log(`Node ${process.versions.node}, V8 ${process.versions.v8}, whole numbers from 0 to 199`);
console.log(`hypot(a, b) === sqrt(a * a + b * b): expected for all ${pairs} pairs, seen for ${pairs - different}`);
console.log(`hypot(1, 12) and hypot(8, 9): expected equal, seen ${one} and ${other}`);
console.log(`squared distances that have more than one hypot: expected 0, seen ${torn} of ${distances.size}`);
process.exit(one !== other && different > 0 && torn > 0 ? 0 : 1);
JS
./node_modules/.bin/node run.mjs
