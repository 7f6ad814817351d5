#!/usr/bin/env bash
# distance-transform 1.0.2: the distances are to the foreground, and are cut to whole numbers in the mask's own memory.
#
# A good engineer would guess that the transform of a mask gives a new floating-point array with the distance of each
# foreground pixel to the background, as SciPy's distance_transform_edt does. What happens: pixels that are set get 0, the
# others their distance to the nearest one that is set; the mask itself is overwritten; and in a mask of bytes each distance
# is stored as a byte, which makes 1.41 a 1 and 2.83 a 2. A mask of floating-point numbers gets exact distances.
#
# Why it matters: seeds for the watershed are the maxima of the distance inside nuclei. Here the maxima lie between the nuclei,
# on wide plateaus, and the mask needed for the next step is gone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . distance-transform@1.0.2 ndarray@1.1.1 >/dev/null
cat > run.mjs <<'JS'
import transform from 'distance-transform';
import ndarray from 'ndarray';
const scene = Array_ => { const mask = ndarray(new Array_(25), [5, 5]); mask.set(2, 2, 1); return mask; };
const bytes = scene(Uint8Array), floats = scene(Float64Array);
const seen = transform(bytes), exact = transform(floats);
const values = map => [[2, 2], [2, 1], [1, 1], [0, 0]].map(([r, c]) => map.get(r, c).toFixed(2)).join(' ');
console.log('distance-transform 1.0.2, a mask of 5 x 5 with one pixel set: it, its neighbour, its diagonal neighbour, the corner');
console.log('mask of bytes:  expected 1.00 0.00 0.00 0.00, seen', values(seen));
console.log('mask of floats: expected 1.00 0.00 0.00 0.00, seen', values(exact));
console.log('the mask itself: expected unchanged, seen', bytes.get(0, 0) === 0 ? 'unchanged' : 'overwritten');
process.exit(values(seen) === '0.00 1.00 1.00 2.00' && values(exact) === '0.00 1.00 1.41 2.83' && bytes.get(0, 0) === 2 ? 0 : 1);
JS
node run.mjs
