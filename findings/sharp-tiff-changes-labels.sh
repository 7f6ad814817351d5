#!/usr/bin/env bash
# sharp 0.35.5: a label image saved with tiff() comes back with other labels.
#
# A good engineer would guess that TIFF is written without loss, as nearly every scientific program does by default. What
# happens is that the default compression of sharp's TIFF is JPEG with quality 80. compression: 'lzw' (or 'none') keeps every
# pixel.
#
# Why it matters: in the label image below half of the pixels change, at the borders of the nuclei most of all, and a label
# appears that no nucleus had. A table of areas made from the saved file differs from one made before saving.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . sharp@0.35.5 >/dev/null
cat > run.mjs <<'JS'
import sharp from 'sharp';
const labels = Uint8Array.from({ length: 256 }, (_, i) => 1 + ((i % 16) >> 2) + 4 * (i >> 6));   // 16 squares of 4 x 4
async function saved(options) {
  const tiff = await sharp(labels, { raw: { width: 16, height: 16, channels: 1 } }).tiff(options).toBuffer();
  const { data, info } = await sharp(tiff).raw().toBuffer({ resolveWithObject: true });
  const back = [...data].filter((_, i) => i % info.channels === 0);
  return { changed: back.filter((v, i) => v !== labels[i]).length, labels: new Set(back).size };
}
const plain = await saved({}), lzw = await saved({ compression: 'lzw' });
console.log('sharp 0.35.5, 256 pixels with 16 labels saved as TIFF and read back');
console.log(`tiff():                       expected 0 pixels changed, seen ${plain.changed}; ${plain.labels} different labels`);
console.log(`tiff({ compression: 'lzw' }): expected 0 pixels changed, seen ${lzw.changed}; ${lzw.labels} different labels`);
process.exit(plain.changed > 50 && lzw.changed === 0 ? 0 : 1);
JS
node run.mjs
