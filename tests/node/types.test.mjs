// The hand-written types: checked by TypeScript on a program that uses them, and against what the core says of itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { recipeTypes, TYPES, withRecipeTypes } from '../../tools/recipe-types.mjs';
import { loadCore, root } from './load.mjs';

const compiler = join(root, 'node_modules/typescript/bin/tsc');
const skip = existsSync(compiler) ? false : 'TypeScript is not installed; `npm ci` brings it';
if (skip) console.log(`skipped: ${skip}`);

test('a program that uses everything type-checks, and misuse does not', { skip }, () => {
  const { status, stdout } = spawnSync(process.execPath, [compiler, '--project', join(root, 'tests/node/types')],
    { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});

test('the types of a recipe are as they are made from its tables', async () => {
  const core = await loadCore();
  const text = readFileSync(TYPES, 'utf8');
  assert.equal(text, withRecipeTypes(text, recipeTypes(core.parameters())), 'tools/recipe-types.mjs --write puts it right');
});

test('the types name every function there is, and no other', { skip }, async () => {
  const { default: typescript } = await import(join(root, 'node_modules/typescript/lib/typescript.js'));
  const text = readFileSync(join(root, 'web/bindings/floodlight-core.d.ts'), 'utf8');
  const declared = new Map();
  typescript.forEachChild(typescript.createSourceFile('types.d.ts', text, typescript.ScriptTarget.ES2022), (node) => {
    if (!typescript.isInterfaceDeclaration(node)) return;
    declared.set(node.name.text, new Set(node.members.map((member) => member.name.text)));
  });
  const core = await loadCore();
  for (const name of declared.get('FloodlightCore')) assert.equal(typeof core[name], 'function', name);
  // Emscripten's own have an underscore in their names, or are classes of errors.
  const own = Object.keys(core).filter((name) => typeof core[name] === 'function' && !/_|Error$/.test(name));
  assert.deepEqual(new Set(own), declared.get('FloodlightCore'));
  for (const type of ['Pipeline', 'Forest', 'NetworkTraining']) {
    const members = Object.keys(core[type].prototype).filter((name) => name !== 'delete' && name !== 'constructor');
    assert.deepEqual(new Set(members), declared.get(type));
  }
});

test('the types of a recipe have every parameter of the table, every choice of it, and no other', { skip }, async () => {
  const { default: typescript } = await import(join(root, 'node_modules/typescript/lib/typescript.js'));
  const file = join(root, 'web/bindings/floodlight-core.d.ts');
  const program = typescript.createProgram([file], { strict: true });
  const checker = program.getTypeChecker();
  const exported = new Map(checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))
    .map((symbol) => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)]));
  const without = (type) => checker.getNonNullableType(type);
  const memberOf = (type, name) => without(checker.getTypeOfSymbol(type.getProperty(name)));
  const names = (type) => type.getProperties().map((property) => property.name).sort();
  const words = (type) => (type.isUnion() ? type.types : [type]).filter((each) => each.isStringLiteral()).map((each) => each.value).sort();
  const namesOf = (choices) => choices.map((choice) => choice.name).sort();

  const core = await loadCore();
  const { recipe, refinement } = core.parameters();
  const whole = exported.get('Recipe');
  const groups = new Map();
  for (const { key } of recipe) {
    const [group, name] = key.split('.');
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  groups.get('seeds').push('coordinates');
  groups.get('mask').push('classifier', 'network');
  assert.deepEqual(names(whole), ['floodlight_recipe', 'refinements', ...groups.keys()].sort());
  for (const [group, members] of groups) assert.deepEqual(names(memberOf(whole, group)), members.sort(), group);
  let compared = 0;
  for (const { key, kind, choices } of recipe) {
    if (kind !== 'choice') continue;
    const [group, name] = key.split('.');
    assert.deepEqual(words(memberOf(memberOf(whole, group), name)), namesOf(choices), key);
    ++compared;
  }
  const repair = exported.get('Refinement');
  assert.deepEqual(names(repair), refinement.map(({ key }) => key).sort());
  for (const { key, kind, choices } of refinement) {
    if (kind !== 'choice') continue;
    assert.deepEqual(words(memberOf(repair, key)), namesOf(choices), key);
    ++compared;
  }
  assert.equal(compared, [...recipe, ...refinement].filter(({ choices }) => choices?.length > 0).length);
  assert.deepEqual(words(exported.get('Stage')), core.stages().sort());
  const methods = namesOf(recipe.find(({ key }) => key === 'threshold.method').choices);
  assert.deepEqual(words(exported.get('ThresholdMethod')), methods.filter((name) => name !== 'manual'));
});
