// Packs ES modules into plain scripts: the page's few modules are wrapped one by one, in the order in which they need each
// other. Plain scripts are served rightly by every host, are checked as a whole before anything of them runs, and also run
// where browsers take no modules: from a disk. Also the help to put them into index.html.
import fs from 'node:fs';
import path from 'node:path';

const STATIC_IMPORT = /^import \{ ([\w, ]+) \} from '(\.[^']+)';$/gm;
const DYNAMIC_IMPORT = /await import\('(\.[^']+)'\)/g;
const LIST_EXPORT = /\bexport\s*\{([^}]*)\};?\s*$/;
const DEFAULT_EXPORT = /^export default (\w+);$/m;
// Comments that have lines of their own; what begins with an exclamation mark is somebody's notice, and travels.
const OWN_LINE_COMMENT = /^[ \t]*(?:\/\/(?!!).*|\/\*(?!!)[^]*?\*\/[ \t]*)\n/gm;
const NAMED_EXPORT = /^export ((?:async )?(?:function|class|const)) (\w+)/gm;

/** The variable that holds a wrapped module's exports. Scripts of one page share their top-level constants. */
function variable(file) {
  return `module_${path.parse(file).name.replace(/\W/g, '_')}`;
}

/** Scripts that are run one after the other, each with the modules that none before it has. */
export class Packs {
  /** @param folder where the modules lie  @param later script names by the module that is fetched when it is first asked for */
  constructor(folder, later = {}) {
    this.folder = path.resolve(folder);
    this.later = new Map(Object.entries(later).map(([module, script]) => [path.join(this.folder, module), script]));
    this.packed = new Set();
  }

  /** The text of the next script, which holds the modules and all that they need. */
  script(...modules) {
    const wrapped = [];
    for (const name of modules) this.#wrap(path.join(this.folder, name), wrapped);
    return `'use strict';\n${wrapped.join('')}`;
  }

  #wrap(file, wrapped) {
    if (this.packed.has(file)) return;
    this.packed.add(file);
    const resolve = (specifier) => path.resolve(path.dirname(file), specifier);
    const exported = [];
    let source = fs.readFileSync(file, 'utf8').replace(OWN_LINE_COMMENT, '');
    source = source.replace(STATIC_IMPORT, (_, names, specifier) => {
      this.#wrap(resolve(specifier), wrapped);
      return `const { ${names} } = ${variable(specifier)};`;
    });
    source = source.replace(DYNAMIC_IMPORT, (_, specifier) => {
      const script = this.later.get(resolve(specifier));
      if (script) return `(await module_parts.runScript('${script}'), ${variable(specifier)})`;
      this.#wrap(resolve(specifier), wrapped);
      return variable(specifier);
    });
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
    if (/^\s*(import\s[^(]|export\s)/m.test(source)) throw new Error(`${file} has an import or export of a form not known here`);
    // Emscripten's scripts ask where they lie, and then are given their wasm file by the page all the same.
    source = source.replaceAll('import.meta.url', 'location.href');
    wrapped.push(`const ${variable(file)} = (() => {\n${source}\nreturn { ${exported.join(', ')} };\n})();\n`);
  }
}

/** Replaces what stands exactly once in a text, or stops: a silent miss would give a page that lacks something. */
export function replaceOne(text, from, to) {
  const pieces = text.split(from);
  if (pieces.length !== 2) throw new Error(`expected once, found ${pieces.length - 1} times: ${from}`);
  return pieces.join(to);
}
