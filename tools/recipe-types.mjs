#!/usr/bin/env node
// Keeps the types of a recipe in web/bindings/floodlight-core.d.ts: its groups, their members, every choice, from the tables
// that the built core shows (`core.parameters()`). Fails where the file says otherwise; --write puts the right lines there.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const TYPES = path.join(ROOT, 'web/bindings/floodlight-core.d.ts');
const START = '// --- what a recipe may say: made by tools/recipe-types.mjs --write from the tables that core.parameters() shows';
const END = '// --- the rest is written by hand';
const LONGEST_LINE = 120;

/** A choice's names; one that is a number may also be written without quotes. */
const names = ({ choices }) =>
  choices.flatMap(({ name }) => (/^\d+$/.test(name) ? [`'${name}'`, name] : [`'${name}'`]));

/** `start` and one of these, in as many lines as it takes. */
function oneOf(start, alternatives, indent) {
  const line = `${indent}${start} ${alternatives.join(' | ')};`;
  return line.length <= LONGEST_LINE ? line : `${indent}${start}\n${alternatives.map((a) => `${indent}  | ${a}`).join('\n')};`;
}

function member(parameter, indent, required = false) {
  const { key, kind, optional, help } = parameter;
  const types = { choice: () => names(parameter), toggle: () => ['boolean'] }[kind]?.() ?? ['number'];
  const start = `${key.split('.').pop()}${required ? '' : '?'}:`;
  return `${indent}/** ${help} */\n${oneOf(start, optional ? [...types, 'null'] : types, indent)}`;
}

const methods = (table, key) => names(table.find((p) => p.key === key));

/** The generated part of the types, without its first and last line. */
export function recipeTypes({ recipe, refinement }) {
  const groups = [...new Set(recipe.map(({ key }) => key.split('.')[0]))];
  const lines = [
    oneOf('export type FilterMethod =', methods(recipe, 'filter.method'), ''),
    '/** Of those that find the cutoff themselves. */',
    oneOf('export type ThresholdMethod =', methods(recipe, 'threshold.method').filter((name) => name !== "'manual'"), ''),
    '',
    'export interface Refinement {',
    ...refinement.map((p) => member(p, '  ', p.key === 'operation')),
    '}',
    '',
    "/** Everything that varies in the pipeline. What is left out has its default: the lab's pipeline. */",
    'export interface Recipe {',
    '  floodlight_recipe: 1;',
  ];
  for (const group of groups) {
    if (group === 'seeds') lines.push('  /** The repairs, in their order. */', '  refinements?: Refinement[];');
    lines.push(`  ${group}?: {`);
    lines.push(...recipe.filter(({ key }) => key.startsWith(`${group}.`)).map((p) => member(p, '    ')));
    if (group === 'mask') {
      lines.push('    /** Where the mask comes from one. */', '    classifier?: PixelClassifier;');
      lines.push('    /** Where the mask comes from one. */', '    network?: SavedNetwork;');
    }
    if (group === 'seeds') lines.push('    /** Of seeds that are set by hand. */', '    coordinates?: [row: number, col: number][];');
    lines.push('  };');
  }
  return [...lines, '}'].join('\n');
}

/** The text with the generated part put in. */
export function withRecipeTypes(text, types) {
  const from = text.indexOf(START) + START.length;
  const to = text.indexOf(END);
  if (from < START.length || to < from) throw new Error(`${TYPES} has no line "${START}" before "${END}".`);
  return `${text.slice(0, from)}\n${types}\n${text.slice(to)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const module = ['dist', 'build/web/site'].map((dir) => path.join(ROOT, dir, 'core/floodlight-core.mjs')).find(fs.existsSync);
  if (!module) throw new Error('There is no core/floodlight-core.mjs; tools/build makes it.');
  const core = await (await import(pathToFileURL(module).href)).default();
  const text = fs.readFileSync(TYPES, 'utf8');
  const right = withRecipeTypes(text, recipeTypes(core.parameters()));
  if (process.argv.includes('--write')) fs.writeFileSync(TYPES, right);
  else if (right !== text) {
    console.error(`${path.relative(ROOT, TYPES)} does not say what a recipe may: tools/recipe-types.mjs --write puts it right.`);
    process.exitCode = 1;
  }
}
