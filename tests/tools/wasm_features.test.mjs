// Which features a module may use is read from its object files, so any compiler's defaults do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binaryenOptions, featuresOf } from '../../tools/wasm-features.mjs';

const name = (text) => [text.length, ...Buffer.from(text)];
const section = (id, content) => [id, content.length, ...content];

/** An object file with sections before and after that of the features, "+simd128" and the like. */
function object(...features) {
  const list = [...name('target_features'), features.length,
    ...features.flatMap((feature) => [feature.charCodeAt(0), ...name(feature.slice(1))])];
  return Buffer.from([0, ...Buffer.from('asm'), 1, 0, 0, 0, ...section(1, [0]), ...section(0, [...name('linking'), 2]),
    ...section(0, list), ...section(0, name('producers'))]);
}

test('the features that are used are read, those that are forbidden are not', () => {
  assert.deepEqual(featuresOf(object('+simd128', '-shared-mem', '+sign-ext')), ['simd128', 'sign-ext']);
  assert.deepEqual(featuresOf(object()), []);
});

test('a section longer than a byte can say is read as well', () => {
  const features = Array.from({ length: 12 }, (_, i) => `+feature-${i}`);
  const long = object(...features);
  const at = long.indexOf(Buffer.from('target_features')) - 2;
  const size = long[at];
  assert.ok(size > 127);
  const bytes = Buffer.concat([long.subarray(0, at), Buffer.from([(size & 0x7f) | 0x80, size >> 7]), long.subarray(at + 1)]);
  assert.equal(featuresOf(bytes).length, 12);
});

test('Binaryen gets the union, in its own words', () => {
  assert.deepEqual(binaryenOptions([object('+sign-ext', '+simd128'), object('+nontrapping-fptoint', '+sign-ext', '+atomics')]),
    ['--mvp-features', '--enable-threads', '--enable-nontrapping-float-to-int', '--enable-sign-ext', '--enable-simd']);
});
