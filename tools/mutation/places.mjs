// Where core/ can be mutated: comparisons and constants, found in the text without its comments and strings.
import fs from 'node:fs';
import path from 'node:path';

const NAMES = { '<': 'less', '<=': 'less_equal', '>': 'greater', '>=': 'greater_equal', '==': 'equal', '!=': 'not_equal' };
const NEIGHBOURS = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '==': '!=', '!=': '==' };
const SCALAR = /\b((?:static |inline )*)constexpr (int|float|double|char|std::size_t|std::ptrdiff_t|std::u?int(?:8|16|32|64)_t) (\w+) = $/;

/** The text with blanks in the place of comments, strings, characters and lines for the preprocessor. */
export function codeOnly(text) {
  const dark = (match) => match.replace(/[^\n]/g, ' ');
  return text
    .replace(/R"(\w*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<![\w])'(?:[^'\\\n]|\\.)+'/g, dark)
    .replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, dark);
}

/** All places of a file, in order: { file, line, at, length, becomes(id), says, name }; a name where a constant has one. */
function placesOf(file, text) {
  const code = codeOnly(text);
  const places = [];
  const lineAt = (at) => code.slice(0, at).split('\n').length;
  const add = (at, length, becomes, says, name) =>
    places.push({ file, line: lineAt(at), at, length, becomes, name, says: `${says} in: ${text.split('\n')[lineAt(at) - 1].trim()}` });
  for (const { index, 0: op } of code.matchAll(/(?<= )(?:[<>=!]=|[<>])(?=[ \n])/g)) {
    if (/\boperator$/.test(code.slice(0, index).trimEnd())) continue;
    add(index, op.length, (id) => `<::floodlight_mutants::${NAMES[op]}<${id}> >`, `${op} as ${NEIGHBOURS[op]}`);
  }
  const number = /(?<![\w.'])(?:0x[\da-fA-F']+|\d[\d']*(?:\.\d*)?(?:[eE][+-]?\d+)?)[uUlLfFzZ]*(?![\w.'])/g;
  for (const { index, 0: literal } of code.matchAll(number)) {
    const line = code.slice(code.lastIndexOf('\n', index) + 1);
    const lineText = line.slice(0, line.indexOf('\n'));
    const before = code.slice(code.lastIndexOf('\n', index) + 1, index);
    const named = SCALAR.exec(before);
    const whole = /^(?:0x|\d[\d']*[uUlLzZ]*$)/.test(literal);
    const says = `${literal} as ${whole ? `${literal} + 1` : /^[0.]+f?$/i.test(literal) ? '1' : `1.5 * ${literal}`}`;
    if (named && code[index + literal.length] === ';') {
      const at = index - named[0].length;
      const [, words, type, name] = named;
      const storage = words.includes('static') ? 'static inline const' : words.includes('inline') ? 'inline const' : 'const';
      add(at, named[0].length + literal.length,
        (id) => `${storage} ::floodlight_mutants::Named<${id}, ${type}> ${name}{${literal}}`, says, name);
    } else if (!/\b(?:constexpr|case|enum|static_assert|template)\b/.test(lineText)) {
      add(index, literal.length, (id) => `::floodlight_mutants::constant<${id}>(${literal})`, says);
    }
  }
  return places.sort((a, b) => a.at - b.at);
}

/** All places of core/, in the order of files and lines. */
export function allPlaces(root) {
  const files = fs.readdirSync(path.join(root, 'core'), { recursive: true })
    .filter((name) => /\.(?:cpp|h)$/.test(name) && name !== path.join('base', 'version.cpp')).sort();
  return files.flatMap((name) => {
    const file = path.join('core', name);
    return placesOf(file, fs.readFileSync(path.join(root, file), 'utf8'));
  });
}

/** The places in an order that only the seed decides (xorshift and Fisher-Yates). */
export function drawn(places, seed) {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  const next = (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
  const order = [...places];
  for (let i = order.length - 1; i > 0; --i) {
    const j = next(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Writes core/ into another folder with these places (each with its id) rewritten; says which files are now others. */
export function rewrite(root, folder, places) {
  const files = fs.readdirSync(path.join(root, 'core'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  for (const entry of files) {
    const file = path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name));
    const source = fs.readFileSync(path.join(root, file), 'utf8');
    let text = source;
    const own = places.filter((place) => place.file === file).sort((a, b) => b.at - a.at);
    for (const { at, length, becomes, id } of own) text = text.slice(0, at) + becomes(id) + text.slice(at + length);
    const target = path.join(folder, file);
    if (fs.existsSync(target) && fs.readFileSync(target, 'utf8') === text) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}
