// A tiny TIFF reader and writer for the page's tests, independent of the program's own.
import zlib from 'node:zlib';

const TYPES = {
  uint8: { array: Uint8Array, bits: 8, format: 1 },
  uint16: { array: Uint16Array, bits: 16, format: 1 },
  uint32: { array: Uint32Array, bits: 32, format: 1 },
  float32: { array: Float32Array, bits: 32, format: 3 },
};
const TAG = {
  width: 256, height: 257, bits: 258, compression: 259, photometric: 262, stripOffsets: 273, samples: 277,
  rowsPerStrip: 278, stripCounts: 279, sampleFormat: 339,
};
const COMPRESSION = { none: 1, lzw: 5, deflate: 8 };
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 };

/** LZW without its point: each byte as a code of 9 bits, the table emptied before longer codes are due. */
function lzw(bytes) {
  const codes = [];
  bytes.forEach((byte, index) => {
    if (index % 250 === 0) codes.push(256);
    codes.push(byte);
  });
  codes.push(257);
  const out = Buffer.alloc(Math.ceil((codes.length * 9) / 8));
  codes.forEach((code, index) => {
    for (let bit = 0; bit < 9; ++bit) {
      const at = index * 9 + bit;
      if (code & (256 >> bit)) out[at >> 3] |= 128 >> (at & 7);
    }
  });
  return out;
}

const pack = { none: (bytes) => bytes, lzw, deflate: (bytes) => zlib.deflateSync(bytes) };

function directory(entries, at, next) {
  const out = Buffer.alloc(2 + entries.length * 12 + 4);
  out.writeUInt16LE(entries.length, 0);
  entries.forEach(([tag, type, count, value], index) => {
    const start = 2 + index * 12;
    out.writeUInt16LE(tag, start);
    out.writeUInt16LE(type, start + 2);
    out.writeUInt32LE(count, start + 4);
    if (type === 3 && count === 1) out.writeUInt16LE(value, start + 8);
    else out.writeUInt32LE(value, start + 8);
  });
  out.writeUInt32LE(next ? at + out.length : 0, out.length - 4);
  return out;
}

/**
 * A little-endian TIFF of one strip a page.
 * @param pages `{rows, cols, data, type, channels, compression}`; data row by row, channels interleaved. The last three
 *   may be left out: uint16, 1, none.
 */
export function writeTiff(...pages) {
  const parts = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let at = 8;
  pages.forEach(({ rows, cols, data, type = 'uint16', channels = 1, compression = 'none' }, page) => {
    const { array, bits, format } = TYPES[type];
    const plain = Buffer.from(array.from(data).buffer);
    const strip = pack[compression](plain);
    const padded = Buffer.concat([strip, Buffer.alloc(strip.length % 2)]);
    const start = at + 2 + 10 * 12 + 4;
    // With three channels the bits of each no longer fit into the entry.
    const extra = channels > 2 ? Buffer.from(Uint16Array.from({ length: channels }, () => bits).buffer) : Buffer.alloc(0);
    const extraPadded = Buffer.concat([extra, Buffer.alloc(extra.length % 2)]);
    const stripAt = start + extraPadded.length;
    const entries = [
      [TAG.width, 4, 1, cols], [TAG.height, 4, 1, rows],
      extra.length ? [TAG.bits, 3, channels, start] : [TAG.bits, 3, 1, bits],
      [TAG.compression, 3, 1, COMPRESSION[compression]], [TAG.photometric, 3, 1, channels === 3 ? 2 : 1],
      [TAG.stripOffsets, 4, 1, stripAt], [TAG.samples, 3, 1, channels], [TAG.rowsPerStrip, 4, 1, rows],
      [TAG.stripCounts, 4, 1, strip.length], [TAG.sampleFormat, 3, 1, format],
    ];
    const head = directory(entries, at, 0);
    const body = Buffer.concat([head, extraPadded, padded]);
    if (page + 1 < pages.length) body.writeUInt32LE(at + body.length, head.length - 4);
    parts.push(body);
    at += body.length;
  });
  return Buffer.concat(parts);
}

/** Only a header that claims this size; nothing follows it. */
export function writeHeaderOnly(rows, cols) {
  const entries = [
    [TAG.width, 4, 1, cols], [TAG.height, 4, 1, rows], [TAG.bits, 3, 1, 16], [TAG.compression, 3, 1, 1],
    [TAG.photometric, 3, 1, 1], [TAG.stripOffsets, 4, 1, 8], [TAG.samples, 3, 1, 1], [TAG.rowsPerStrip, 4, 1, rows],
    [TAG.stripCounts, 4, 1, 4],
  ];
  return Buffer.concat([Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]), directory(entries, 8, 0)]);
}

/**
 * The first page of a little-endian TIFF of one channel: integers or floats, stored plainly or with Deflate.
 * @returns {{rows: number, cols: number, type: string, data: ArrayLike<number>}}
 */
export function readTiff(bytes) {
  const buffer = Buffer.from(bytes);
  if (buffer.toString('latin1', 0, 4) !== 'II*\0') throw new Error('no little-endian TIFF');
  const at = buffer.readUInt32LE(4);
  const tags = new Map();
  for (let i = 0; i < buffer.readUInt16LE(at); ++i) {
    const entry = at + 2 + i * 12;
    const [type, count] = [buffer.readUInt16LE(entry + 2), buffer.readUInt32LE(entry + 4)];
    const inPlace = SIZES[type] * count <= 4;
    const from = inPlace ? entry + 8 : buffer.readUInt32LE(entry + 8);
    const read = { 3: (i_) => buffer.readUInt16LE(from + 2 * i_), 4: (i_) => buffer.readUInt32LE(from + 4 * i_) }[type];
    if (read) tags.set(buffer.readUInt16LE(entry), Array.from({ length: count }, (_, k) => read(k)));
  }
  const one = (tag, otherwise) => tags.get(tag)?.[0] ?? otherwise;
  const [rows, cols, bits] = [one(TAG.height), one(TAG.width), one(TAG.bits)];
  const format = one(TAG.sampleFormat, 1);
  const compression = one(TAG.compression, 1);
  if (one(TAG.samples, 1) !== 1 || one(317, 1) !== 1) throw new Error('one channel without a predictor is expected');
  if (compression !== 1 && compression !== 8) throw new Error(`compression ${compression} is not read here`);
  const counts = tags.get(TAG.stripCounts);
  const plain = Buffer.concat(tags.get(TAG.stripOffsets).map((offset, k) => {
    const strip = buffer.subarray(offset, offset + counts[k]);
    return compression === 8 ? zlib.inflateSync(strip) : strip;
  }));
  const [type, { array }] = Object.entries(TYPES).find(([, known]) => known.bits === bits && known.format === format);
  return { rows, cols, type, data: new array(Uint8Array.from(plain).buffer) };
}

/** A field of round nuclei without any noise, of values from 20 to 220; the same every time. */
export function nuclei(rows = 120, cols = 160) {
  const data = new Float32Array(rows * cols).fill(20);
  for (let row = 25; row + 15 < rows; row += 34) {
    for (let col = 25; col + 15 < cols; col += 36) {
      const radius = 8 + ((row + col) % 4);
      for (let r = row - radius; r <= row + radius; ++r) {
        for (let c = col - radius; c <= col + radius; ++c) {
          const depth = 1 - Math.hypot(r - row, c - col) / radius;
          if (depth > 0) data[r * cols + c] = Math.round(20 + 200 * Math.sqrt(depth));
        }
      }
    }
  }
  return { rows, cols, data };
}
