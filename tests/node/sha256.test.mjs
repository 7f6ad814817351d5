// The page's own SHA-256 against Node's.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Sha256 } from '../../web/page/sha256.js';

const expected = (bytes) => createHash('sha256').update(bytes).digest('base64');

/** The digest of bytes that come in chunks of `size` and more. */
function digest(bytes, size) {
  const sha = new Sha256();
  for (let at = 0, next = size; at < bytes.length; at += next, next = size + (at % 7)) sha.update(bytes.subarray(at, at + next));
  return sha.base64();
}

test('is SHA-256 for every length around a block, however it is cut into chunks', () => {
  for (let length = 0; length <= 200; ++length) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 73 + length) & 255);
    for (const size of [1, 63, 64, 65, 1000]) assert.equal(digest(bytes, size), expected(bytes), `${length} bytes by ${size}`);
  }
});

test('is SHA-256 for what is as large as the page', () => {
  const bytes = Uint8Array.from({ length: 1_000_003 }, (_, i) => (i * i) >> 5);
  assert.equal(digest(bytes, 65_536), expected(bytes));
});

// The constants are computed. A browser whose cube root differs in the last bits has to arrive at the same ones.
test('no constant is so near to an integer that the last bits of a cube root decide', () => {
  const primes = [];
  for (let n = 2; primes.length < 64; ++n) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  for (const prime of primes) {
    const root = Math.cbrt(prime);
    const bits = (root % 1) * 2 ** 32;
    const error = 8 * root * Number.EPSILON * 2 ** 32;
    assert.ok(Math.abs(bits - Math.round(bits)) > error, `${prime}: ${bits}`);
  }
});
