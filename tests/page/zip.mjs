// A tiny reader of ZIP archives for the page's tests: entries that are stored as they are.
import assert from 'node:assert/strict';
import zlib from 'node:zlib';

/** @returns the files' bytes by their names, each checked against its sum */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'no end of a central directory');
  const files = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; --left) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    assert.equal(bytes.readUInt16LE(at + 10), 0, 'compressed');
    const [size, nameLength, extra, comment] = [bytes.readUInt32LE(at + 24), ...[28, 30, 32].map((place) => bytes.readUInt16LE(at + place))];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const contents = bytes.subarray(start, start + size);
    assert.ok(!(name in files), `${name} twice`);
    if (zlib.crc32) assert.equal(zlib.crc32(contents), bytes.readUInt32LE(at + 16), `the sum of ${name}`);
    files[name] = contents;
    at += 46 + nameLength + extra + comment;
  }
  return files;
}
