// A tiny PNG reader for the page's tests, independent of the program's own writer.
import zlib from 'node:zlib';

const PREDICTORS = [
  () => 0,
  (left) => left,
  (left, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const guess = left + above - corner;
    const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value));
    if (a <= b && a <= c) return left;
    return b <= c ? above : corner;
  },
];

/** Reads 8 bits a channel, RGB or RGBA, not interlaced: `{rows, cols, at(row, col)}`, where `at` gives [red, green, blue]. */
export function readPng(bytes) {
  const buffer = Buffer.from(bytes);
  if (buffer.toString('latin1', 1, 4) !== 'PNG') throw new Error('no PNG');
  const parts = [];
  let header = null;
  for (let at = 8; at < buffer.length;) {
    const size = buffer.readUInt32BE(at);
    const name = buffer.toString('latin1', at + 4, at + 8);
    const content = buffer.subarray(at + 8, at + 8 + size);
    if (name === 'IHDR') header = content;
    if (name === 'IDAT') parts.push(content);
    at += size + 12;
  }
  const [cols, rows] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error('a kind of PNG that is not read here');
  const packed = zlib.inflateSync(Buffer.concat(parts));
  const stride = cols * channels;
  const pixels = Buffer.alloc(rows * stride);
  for (let row = 0; row < rows; ++row) {
    const predict = PREDICTORS[packed[row * (stride + 1)]];
    for (let i = 0; i < stride; ++i) {
      const at = row * stride + i;
      const left = i >= channels ? pixels[at - channels] : 0;
      const above = row > 0 ? pixels[at - stride] : 0;
      const corner = row > 0 && i >= channels ? pixels[at - stride - channels] : 0;
      pixels[at] = packed[row * (stride + 1) + 1 + i] + predict(left, above, corner);
    }
  }
  return { rows, cols, at: (row, col) => [...pixels.subarray(row * stride + col * channels, row * stride + col * channels + 3)] };
}

/** The share of pixels in which two pictures differ for the eye, in their first rows. */
export function difference(a, b, rows = a.rows) {
  let count = 0;
  for (let row = 0; row < rows; ++row) {
    for (let col = 0; col < a.cols; ++col) {
      const there = b.at(row, col);
      if (a.at(row, col).some((value, i) => Math.abs(value - there[i]) > 24)) ++count;
    }
  }
  return count / (rows * a.cols);
}

/** How much of two pictures differs, in percent. */
export const percent = (a, b) => 100 * difference(a, b);
