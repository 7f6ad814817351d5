// Splits the app's wasm in two: what the first labelled picture needs, and a deferred rest that is fetched after it.
//
//   node tools/split-wasm.mjs --binaryen DIR --nm FILE --map FILE --names yes|no --patterns 'A;B' MODULE DEFERRED
//
// MODULE (linked with function names, -Wl,--no-demangle, -Wl,-O0, and its link map) becomes the first part; DEFERRED is
// written. Which functions and constants are deferred is decided by the object files that match the patterns; file paths
// read as those of the sources ("core/files/png.cpp"), for libraries "libtiff.a/*"; a file that the app does not link
// matches nothing. Called too early, a deferred function traps: the app asks App::everything_loaded before it goes there.
// Beside the map a file .doors lists all those calls.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { binaryenOptions } from './wasm-features.mjs';

const OPTIMISE = ['-O3', '--low-memory-unused', '--zero-filled-memory', '--optimize-stack-ir'];
/** The import module's name under which the deferred part finds what the first part exports for it; see web/page/main.js. */
const PRIMARY = 'primary';
const CODE = 10;
const DATA = 11;
/** In the names of what cmake/FloodlightEmbed.cmake puts in. */
const CARRIED = '10floodlight8embedded';

const { values: options, positionals: [moduleFile, deferredFile] } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(['binaryen', 'nm', 'map', 'names', 'patterns'].map((name) => [name, { type: 'string' }])),
});

function fail(sentence) {
  console.error(`split-wasm: ${sentence}`);
  process.exit(1);
}

function run(program, ...args) {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
}

/** Binaryen's options for the features that the app's own object files use; the libraries use no others. */
let features = [];

function binaryen(tool, ...args) {
  try {
    return run(path.join(options.binaryen, tool), ...features, ...args);
  } catch (error) {
    return fail(`${tool} does not understand this Emscripten's module (${error.message.trim().split('\n').at(-1)}): ` +
      'put an Emscripten 3.1 on PATH, or none at all');
  }
}

// --- which object files -----------------------------------------------------------------------------------------------

/** The source that an object file of the link was made from, as the patterns name it. */
function sourceOf(object) {
  return object.replace(/CMakeFiles\/[^/]+\.dir\//, '').replace(/\/lib[^/]*\.a\((.*)\)$/, '/$1')
    .replace(/\((.*)\)$/, '/$1').replace(/\.o$/, '');
}

/** All functions and constants of the link: `{object, name, address, size}` each. */
function chunksOfMap(file) {
  const chunks = { code: [], constants: [] };
  let section = null;
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const [, address, size, rest] = line.match(/^ *([0-9a-f-]+) +[0-9a-f]+ +([0-9a-f]+) (.*)$/) ?? [];
    if (rest === undefined) continue;
    if (!rest.startsWith(' ')) section = { CODE: chunks.code, '.rodata': chunks.constants }[rest] ?? null;
    const [, object, name] = rest.match(/^ {8}(\S.*?):\((.*)\)$/) ?? [];
    if (section && object) section.push({ object, name, address: Number.parseInt(address, 16), size: Number.parseInt(size, 16) });
  }
  return chunks;
}

/** A function that says of an object file whether it is deferred. */
function deferredObjects(objects) {
  const isDeferred = new Set();
  for (const pattern of options.patterns.split(';')) {
    const form = new RegExp(`^${pattern.replace(/[.+]/g, '\\$&').replace(/\*/g, '[^/]*')}$`);
    const matching = objects.filter((object) => form.test(sourceOf(object)));
    for (const object of matching) isDeferred.add(object);
  }
  return (object) => isDeferred.has(object);
}

/**
 * The functions that belong to the deferred files alone. Not so inline functions and templates: whichever file the linker
 * has taken its copy from, others may call it.
 */
function functionsOf(chunks, isDeferred) {
  const names = new Set(chunks.filter(({ object }) => isDeferred(object)).map(({ name }) => name));
  for (const { object, name } of chunks) if (!isDeferred(object)) names.delete(name);  // two of one name in two files
  const files = new Set(chunks.filter(({ object }) => isDeferred(object)).map(({ object }) => object.replace(/\(.*\)$/, '')));
  for (const line of run(options.nm, '--quiet', '--defined-only', ...files).split('\n')) {
    const [, name] = line.match(/^[0-9a-f]+ W (.*)$/) ?? [];
    names.delete(name);
  }
  return names;
}

// --- which functions --------------------------------------------------------------------------------------------------

