#!/usr/bin/env node
// Packs the page into one file that works from a memory stick: node tools/make-offline.mjs [dist]
// The page's few modules are wrapped one by one into a single inline script, in the order in which they need each other;
// the wasm files and the script of the workers ride along gzipped, as base64. The script's hash goes into the content security policy.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const APP = 'floodlight';
const CORE = 'core/floodlight-core.wasm';
const STATIC_IMPORT = /^import \{ ([\w, ]+) \} from '(\.[^']+)';$/gm;
const DYNAMIC_IMPORT = /await import\('(\.[^']+)'\)/g;
const LIST_EXPORT = /\bexport\s*\{([^}]*)\};?\s*$/;
const DEFAULT_EXPORT = /^export default (\w+);$/m;
const NAMED_EXPORT = /^export ((?:async )?(?:function|class|const)) (\w+)/gm;

function fail(sentence) {
  console.error(`make-offline: ${sentence}`);
  process.exit(1);
}

/** Replaces exactly one piece of a text, or stops: a silent miss would give a page that fetches. */
function replaceOne(text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2) fail(`expected once in index.html, found ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}

/** The variable that holds a wrapped module's exports. */
function variable(file) {
  return `module_${path.parse(file).name.replace(/\W/g, '_')}`;
}

/** Appends a module, after all that it imports, to `done` (a map from file to wrapped source). */
function wrap(file, done, isEntry = false) {
  if (done.has(file)) return;
  const resolve = (specifier) => path.resolve(path.dirname(file), specifier);
  let source = fs.readFileSync(file, 'utf8');
  source = source.replace(STATIC_IMPORT, (_, names, specifier) => {
    wrap(resolve(specifier), done);
    return `const { ${names} } = ${variable(specifier)};`;
  });
  source = source.replace(DYNAMIC_IMPORT, (_, specifier) => {
    wrap(resolve(specifier), done);
    return variable(specifier);
  });
  const exported = [];
  source = source.replace(LIST_EXPORT, (_, list) => {
    for (const entry of list.split(',')) {
      const [name, alias = name] = entry.trim().split(/\s+as\s+/);
      exported.push(`${alias}: ${name}`);
    }
    return '';
  });
  source = source.replace(DEFAULT_EXPORT, (_, name) => {
    exported.push(`default: ${name}`);
    return '';
  });
  source = source.replace(NAMED_EXPORT, (_, kind, name) => {
    exported.push(name);
    return `${kind} ${name}`;
  });
  if (/^\s*(import\s[^(]|export\s)/m.test(source)) fail(`${file} has an import or export of a form not known here`);
  done.set(file, isEntry ? source : `const ${variable(file)} = (() => {\n${source}\nreturn { ${exported.join(', ')} };\n})();\n`);
}

function main() {
  const dist = path.resolve(process.argv[2] ?? path.join(ROOT, 'dist'));
  const read = (name) => {
    const file = path.join(dist, name);
    if (!fs.existsSync(file)) fail(`${file} is missing: build the page first`);
    return fs.readFileSync(file);
  };

  const modules = new Map();
  wrap(path.join(dist, 'main.js'), modules, true);
  const script = `\n${[...modules.values()].join('')}`;
  if (/<\/script|<!--/i.test(script)) fail('a module contains text that would end the inline script');
  const worker = new Map();
  wrap(path.join(dist, 'many-worker.js'), worker, true);
  const hash = createHash('sha256').update(script).digest('base64');
  const parts = [`${APP}.wasm`, `${APP}-deferred.wasm`, CORE].map((name) => [name, read(name)]);
  // No module: browsers take none from a page that was opened from a disk.
  parts.push(['many-worker.js', [...worker.values()].join('').replaceAll('import.meta.url', 'location.href')]);
  const carried = parts.map(([name, bytes]) =>
    `<script type="text/plain" id="${name}">${gzipSync(bytes, { level: 9 }).toString('base64')}</script>\n`);

  let html = read('index.html').toString();
  html = replaceOne(html, `<link rel="modulepreload" href="./${APP}.js">\n`, '');
  html = replaceOne(html, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:",
    `default-src 'none'; script-src 'sha256-${hash}' 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:`);
  html = replaceOne(html, '<script type="module" src="./main.js"></script>',
    `${carried.join('')}<script type="module">${script}</script>`);

  const file = path.join(dist, 'floodlight-offline.html');
  fs.writeFileSync(file, html);
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(html.length / 1024)} KB`);
}

main();
