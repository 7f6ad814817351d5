// The page's icon as PNGs, for systems that install the page: node tools/make-icons.mjs FOLDER
//
// It is the icon of index.html without its round corners, which systems cut for themselves; what is drawn lies inside the
// circle that all of them leave whole.
import fs from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

export const ICON_SIDES = [192, 512];
const SIDE = 16;  // of the drawing; circles are given in its units
const GROUND = [0x16, 0x18, 0x1b];
const CIRCLES = [{ x: 6, y: 9, radius: 3.5, colour: [0xf0, 0xb4, 0x5a] }, { x: 11, y: 5.5, radius: 2.5, colour: [0x6f, 0xb7, 0xc9] }];

/** The colour of a point, `scale` of which make a unit; edges are as wide as a point. */
function colourAt(col, row, scale) {
  let colour = GROUND;
  for (const circle of CIRCLES) {
    const inside = scale * circle.radius - Math.hypot(col + 0.5 - scale * circle.x, row + 0.5 - scale * circle.y);
    const share = Math.min(1, Math.max(0, inside + 0.5));
    colour = colour.map((value, i) => value + share * (circle.colour[i] - value));
  }
  return colour.map(Math.round);
}

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; ++bit) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, sum] = [content.length, crc32(body)].map((value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  });
  return Buffer.concat([length, body, sum]);
}

/** The icon as the bytes of a PNG of that many rows and columns. */
export function icon(side) {
  const rows = Array.from({ length: side }, (_, row) =>
    [0, ...Array.from({ length: side }, (__, col) => colourAt(col, row, side / SIDE)).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);  // 8 bits of red, green and blue
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

for (const side of process.argv[2] ? ICON_SIDES : []) fs.writeFileSync(path.join(process.argv[2], `icon-${side}.png`), icon(side));
