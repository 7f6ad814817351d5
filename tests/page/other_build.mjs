// Another version of the page, for the tests of how one takes the place of the other.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { DIST, ROOT } from './harness.mjs';

/**
 * Another build, in which the interface between the scripts is another one: neither build's parts work with the other's.
 * @param folder where it is put  @param mark what the names of its interface have more
 */
export function otherBuild(folder, mark) {
  const [modules, dist] = ['modules', 'dist'].map((name) => path.join(folder, `${mark}-${name}`));
  fs.cpSync(path.join(ROOT, 'build/modules'), modules, { recursive: true });
  fs.cpSync(DIST, dist, { recursive: true });
  for (const name of ['image-set.js', 'host.js', 'rescue.js']) {
    const file = path.join(modules, name);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('ImageSet }', `${mark}ImageSet }`)
      .replaceAll('new ImageSet(', `new ${mark}ImageSet(`).replaceAll('class ImageSet', `class ${mark}ImageSet`));
  }
  execFileSync('node', ['tools/assemble-page.mjs', modules, dist], { cwd: ROOT });
  assert.notEqual(fs.readFileSync(path.join(dist, 'index.html'), 'utf8'), fs.readFileSync(path.join(DIST, 'index.html'), 'utf8'));
  assert.match(fs.readFileSync(path.join(dist, 'floodlight.js'), 'utf8'), new RegExp(`new ${mark}ImageSet\\(`));
  return dist;
}
