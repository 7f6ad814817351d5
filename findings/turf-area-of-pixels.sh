#!/usr/bin/env bash
# @turf/area 7.4.0: the area of an outline in pixels depends on the row it lies in.
#
# A good engineer would guess that the area of a GeoJSON polygon is in the square of its own unit. Microscopy programs exchange
# outlines of nuclei as GeoJSON in pixels. What happens is that the coordinates are taken for degrees of longitude and latitude
# on a globe, as the GeoJSON standard has it since 2016, and the area is in square metres: a square of 10 x 10 pixels has
# 1.2e12 at the top of the image, less than half of that 60 rows further down, nothing at all in row 85, across the pole, and
# in row 500 the count simply goes on round the globe, without an error.
#
# Why it matters: the ratio of two areas looks plausible, but the same nucleus is twice as large at another place of the field.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @turf/area@7.4.0 >/dev/null
cat > run.mjs <<'JS'
import { area } from '@turf/area';
const nucleus = (x, y) => ({ type: 'Polygon', coordinates: [[[x, y], [x + 10, y], [x + 10, y + 10], [x, y + 10], [x, y]]] });
const rows = [0, 60, 85, 500], seen = rows.map(y => area(nucleus(100, y)));
console.log('@turf/area 7.4.0, the same outline of 10 x 10 pixels in four rows of an image');
rows.forEach((y, i) => console.log(`row ${y}: expected 100 (or at least always the same), seen ${seen[i].toPrecision(3)}`));
process.exit(seen[0] > 1e12 && seen[1] < seen[0] / 2 && seen[2] < seen[1] ? 0 : 1);
JS
node run.mjs
