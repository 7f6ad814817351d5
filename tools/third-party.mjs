#!/usr/bin/env node
// Writes the notices that must travel with the page: node tools/third-party.mjs [BUILD [FILE]]
//
// The texts are those of the sources that were built, or of tools/notices/ where a toolchain comes without; the fonts' copyright
// lines are read from the fonts that the page carries. What is linked is read from the linker's map: a library of which nothing
// is known here stops the build.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const COPYRIGHT = 0;  // numbers of records of a font's table of names
const LICENCE = 13;
const FZSTD = 'node_modules/fzstd/LICENSE';

const own = (name) => fs.readFileSync(path.join(ROOT, name), 'utf8');

/** What stands in a font's record of that number; null without one. */
export function fontRecord(bytes, number) {
  const tables = bytes.readUInt16BE(4);
  const entry = Array.from({ length: tables }, (_, i) => 12 + 16 * i).find((at) => bytes.toString('latin1', at, at + 4) === 'name');
  if (entry === undefined) return null;
  const table = bytes.readUInt32BE(entry + 8);
  for (let i = 0; i < bytes.readUInt16BE(table + 2); ++i) {
    const record = table + 6 + 12 * i;
    const [platform, name, length, from] = [0, 6, 8, 10].map((field) => bytes.readUInt16BE(record + field));
    if (name !== number || platform === 1) continue;  // an old Mac's letters are others
    const text = table + bytes.readUInt16BE(table + 4) + from;
    return Buffer.from(bytes.subarray(text, text + length)).swap16().toString('utf16le');
  }
  return null;
}

/** All that is not Floodlight's own, as `{ name, libraries, notice }`: the archives of the link that are made of it. */
function parts(build) {
  const { tiff, zlib, imgui, emscripten } = JSON.parse(fs.readFileSync(path.join(build, 'third_party.json'), 'utf8'));
  const read = (...file) => fs.readFileSync(path.join(...file), 'utf8');
  const [, stb] = read(imgui, 'imstb_truetype.h').match(/^(Copyright \(c\)[^]*?)^-{20}/m);
  const font = (...files) => files.map((file) => {
    const bytes = fs.readFileSync(path.join(build, 'fonts', file));
    const lines = [COPYRIGHT, LICENCE].map((number) => fontRecord(bytes, number));
    if (lines.includes(null)) throw new Error(`${file} has lost the record of its copyright or of its licence`);
    return lines.join('\n');
  }).filter((text, i, all) => all.indexOf(text) === i).join('\n');
  return [
    { name: 'libtiff', libraries: ['tiff'], notice: read(tiff, 'LICENSE.md').replace(/\\$/gm, '') },
    { name: 'zlib', libraries: ['zlib'], notice: read(zlib, 'zlib.h').match(/Copyright \(C\)[^]*?(?=\n\n\n|\*\/)/)[0].replace(/^ {2}/gm, '') },
    { name: 'Dear ImGui', libraries: ['imgui'], notice: read(imgui, 'LICENSE.txt') },
    { name: 'stb_truetype, stb_rect_pack and stb_textedit, which are parts of Dear ImGui', libraries: [], notice: stb },
    { name: 'musl, the C library', libraries: ['c'], notice: read(emscripten, 'system/lib/libc/musl/COPYRIGHT') },
    { name: "LLVM's libc++, libc++abi, libunwind and compiler-rt", libraries: ['c++', 'c++abi', 'unwind', 'compiler_rt'],
      notice: `Part of the LLVM Project, under the Apache License v2.0 with LLVM Exceptions.\n\n${own('tools/notices/apache-2.0-llvm.txt')}` },
    { name: 'Emscripten', libraries: ['embind', 'GL', 'noexit', 'stubs', 'html5', 'al', 'jsmath'], notice: own('tools/notices/emscripten.txt') },
    { name: 'dlmalloc', libraries: ['dlmalloc'],
      notice: 'Written by Doug Lea and released to the public domain, as explained at\nhttp://creativecommons.org/publicdomain/zero/1.0/' },
    // Where it could not be had there is no offline file.
    ...fs.existsSync(path.join(ROOT, FZSTD)) ? [{ name: 'fzstd, in the offline file', libraries: [], notice: own(FZSTD) }] : [],
    { name: 'Inter, in part', libraries: [], notice: `${font('inter.otf', 'inter-semibold.otf')}\n\n${own('tools/notices/ofl-1.1.txt')}` },
    { name: 'JetBrains Mono, in part', libraries: [], notice: `${font('jetbrains-mono.ttf')}\n\nThe licence stands above, under Inter.` },
  ];
}

/** The archives of a link, without the words that say how they were compiled; not those of the project's own rooms. */
export function linkedLibraries(map) {
  const names = new Set([...map.matchAll(/lib([\w.+]+?)(?:-[\w-]+)?\.a\(/g)].map(([, name]) => name));
  return [...names].filter((name) => !name.startsWith('floodlight_'));
}

/** The text of all notices. */
export function notices(build) {
  const all = parts(build);
  const known = new Set(all.flatMap(({ libraries }) => libraries));
  const unknown = linkedLibraries(fs.readFileSync(path.join(build, 'floodlight_app.map'), 'utf8')).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`the page is linked with ${unknown.join(', ')}, whose notice tools/third-party.mjs does not know`);
  const chapters = [{ name: 'Floodlight', notice: own('LICENSE') }, ...all];
  const line = '-'.repeat(80);
  return 'Floodlight and what it is built with\n\n' + chapters.map(({ name, notice }) =>
    `${line}\n${name}\n${line}\n\n${notice.replace(/[ \t]+$/gm, '').trim()}\n`).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [build, file] = [process.argv[2] ?? 'build/web', process.argv[3] ?? 'dist/THIRD_PARTY.txt'];
  try {
    fs.writeFileSync(file, notices(path.resolve(ROOT, build)));
  } catch (error) {
    console.error(`third-party: ${error.message}`);
    process.exitCode = 1;
  }
}
