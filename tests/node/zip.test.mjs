// The archive of many images: read by what other people have.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { safeName } from '../../web/page/results.js';
import { zipOf } from '../../web/page/zip.js';
import { unzip } from '../page/zip.mjs';

const archive = async (entries) => Buffer.from(await new Response(zipOf(entries)).arrayBuffer());

test('names become what every disk takes', () => {
  assert.equal(safeName('nuclei 03 ä.tif'), 'nuclei 03 ä.tif');
  assert.equal(safeName('a/b\\c:d?.tif'), 'a_b_c_d_.tif');
  assert.equal(safeName('..\u0001x.'), '__x_');
  assert.equal(safeName('CON.tif'), '_CON.tif');
  assert.equal(safeName(''), '_');
});

test('what was put in comes out, and sizes stand before the data', async () => {
  const entries = [
    { name: 'a_labeled.tif', input: new Blob([new Uint8Array(100_000).map((_, i) => i * 7)]) },
    { name: 'A_labeled.tif', input: new Blob(['second']) },
    { name: 'ä.csv', input: new Blob(['']) },
  ];
  const bytes = await archive(entries);
  const files = unzip(bytes);
  assert.deepEqual(Object.keys(files), ['a_labeled.tif', 'A_labeled_2.tif', 'ä.csv']);
  assert.deepEqual(files['a_labeled.tif'], Buffer.from(await entries[0].input.arrayBuffer()));
  assert.equal(bytes.readUInt16LE(6) & 8, 0, 'no sizes behind the data, which Java refuses in a stream');
  assert.equal(bytes.readUInt32LE(18), 100_000);
});

test("Java's stream reader, Python and unzip read it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'floodlight-zip-'));
  try {
    const file = join(folder, 'results.zip');
    writeFileSync(file, await archive([
      { name: 'a_labeled.tif', input: new Blob(['twelve bytes']) },
      { name: 'measurements.csv', input: new Blob(['file,label\r\n']) },
    ]));
    writeFileSync(join(folder, 'Read.java'), `
      public class Read {
        public static void main(String[] files) throws Exception {
          var zip = new java.util.zip.ZipInputStream(new java.io.FileInputStream(files[0]));
          for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
            System.out.println(entry.getName() + " " + zip.readAllBytes().length);
        }
      }`);
    const expected = 'a_labeled.tif 12\nmeasurements.csv 12\n';
    const readers = [
      ['java', [join(folder, 'Read.java'), file]],
      ['python3', ['-c', 'import sys, zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): print(i.filename, i.file_size)', file]],
    ];
    let tried = 0;
    for (const [program, words] of readers) {
      try {
        assert.equal(execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }), expected);
        tried += 1;
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
    }
    if (tried === 0) t.skip('there is neither java nor python3 here');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