/** The module's functions with what they mention, and the names that are reached from outside. */
function readText(text) {
  const functions = new Map();
  const roots = new Set();
  let current = null;
  const name = '\\$("[^"]*"|[^\\s()]+)';
  const mention = new RegExp(`(?:call|return_call|ref\\.func) ${name}|i32\\.const (-?\\d+)|offset=(\\d+)`, 'g');
  for (const line of text.split('\n')) {
    if (line.startsWith(' (')) {
      const [, defined] = line.match(new RegExp(`^ \\(func ${name}`)) ?? [];
      current = defined ? { calls: new Set(), numbers: new Set() } : null;
      if (defined) functions.set(defined, current);
      if (/^ \((export|start|elem)/.test(line)) for (const [, root] of line.matchAll(new RegExp(name, 'g'))) roots.add(root);
    }
    if (!current) continue;
    for (const [, called, constant, offset] of line.matchAll(mention)) {
      if (called) current.calls.add(called);
      else current.numbers.add(Number(constant ?? offset));
    }
  }
  return { functions, roots };
}

/** What is left of the functions when the deferred ones are gone, and what only they called. */
function primaryFunctions({ functions, roots }, deferred) {
  const reached = new Set();
  const todo = [...roots];
  while (todo.length > 0) {
    const name = todo.pop();
    if (reached.has(name) || deferred.has(name) || !functions.has(name)) continue;
    reached.add(name);
    todo.push(...functions.get(name).calls);
  }
  return reached;
}

// --- which constants --------------------------------------------------------------------------------------------------

function readLeb(bytes, at) {
  let value = 0;
  let shift = 0;
  for (let byte = 0x80; byte & 0x80; shift += 7) {
    byte = bytes[at++];
    value |= (byte & 0x7f) << shift;
  }
  return { value: value >>> 0, at, signed: shift < 32 && bytes[at - 1] & 0x40 ? value | (-1 << shift) : value };
}

function leb(value, isSigned = false) {
  const bytes = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    if (value === 0 && !(isSigned && byte & 0x40)) return Buffer.from([...bytes, byte]);
    bytes.push(byte | 0x80);
  }
}

/** `[id, from, to]` of each section's content. */
function sectionsOf(wasm) {
  const sections = [];
  for (let at = 8; at < wasm.length;) {
    const size = readLeb(wasm, at + 1);
    sections.push([wasm[at], size.at, size.at + size.value]);
    at = size.at + size.value;
  }
  return sections;
}

/** The module's active data: `address` in memory, `bytes` as a view of the file. */
function segmentsOf(wasm) {
  const [, from] = sectionsOf(wasm).find(([id]) => id === DATA);
  const segments = [];
  let { value: count, at } = readLeb(wasm, from);
  for (; count > 0; --count) {
    if (wasm[at] !== 0 || wasm[at + 1] !== 0x41) fail('the module has data of a kind not known here');
    const address = readLeb(wasm, at + 2);
    const size = readLeb(wasm, address.at + 1);  // after the offset expression's end
    segments.push({ address: address.signed, bytes: wasm.subarray(size.at, size.at + size.value) });
    at = size.at + size.value;
  }
  return segments;
}

/** A function that gives the one of these constants that an address lies in, or null. */
function finder(constants) {
  const sorted = constants.filter(({ size }) => size > 0).sort((a, b) => a.address - b.address);
  return (address) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle].address <= address) low = middle + 1;
      else high = middle;
    }
    const found = sorted[low - 1];
    return found && address < found.address + found.size ? found : null;
  };
}

/**
 * Of the deferred files' constants those that nothing in the first part mentions: no function, and no other constant.
 * `carried`: the bytes of files, which mention nothing, whatever they look like, and are mentioned by where they begin.
 */
function unmentioned(constants, carried, numbers, segments) {
  const find = finder(constants);
  const isCarried = finder(carried);
  const staying = new Set();
  const keep = (address) => {
    const found = find(address);
    if (!found || staying.has(found) || (found.name.includes(CARRIED) && address !== found.address)) return false;
    staying.add(found);
    return true;
  };
  for (const number of numbers) keep(number);
  // A constant that stays may point to others, so this goes on until nothing is added.
  for (let more = true; more;) {
    more = false;
    for (const { address, bytes } of segments) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      for (let at = (4 - address % 4) % 4; at + 4 <= bytes.length; at += 4) {
        if (isCarried(address + at)) continue;
        const holder = find(address + at);
        if ((!holder || staying.has(holder)) && keep(view.getUint32(at, true))) more = true;
      }
    }
  }
  return constants.filter((constant) => constant.size > 0 && !staying.has(constant)).sort((a, b) => a.address - b.address);
}

