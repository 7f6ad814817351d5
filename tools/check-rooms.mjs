#!/usr/bin/env node
// Reads every #include of the project and fails, with a sentence for each, where the order of the rooms (cmake/rooms.txt) is
// not kept: an arrow to a room below, from core/ to anything but itself, a circle of headers, a source outside of any room.
//
//   tools/check-rooms.mjs [--write] [FOLDER]
//
// In web/app only the files that the list calls the browser's own may include Emscripten: all others run without a browser.
//
// It also compares the table of rooms in docs/architecture.md with cmake/rooms.txt; --write puts the right one there.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const START = '<!-- rooms: made from cmake/rooms.txt by tools/check-rooms.mjs --write -->';
const END = '<!-- /rooms -->';
/** What a house may include of the project besides its own rooms. Tests and tools may include anything. */
const HOUSES = { core: [], 'web/app': ['core'], 'web/bindings': ['core', 'web/bindings'] };
/** Headers of others, and the only rooms that may know them; core/ knows no interface, no browser. */
const FOREIGN = [
  [/^(tiff|zlib|tiffio)\.h$/, ['core/files']],
  [/^(imgui|backends\/imgui|imgui_).*\.h$/, ['web/app']],
  [/^(GLES|EGL|GL)\//, ['web/app/gpu', 'web/app/picture']],
  [/^(fstream|filesystem|iostream|format|print)$/, []],
];

/** The browser's headers: for web/bindings, and for the files that cmake/rooms.txt calls the browser's own. */
const BROWSER = /^emscripten/;

/** `{ name, house, place, holds, ... }` of each room, in order. */
export function readRooms(file) {
  return fs.readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line, place) => {
    const [name, fetched, compiled, holds, exceptions = ''] = line.split('|').map((field) => field.trim());
    return { name, house: Object.keys(HOUSES).find((house) => name.startsWith(`${house}/`)), place, fetched, compiled, holds, exceptions };
  });
}

/** The files that a room's exceptions name under a word ("later", "browser" ...). */
function exceptionsOf({ exceptions }, word) {
  return exceptions.match(new RegExp(`\\b${word}: ([^:]*?)(?= \\w+:|$)`))?.[1].split(' ') ?? [];
}

function sourcesBelow(root, folder) {
  const found = [];
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...sourcesBelow(root, name));
    else if (/\.(cpp|h)$/.test(entry.name)) found.push(name);
  }
  return found;
}

const isBelow = (file, folder) => file.startsWith(`${folder}/`);

/** Every fault as a sentence. */
export function faults(root) {
  const rooms = readRooms(path.join(root, 'cmake/rooms.txt'));
  const roomOf = (file) => rooms.find(({ name }) => path.dirname(file) === name);
  const browsersOwn = rooms.flatMap((room) => exceptionsOf(room, 'browser').map((file) => `${room.name}/${file}`));
  const sentences = [];
  const includes = new Map();
  for (const house of Object.keys(HOUSES)) {
    for (const file of sourcesBelow(root, house)) {
      const room = roomOf(file);
      if (!room && rooms.some((other) => other.house === house)) {
        sentences.push(`${file} stands in no room: give its folder a line in cmake/rooms.txt, or move it into one of these rooms.`);
      }
      const own = [];
      const text = fs.readFileSync(path.join(root, file), 'utf8');
      for (const [, quote, target] of text.matchAll(/^#include ([<"])([^>"]+)[>"]/gm)) {
        if (quote === '"' && /^(core|web|tests|tools)\//.test(target)) {
          own.push(target);
          const other = roomOf(target);
          if (!isBelow(target, house) && !HOUSES[house].some((allowed) => isBelow(target, allowed))) {
            sentences.push(`${file} includes ${target}, but ${house}/ may include only ` +
              `${[...new Set([house, ...HOUSES[house]])].map((name) => `${name}/`).join(' and ')}.`);
          } else if (room && other && other.house === house && other.place > room.place) {
            sentences.push(`${file} includes ${target}, but ${other.name} stands below ${room.name} in cmake/rooms.txt: ` +
              'move what is needed up, or what needs it down.');
          }
        }
        for (const [form, allowed] of FOREIGN) {
          if (form.test(target) && !allowed.some((folder) => isBelow(file, folder))) {
            sentences.push(`${file} includes <${target}>, which only ${allowed.join(' and ') || 'tests and tools'} may.`);
          }
        }
        if (BROWSER.test(target) && house !== 'web/bindings' && !browsersOwn.includes(file)) {
          sentences.push(`${file} includes <${target}>, which only web/bindings may and the files that cmake/rooms.txt calls ` +
            `the browser's own: ${browsersOwn.join(', ')}.`);
        }
      }
      includes.set(file, own);
    }
  }
  for (const file of browsersOwn) {
    if (!includes.has(file)) sentences.push(`cmake/rooms.txt calls ${file} the browser's own, but there is no such file.`);
  }
  for (const room of rooms) {
    if (!fs.existsSync(path.join(root, room.name, 'README.md'))) sentences.push(`${room.name} has no README.md that says what lives there.`);
  }
  return [...sentences, ...circles(includes)];
}

/** Headers that include each other in a circle. */
function circles(includes) {
  const sentences = [];
  const state = new Map();
  const walk = (file, way) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      sentences.push(`Headers include each other in a circle: ${[...way.slice(way.indexOf(file)), file].join(' > ')}.`);
      return;
    }
    state.set(file, 'open');
    for (const target of includes.get(file) ?? []) walk(target, [...way, file]);
    state.set(file, 'done');
  };
  for (const file of includes.keys()) walk(file, []);
  return sentences;
}

function table(rooms) {
  const lines = ['| room | holds | fetched | compiled for |', '| --- | --- | --- | --- |'];
  for (const room of rooms) {
    const but = (word) => exceptionsOf(room, word).map((file) => `\`${file}\``).join(', ');
    const cell = (rule, words) => words.filter((word) => word !== rule && but(word)).reduce((text, word) => `${text}; ${word}: ${but(word)}`, rule);
    const holds = but('browser') ? `${room.holds}; only in a browser: ${but('browser')}` : room.holds;
    lines.push(`| \`${room.name}\` | ${holds} | ${cell(room.fetched, ['first', 'later'])} | ${cell(room.compiled, ['speed', 'size'])} |`);
  }
  return `${START}\n${lines.join('\n')}\n${END}`;
}

function main(words) {
  const root = path.resolve(words.find((word) => !word.startsWith('--')) ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));
  const sentences = faults(root);
  const document = path.join(root, 'docs/architecture.md');
  const text = fs.readFileSync(document, 'utf8');
  const right = text.replace(new RegExp(`${START}[^]*${END}`), () => table(readRooms(path.join(root, 'cmake/rooms.txt'))));
  if (!text.includes(START) || !text.includes(END)) sentences.push('docs/architecture.md has lost the marks of its table of rooms.');
  else if (right !== text && words.includes('--write')) fs.writeFileSync(document, right);
  else if (right !== text) sentences.push('The table of rooms in docs/architecture.md is not that of cmake/rooms.txt: run tools/check-rooms.mjs --write.');
  for (const sentence of sentences) console.error(sentence);
  if (sentences.length > 0) process.exitCode = 1;
  else console.log('every arrow between the rooms points up');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
