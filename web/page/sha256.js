// SHA-256 (FIPS 180-4), chunk by chunk: the browser's own wants all bytes at once, and is not there on plain http:.

const BLOCK = 64;  // bytes
const LENGTH = 8;  // bytes at the end of the last block, which hold the count of bits

function firstPrimes(count) {
  const primes = [];
  for (let n = 2; primes.length < count; ++n) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The first 32 bits of a number's fractional part. */
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;

const CONSTANTS = Int32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

const rotated = (x, by) => (x >>> by) | (x << (32 - by));

/** The digest of what `update` is given, one chunk after the other. */
export class Sha256 {
  constructor() {
    this.state = START.slice();
    this.words = new Int32Array(64);
    this.rest = new Uint8Array(BLOCK);  // of which the first `count` % BLOCK bytes wait for a whole block
    this.count = 0;
  }

  /** @param bytes a Uint8Array of any length */
  update(bytes) {
    let at = 0;
    const waiting = this.count % BLOCK;
    this.count += bytes.length;
    if (waiting > 0) {
      at = Math.min(BLOCK - waiting, bytes.length);
      this.rest.set(bytes.subarray(0, at), waiting);
      if (waiting + at < BLOCK) return;
      this.#block(this.rest, 0);
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.#block(bytes, at);
    this.rest.set(bytes.subarray(at));
  }

  /** The digest in base64, as the attribute `integrity` has it; nothing can be added after it. */
  base64() {
    const bits = 8 * this.count;
    const padding = new Uint8Array(BLOCK + LENGTH - ((this.count + LENGTH) % BLOCK));
    padding[0] = 0x80;
    const end = new DataView(padding.buffer, padding.length - LENGTH);
    end.setUint32(0, Math.floor(bits / 2 ** 32));
    end.setUint32(4, bits);
    this.update(padding);
    const digest = new DataView(new ArrayBuffer(4 * this.state.length));
    this.state.forEach((word, i) => digest.setInt32(4 * i, word));
    return btoa(String.fromCharCode(...new Uint8Array(digest.buffer)));
  }

  #block(bytes, from) {
    const w = this.words;
    for (let i = 0, at = from; i < 16; ++i, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; ++i) {
      const [x, y] = [w[i - 15], w[i - 2]];
      const s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
      const s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.state;
    for (let i = 0; i < 64; ++i) {
      const t1 = (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + CONSTANTS[i] + w[i]) | 0;
      const t2 = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { this.state[i] = (this.state[i] + word) | 0; });
  }
}