/** Takes the constants out of the module, where zeros stay behind, and returns them as a data section. */
function takeOut(constants, wasm) {
  const taken = [];
  for (const { address, bytes } of segmentsOf(wasm)) {
    for (const constant of constants) {
      const from = Math.max(0, constant.address - address);
      const to = Math.min(bytes.length, constant.address + constant.size - address);
      if (from >= to) continue;
      const last = taken.at(-1);
      const piece = Buffer.from(bytes.subarray(from, to));
      const gap = last ? address + from - last.address - last.bytes.length : Infinity;
      // A few bytes of padding cost less than a segment of its own; they are zero in memory as well.
      if (gap >= 0 && gap < 4 && bytes.subarray(from - gap, from).every((byte) => byte === 0)) {
        last.bytes = Buffer.concat([last.bytes, Buffer.alloc(gap), piece]);
      } else {
        taken.push({ address: address + from, bytes: piece });
      }
      bytes.fill(0, from, to);
    }
  }
  const content = Buffer.concat([leb(taken.length), ...taken.flatMap(({ address, bytes }) =>
    [Buffer.from([0, 0x41]), leb(address, true), Buffer.from([0x0b]), leb(bytes.length), bytes])]);
  return Buffer.concat([Buffer.from([DATA]), leb(content.length), content]);
}

function main() {
  const chunks = chunksOfMap(options.map);
  const objects = [...new Set([...chunks.code, ...chunks.constants].map(({ object }) => object))];
  const isDeferred = deferredObjects(objects);
  const initialiser = chunks.code.find(({ object, name }) => isDeferred(object) && /^_GLOBAL__|^__cxx_global_var_init/.test(name));
  if (initialiser) fail(`${sourceOf(initialiser.object)} has variables that are initialised before it is there; make them constexpr or local`);

  features = binaryenOptions(objects.filter((object) => object.endsWith('.o')).map((object) => fs.readFileSync(object)));
  const module = readText(binaryen('wasm-dis', moduleFile));
  const primary = primaryFunctions(module, functionsOf(chunks.code, isDeferred));
  const deferred = [...module.functions.keys()].filter((name) => !primary.has(name));

  const doors = [...primary].flatMap((name) =>
    [...module.functions.get(name).calls].filter((called) => module.functions.has(called) && !primary.has(called))
      .map((called) => `${name} -> ${called}\n`));
  fs.writeFileSync(options.map.replace(/(\.map)?$/, '.doors'), doors.join(''));

  const work = `${deferredFile}.work`;
  fs.mkdirSync(work, { recursive: true });
  const file = (name) => path.join(work, name);
  fs.writeFileSync(file('functions'), deferred.join('\n'));
  binaryen('wasm-split', '--split', '--no-placeholders', `--import-namespace=${PRIMARY}`, `--split-funcs=@${file('functions')}`,
    ...(options.names === 'yes' ? ['-g'] : []), moduleFile, '-o1', file('primary.wasm'), '-o2', file('deferred.wasm'));

  const primaryWasm = fs.readFileSync(file('primary.wasm'));
  const numbers = new Set([...primary].flatMap((name) => [...module.functions.get(name).numbers]));
  const carried = chunks.constants.filter(({ name }) => name.includes(CARRIED));
  const constants = unmentioned(chunks.constants.filter(({ object }) => isDeferred(object)), carried, numbers, segmentsOf(primaryWasm));
  const data = takeOut(constants, primaryWasm);
  fs.writeFileSync(file('primary.wasm'), primaryWasm);
  const deferredWasm = fs.readFileSync(file('deferred.wasm'));
  const [, , endOfCode] = sectionsOf(deferredWasm).find(([id]) => id === CODE);
  fs.writeFileSync(file('deferred.wasm'), Buffer.concat([deferredWasm.subarray(0, endOfCode), data, deferredWasm.subarray(endOfCode)]));

  // What the linker's pass was told to leave (see web/CMakeLists.txt) is done now, for each part by itself.
  const passes = options.names === 'yes' ? ['-g'] : OPTIMISE;
  binaryen('wasm-opt', ...passes, file('primary.wasm'), '-o', moduleFile);
  binaryen('wasm-opt', ...passes, file('deferred.wasm'), '-o', deferredFile);
  fs.rmSync(work, { recursive: true });
  const kilobytes = (name) => Math.round(fs.statSync(name).size / 1024);
  console.log(`${deferred.length} of ${module.functions.size} functions deferred: ${kilobytes(moduleFile)} KB first, ` +
    `${kilobytes(deferredFile)} KB later`);
}

main();
