// The hand-written types, checked by TypeScript on a program that uses them.
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

test('the types of a recipe are those of its tables: every group, member and choice', async () => {
  const core = await loadCore();
  const text = readFileSync(TYPES, 'utf8');
  assert.equal(text, withRecipeTypes(text, recipeTypes(core.parameters())), 'tools/recipe-types.mjs --write puts it right');
  for (const { choices = [] } of [...core.parameters().recipe, ...core.parameters().refinement]) {
    for (const { name } of choices) assert.ok(text.includes(`'${name}'`), `no type has the choice ${name}`);
  }
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
  for (const type of ['Pipeline', 'Forest']) {
    const members = Object.keys(core[type].prototype).filter((name) => name !== 'delete' && name !== 'constructor');
    assert.deepEqual(new Set(members), declared.get(type));
  }
});
