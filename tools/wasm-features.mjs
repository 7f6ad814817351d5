// Which features of WebAssembly object files use, as Binaryen's options. The compiler writes them into every object file, in
// a section of its own (target_features of LLVM's tool conventions); the linked and optimised module has it no more.

/** Where Binaryen has another word than LLVM. */
const BINARYEN = new Map([
  ['atomics', 'threads'],
  ['nontrapping-fptoint', 'nontrapping-float-to-int'],
  ['simd128', 'simd'],
]);
const CUSTOM = 0;

/** Reads numbers and names of a wasm file, from its beginning. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value |= (byte & 0x7f) << shift;
      if (!(byte & 0x80)) return value >>> 0;
    }
  }

  name() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
}

/** LLVM's names of the features that an object file uses. */
export function featuresOf(object) {
  const reader = new Reader(object);
  const features = [];
  for (reader.at = 8; reader.at < object.length;) {
    const id = object[reader.at++];
    const size = reader.number();
    const end = reader.at + size;
    if (id === CUSTOM && reader.name() === 'target_features') {
      for (let count = reader.number(); count > 0; --count) {
        const isUsed = String.fromCharCode(object[reader.at++]) === '+';  // "-" forbids it to the others
        const feature = reader.name();
        if (isUsed) features.push(feature);
      }
    }
    reader.at = end;
  }
  return features;
}

/** Binaryen's options for a module that was linked from these object files: their features and no other. */
export function binaryenOptions(objects) {
  const features = [...new Set(objects.flatMap(featuresOf))].sort();
  return ['--mvp-features', ...features.map((feature) => `--enable-${BINARYEN.get(feature) ?? feature}`)];
}
