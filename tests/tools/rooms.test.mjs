// The check of the rooms: the project passes it, and each kind of wrong arrow that is put into a copy is told in a sentence.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faults } from '../../tools/check-rooms.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
let copy;

before(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-rooms-'));
  for (const part of ['core', 'web/app', 'web/bindings', 'cmake/rooms.txt']) {
    fs.cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
  }
});

after(() => fs.rmSync(copy, { recursive: true }));

/** What is said of the copy while a file of it has another text. */
function faultsWith(file, change) {
  const whole = path.join(copy, file);
  const text = fs.existsSync(whole) ? fs.readFileSync(whole, 'utf8') : null;
  fs.mkdirSync(path.dirname(whole), { recursive: true });
  fs.writeFileSync(whole, change(text ?? ''));
  const sentences = faults(copy);
  if (text === null) fs.rmSync(whole);
  else fs.writeFileSync(whole, text);
  return sentences;
}

const including = (line) => (text) => `${line}\n${text}`;

test('the project keeps the order of its rooms', () => {
  assert.deepEqual(faults(copy), []);
});

test('an arrow to a room below is told', () => {
  const [sentence, ...others] = faultsWith('core/segment/label.cpp', including('#include "core/pipeline/pipeline.h"'));
  assert.match(sentence, /^core\/segment\/label\.cpp includes core\/pipeline\/pipeline\.h, but core\/pipeline stands below core\/segment/);
  assert.deepEqual(others, []);
});

test('core includes nothing of the page', () => {
  const [sentence] = faultsWith('core/base/json.cpp', including('#include "web/app/widgets/wording.h"'));
  assert.match(sentence, /core\/ may include only core\//);
});

test('core knows no interface, no browser and no files', () => {
  for (const header of ['imgui.h', 'emscripten/bind.h', 'fstream']) {
    const [sentence] = faultsWith('core/explain/flood.cpp', including(`#include <${header}>`));
    assert.ok(sentence?.includes(`<${header}>`), header);
  }
});

test('of the app only the browser\'s own files know the browser', () => {
  const header = including('#include <emscripten/em_js.h>');
  assert.deepEqual(faultsWith('web/app/platform/platform.cpp', header), []);
  const [sentence, ...others] = faultsWith('web/app/platform/keys.cpp', header);
  assert.match(sentence, /^web\/app\/platform\/keys\.cpp includes <emscripten\/em_js\.h>, .*the browser's own.*shell\/main\.cpp/);
  assert.deepEqual(others, []);
});

test('a file that is called the browser\'s own and is not there is told', () => {
  const rename = (text) => text.replace('browser: platform.cpp', 'browser: canvas.cpp');
  const sentences = faultsWith('cmake/rooms.txt', rename);
  assert.ok(sentences.includes('cmake/rooms.txt calls web/app/platform/canvas.cpp the browser\'s own, but there is no such file.'));
});

test('headers that include each other are told', () => {
  const sentences = faultsWith('core/base/error.h', including('#include "core/base/json.h"'));
  assert.ok(sentences.some((sentence) => sentence.startsWith('Headers include each other in a circle: ')), sentences.join('\n'));
});

test('a source outside of any room is told', () => {
  const [sentence] = faultsWith('core/elsewhere/thing.cpp', () => 'int thing;\n');
  assert.match(sentence, /^core\/elsewhere\/thing\.cpp stands in no room/);
});
