// The notices that have to travel with the page: all that is linked has one, and the fonts keep their records.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fontRecord, linkedLibraries, notices } from '../../tools/third-party.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = path.join(ROOT, 'build/web');
const read = (name) => fs.readFileSync(path.join(ROOT, name), 'utf8');
const text = read('dist/THIRD_PARTY.txt');

test('dist/THIRD_PARTY.txt has the copyright line of everything that the page is made of', () => {
  for (const line of [/Copyright \(c\) \d+ Floodlight/, /© 1988-1997 Sam Leffler/, /1995-20\d\d Jean-loup Gailly and Mark Adler/,
    /\(c\) 2014-20\d\d Omar Cornut/, /2017 Sean Barrett/, /2005-20\d\d Rich Felker/, /LLVM Exceptions to the Apache 2\.0 License/,
    /Emscripten authors/, /2020 Arjun Barrett/, /Doug Lea/, /© 20\d\d The Inter Project Authors/, /20\d\d The JetBrains Mono Project Authors/,
    /SIL OPEN FONT LICENSE Version 1\.1/]) {
    assert.match(text, line);
  }
  assert.equal(text, notices(BUILD));
});

test('what the fonts say of their origin is inside the carried fonts', () => {
  for (const font of fs.readdirSync(path.join(BUILD, 'fonts'))) {
    const bytes = fs.readFileSync(path.join(BUILD, 'fonts', font));
    assert.match(fontRecord(bytes, 0), /^Copyright .*Project Authors/, font);
    assert.match(fontRecord(bytes, 13), /SIL Open Font License, Version 1\.1/, font);
    assert.match(fontRecord(bytes, 7), /trademark/, font);
  }
});

test('every library of the link is known by its name, however it was compiled', () => {
  const map = 'x /cache/libc++abi-except.a(a.o):(f)\ny /cache/libcompiler_rt-wasm-sjlj.a(b.o):(g)\nz core/libfloodlight_base.a(c.o):(h)\nlibnew.a(d.o)';
  assert.deepEqual(linkedLibraries(map), ['c++abi', 'compiler_rt', 'new']);
});

test('the offline file carries them', () => {
  const [, names, size, digits] = read('dist/floodlight-offline.html')
    .match(/data-carries="([^"]*THIRD_PARTY\.txt)" data-bytes="(\d+)">([^<]*)</);
  const bytes = Buffer.from(digits.match(/.{5}/g).flatMap((five) => {
    const word = [...five].reduce((sum, digit) => sum * 85 + digit.charCodeAt(0) - (digit > '<' ? 34 : 33), 0);
    return [24, 16, 8, 0].map((shift) => Math.floor(word / 2 ** shift) % 256);
  }));
  const whole = execFileSync('zstd', ['-q', '-d', '-c', '--long=23'], { input: bytes.subarray(0, Number(size)), maxBuffer: 2 ** 24 });
  const carried = names.split(' ').map((name) => fs.readFileSync(path.join(ROOT, 'dist', name)));
  assert.ok(carried.at(-1).equals(Buffer.from(text)));
  assert.ok(whole.equals(Buffer.concat(carried)));
});
