// What the page must do in every engine: one list, run by the tests and by the script that writes docs/browsers.md.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MANY, STEPS } from '../page/driver.mjs';
import { DIST, ROOT } from '../page/harness.mjs';
import { percent } from '../page/png.mjs';
import { nuclei, readTiff, writeTiff } from '../page/tiff.mjs';
import { WITHOUT } from './checks_without.mjs';

export const SIZE = { width: 1280, height: 800 };
const ALL_STEPS = [...STEPS, MANY];
const IMAGE = ['application', 'Image'];
const OTHER = 'nuclei_02.tif';

/** What the core says by itself, here in Node. */
export async function expectations(folder) {
  const { default: create } = await import(pathToFileURL(path.join(DIST, 'core/floodlight-core.mjs')).href);
  const core = await create();
  const labelled = (image, recipe) => {
    const pipeline = new core.Pipeline();
    pipeline.setRecipe(recipe);
    pipeline.setImage(image);
    pipeline.finish();
    const { count } = pipeline.value('labels');
    pipeline.dispose();
    return count;
  };
  const [first] = core.samples();
  return {
    /** Of the image with which the page opens. */
    nuclei: labelled(core.makeSample(first.id).pixels, first.recipe),
    count: (file, bytes, wanted) => labelled(bytes ? core.readTiff(bytes, file) : core.makeSample(file).pixels, wanted),
    /** The label file of the program for the command line. */
    labels(file, bytes, wanted) {
      fs.writeFileSync(path.join(folder, file), bytes);
      fs.writeFileSync(path.join(folder, 'recipe.json'), JSON.stringify(wanted));
      const program = path.join(ROOT, 'build/native/floodlight');
      execFileSync(program, ['segment', path.join(folder, file), '--recipe', path.join(folder, 'recipe.json'), '--out', folder]);
      return fs.readFileSync(path.join(folder, file.replace('.tif', '_labeled.tif')));
    },
  };
}

/** How many colours a picture has: a blank one has one, and one without its image only those of a frame. */
function colours(picture) {
  const seen = new Set();
  for (let row = 0; row < picture.rows; row += 3) {
    for (let col = 0; col < picture.cols; col += 3) seen.add(picture.at(row, col).join());
  }
  return seen.size;
}

async function zoom(page) {
  return Number((await page.widget('text', /^Zoom \d+ %$/)).name.match(/\d+/)[0]);
}

/** Row and column of the pixel that the status line explains, and the rest of what it says. */
async function pixel(page) {
  const { name } = await page.widget('text', /^row \d+ +col \d+/);
  const [, row, col, rest] = name.match(/^row (\d+) +col (\d+) +(.*)$/);
  return { row: Number(row), col: Number(col), rest };
}

/** The address says something else than before, and stays so. */
async function fragmentAfter(page, earlier) {
  await page.evaluate(async (then) => {
    await until(() => location.hash !== then, 10000);
    for (let last = null; last !== location.hash;) {
      last = location.hash;
      await pause(1200);
    }
  }, earlier);
  return page.fragment();
}

/** Links every shader of the page; the sentences of those that do not. */
async function linkShaders(page) {
  const folder = path.join(ROOT, 'build/web/shaders');
  const source = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
  // Only those that there still are: the build's folder keeps what was renamed.
  const looks = fs.readdirSync(folder)
    .filter((name) => name.endsWith('.frag') && fs.existsSync(path.join(ROOT, 'shaders', name)));
  assert.ok(looks.length >= 8, looks.join());
  const programs = looks.map((look) => [look, source(look === 'landscape.frag' ? 'landscape.vert' : 'view.vert'), source(look)]);
  const broken = await page.evaluate((all_) => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const shader = (kind, text) => {
      const made = gl.createShader(kind);
      gl.shaderSource(made, text);
      gl.compileShader(made);
      return made;
    };
    return all_.flatMap(([name, vertices, look]) => {
      const parts = [shader(gl.VERTEX_SHADER, vertices), shader(gl.FRAGMENT_SHADER, look)];
      const program = gl.createProgram();
      for (const part of parts) gl.attachShader(program, part);
      gl.linkProgram(program);
      if (gl.getProgramParameter(program, gl.LINK_STATUS)) return [];
      return [[name, gl.getProgramInfoLog(program), ...parts.map((part) => gl.getShaderInfoLog(part))].join(' ')];
    });
  }, programs);
  assert.deepEqual(broken, []);
  return `${programs.length} programs`;
}

/** Every value has one grey of its own, and brighter ones are brighter. */
async function greysFollowValues(page, image) {
  await page.press('x');
  const [x, y] = (await page.pointOf(...IMAGE)).map(Math.floor);
  await page.hand.move(x, y);
  await page.still();
  const middle = await pixel(page);
  await page.press('i');  // the other way round and back: the map is a texture too
  await page.press('i');
  const picture = await page.picture();
  const greys = new Map();
  for (let row = -100; row <= 100; ++row) {
    for (let col = -100; col <= 100; ++col) {
      const value = image.data[(middle.row + row) * image.cols + middle.col + col];
      const [r, g, b] = picture.at(y + row, x + col);
      assert.ok(r === g && g === b, `${[r, g, b]} is no grey`);
      assert.equal(greys.get(value) ?? r, r, `the greys of value ${value}`);
      greys.set(value, r);
    }
  }
  const inOrder = [...greys].sort((a, b) => a[0] - b[0]);
  inOrder.forEach(([value, grey], i) => assert.ok(i === 0 || grey >= inOrder[i - 1][1], `the grey of value ${value}`));
  await page.press('f');
  return greys.size;
}

/**
 * The checks in their order, each from where the one before has left the page: `name` as the table says it, and `run`, which
 * gives what was seen. It is handed the page, what is expected, `base` (the page's address) and `pictures`, in which the
 * first engine's pictures wait for the others'.
 */
export const CHECKS = [
  {
    name: 'starts, and counts the nuclei that the core counts',
    async run({ page, expected, base }) {
      await page.open(base);
      assert.equal(await page.nuclei(), expected.nuclei);
      await page.says(new RegExp(`^${expected.nuclei} nuclei`));
      return `${expected.nuclei} nuclei`;
    },
  },
  {
    name: 'every shader is compiled and linked',
    run: ({ page }) => linkShaders(page),
  },
  {
    name: 'every step shows its picture, the same as in Chromium',
    async run({ page, pictures, keep }) {
      const first = Object.keys(pictures).length === 0;
      let worst = 0;
      for (const [i, step] of ALL_STEPS.entries()) {
        await page.press(String((i + 1) % 10));
        assert.equal(await page.step(), step);
        const picture = await page.picture();
        keep(`step-${String(i + 1).padStart(2, '0')}`, picture.png);
        assert.ok(colours(picture.image ?? picture) > 30, `${step} is blank`);
        pictures[step] ??= picture;
        const differing = percent(pictures[step], picture);
        assert.ok(differing < 0.5, `${step}: ${differing.toFixed(2)} % differ`);
        worst = Math.max(worst, differing);
      }
      assert.equal(await page.evaluate(() => document.getElementById('offer')), null, 'of the first version none is newer');
      return first ? `${ALL_STEPS.length} pictures` : `at most ${worst.toFixed(2)} % of the points differ`;
    },
  },
  {
    name: 'a TIFF by the file chooser',
    async run({ page, expected }) {
      const file = path.join(DIST, 'samples', OTHER);
      await page.press('8');
      await page.engine.choose(file, () => page.click('button', 'Open...'));
      await page.shows(OTHER);
      const wanted = expected.count(OTHER, fs.readFileSync(file), await page.recipe());
      assert.equal(await page.nuclei(), wanted);
      return `${wanted} nuclei`;
    },
  },
  {
    name: 'pixels are drawn as their numbers say',
    async run({ page }) {
      await page.press('1');
      const image = readTiff(fs.readFileSync(path.join(DIST, 'samples', OTHER)));
      return `${await greysFollowValues(page, image)} values, each one grey`;
    },
  },
  {
    name: 'a TIFF by drop; NaN is marked, and read as 0 when asked',
    async run({ page, keep }) {
      const made = nuclei();
      const data = Float32Array.from(made.data);
      for (let i = 0; i < 30; ++i) data[60 * made.cols + 60 + i] = i % 2 ? NaN : Infinity;
      await page.drop(['gaps.tif', writeTiff({ ...made, data, type: 'float32' })]);
      await page.shows('gaps.tif');
      await page.says(/NaN/);
      const { png, image: striped } = await page.picture();
      keep('nan', png);
      const reds = () => [...Array(striped.rows).keys()].reduce((sum, row) => {
        for (let col = 0; col < striped.cols; ++col) {
          const [r, g, b] = striped.at(row, col);
          if (r > g + 60 && r > b + 60) ++sum;
        }
        return sum;
      }, 0);
      assert.ok(reds() > 100, `${reds()} points of the mark`);
      await page.click('button', 'Treat them as 0');
      assert.ok(await page.nuclei() > 5);
      await page.drop(['made.tif', writeTiff(made)]);
      await page.shows('made.tif');
      return `${await page.nuclei()} nuclei`;
    },
  },
  {
    name: 'a slider is dragged',
    async run({ page }) {
      await page.goTo('Threshold');
      const name = 'Cutoff in the histogram';
      await page.drag(await page.pointOf('slider', name, 0.3), await page.pointOf('slider', name, 0.6));
      const { threshold } = await page.recipe();
      const { min, max } = await page.widget('slider', name);
      const share = (threshold.value - min) / (max - min);
      assert.equal(threshold.method, 'manual');
      assert.ok(Math.abs(share - 0.6) < 0.05, `at ${share}`);
      await page.press('Control+z');
      assert.equal((await page.recipe()).threshold.method, 'otsu', 'and it is undone');
      return `cutoff ${threshold.value.toFixed(0)}, and undone`;
    },
  },
  {
    name: 'a number is typed',
    async run({ page }) {
      await page.goTo('Filter');
      await page.write('spinbutton', 'Sigma', '2.5');
      assert.equal((await page.recipe()).filter.sigma, 2.5);
      await page.write('spinbutton', 'Sigma', '1');
      assert.equal((await page.recipe()).filter.sigma, 1);
      return '2.5';
    },
  },
  {
    name: 'Page down, held for long, turns one step; an arrow goes on',
    async run({ page }) {
      await page.press('1');
      await page.hand.hold('PageDown', 3);
      await page.computed();
      assert.equal(await page.step(), 'Threshold');
      await page.hand.hold('PageUp', 3);
      await page.computed();
      assert.equal(await page.step(), 'Pixels');
      await page.press('ArrowRight');
      const from = await pixel(page);
      await page.hand.hold('ArrowRight', 5);
      await page.computed();
      const { col } = await pixel(page);
      assert.ok(col - from.col >= 2, `${col - from.col} pixels`);
      await page.press('Escape');
      return 'one step; the pin moves on';
    },
  },
  {
    name: 'a press counts once on a slow picture',
    async run({ page }) {
      await page.evaluate(() => {
        const soon = globalThis.requestAnimationFrame;
        globalThis.fast = () => { globalThis.requestAnimationFrame = soon; };
        globalThis.requestAnimationFrame = (draw) => setTimeout(() => soon(draw), 250);
      });
      await page.press('1');
      await page.press('PageDown');
      const step = await page.step();
      await page.press('/');
      const { value } = await page.widget('textbox', 'Find anything');
      await page.press('Escape');
      await page.evaluate(() => globalThis.fast());
      assert.deepEqual([step, value, await page.count('dialog', 'Commands')], ['Threshold', '', 0]);
      return 'Page down, /, Escape';
    },
  },
  {
    name: '/ finds a command that is typed; Tab goes on, with a ring; Space switches',
    async run({ page, keep }) {
      await page.press('/');
      await page.hand.type('filter');
      await page.press('Enter');
      assert.equal(await page.step(), 'Filter');
      await page.press('8');
      const name = 'Save labels as uint16';
      await page.tabTo('switch', name);
      const focused = await page.picture();
      keep('focus', focused.png);
      const { x, y, width, height, checked } = await page.widget('switch', name);
      await page.press(' ');
      assert.equal((await page.widget('switch', name)).checked, !checked);
      await page.press(' ');
      assert.equal((await page.widget('switch', name)).checked, checked);
      await page.letGo();
      const plain = await page.picture();
      let ring = 0;
      for (let row = Math.floor(y) - 6; row < y + height + 6; ++row) {
        for (let col = Math.floor(x) - 6; col < x + width + 6; ++col) {
          if (focused.at(row, col).some((value, i) => Math.abs(value - plain.at(row, col)[i]) > 40)) ++ring;
        }
      }
      assert.ok(ring > width, `${ring} points of a ring`);
      return 'found, reached, switched';
    },
  },
  {
    name: 'the wheel zooms around the pointer',
    async run({ page }) {
      await page.press('f');
      const before = await zoom(page);
      const [x, y] = await page.pointOf(...IMAGE, 0.45, 0.4);
      await page.hand.move(x, y);
      await page.still();
      const at = await pixel(page);
      await page.hand.wheel(-3);
      await page.still();
      const there = await pixel(page);
      assert.ok(Math.abs(there.row - at.row) <= 1 && Math.abs(there.col - at.col) <= 1, JSON.stringify([at, there]));
      const factor = await zoom(page) / before;
      assert.ok(factor > 1.3 && factor < 6, `three notches zoom ${factor} times`);
      await page.press('f');
      return 'three notches zoom in';
    },
  },
  {
    name: 'a finger pins a pixel, two zoom',
    async run({ page }) {
      const [x, y] = await page.pointOf(...IMAGE, 0.45, 0.4);
      await page.hand.move(x, y);
      await page.still();
      const { row, col } = await pixel(page);
      await page.hand.move(3, 3);
      await page.touch([[x, y]]);
      const pinned = await pixel(page);
      assert.deepEqual([pinned.row, pinned.col], [row, col]);
      await page.press('Escape');
      const before = await zoom(page);
      await page.touch([[x - 30, y], [x + 30, y]], [[x - 60, y], [x + 60, y]]);
      assert.ok(Math.abs(await zoom(page) / before - 2) < 0.1, `${before} became ${await zoom(page)}`);
      await page.press('f');
      return 'pinned; twice as large';
    },
  },
  {
    name: 'the picture follows the window',
    async run({ page, keep }) {
      const size = () => page.evaluate(() => {
        const { width, height } = document.getElementById('canvas');
        const image = all('application', 'Image')[0].getBoundingClientRect();
        return [width / devicePixelRatio, height / devicePixelRatio, image.width, image.height];
      });
      const reached = (cols) => page.evaluate((wanted) => until(() =>
        document.getElementById('canvas').width === wanted * devicePixelRatio, 10000), cols);
      const before = await size();
      await page.engine.resize({ width: 1000, height: 700 });
      await reached(1000);
      await page.computed();
      const small = await page.picture();
      keep('small', small.png);
      assert.deepEqual((await size()).slice(0, 2), [1000, 700]);
      assert.ok(small.image.cols < 1000 && colours(small.image) > 30);
      await page.engine.resize(SIZE);
      await reached(SIZE.width);
      await page.computed();
      assert.deepEqual(await size(), before);
      return '1000 x 700, and back';
    },
  },
  {
    name: 'the flood is played and scrubbed',
    async run({ page }) {
      const slider = ['slider', 'Pixels flooded'];
      const at = async () => Number((await page.widget(...slider)).value);
      await page.goTo('Watershed');
      const over = await page.picture();
      await page.click('button', 'Watch the flood');
      await page.hand.press(' ');
      const plays = await page.evaluate((name) => until(() => Number(all('slider', name)[0]?.value) > 30, 30000), slider[1]);
      assert.ok(plays, 'it plays');
      await page.press(' ');
      const stopped = await at();
      await page.press('.');
      assert.equal(await at(), stopped + 1);
      await page.reveal(...slider);
      const { min, max } = await page.widget(...slider);
      await page.drag(await page.pointOf(...slider, 0.2), await page.pointOf(...slider, 0.5));
      const share = (await at() - min) / (max - min);
      assert.ok(Math.abs(share - 0.5) < 0.1, `at ${share}`);
      const half = await page.picture();
      assert.ok(percent(over.image, half.image) > 1, 'half of the flood looks otherwise');
      return 'played, paused, one on, half';
    },
  },
  {
    name: 'the flood in 3D, turned with the mouse, the same as in Chromium',
    async run({ page, pictures, keep }) {
      const first = !pictures.landscape;
      await page.write('spinbutton', 'Pixels flooded', '1200');
      const flat = await page.picture();
      await page.press('d');
      const deep = await page.picture();
      keep('landscape', deep.png);
      assert.ok(percent(flat.image, deep.image) > 3, 'it looks otherwise than the flat one');
      pictures.landscape ??= deep.image;
      const differing = percent(pictures.landscape, deep.image);
      assert.ok(differing < 0.5, `${differing.toFixed(2)} % differ`);
      await page.drag(await page.pointOf(...IMAGE, 0.6, 0.5), await page.pointOf(...IMAGE, 0.4, 0.45));
      const turned = await page.picture();
      assert.ok(percent(deep.image, turned.image) > 1, 'it is turned');
      await page.press('d');
      const back = await page.picture();
      assert.ok(percent(flat.image, back.image) < 0.5, 'and back');
      return first ? 'drawn, and turned' : `${differing.toFixed(2)} % of the points differ`;
    },
  },
  {
    name: 'labels are saved, byte for byte those of the command line',
    async run({ page, expected }) {
      await page.drop(['made.tif', writeTiff(nuclei())]);
      await page.computed();
      const saved = await page.engine.download(() => page.click('button', 'Save labels'));
      assert.equal(saved.name, 'made_labeled.tif');
      assert.ok(saved.bytes.equals(expected.labels('made.tif', writeTiff(nuclei()), await page.recipe())));
      return `${saved.bytes.length} bytes`;
    },
  },
  {
    name: 'a forest learns from paint of the mouse and of a finger; its labels are those of the command line',
    async run({ page, expected, keep }) {
      const made = nuclei();
      const bytes = writeTiff(made);
      await page.drop(['made.tif', bytes]);
      await page.shows('made.tif');
      await page.press('2');
      await page.click('radio', 'Machine learning');
      await page.press('3');
      assert.equal(await page.step(), 'Forest');
      await page.press('f');
      const [x, y] = (await page.pointOf(...IMAGE)).map(Math.floor);
      await page.hand.move(x, y);
      await page.still();
      const middle = await pixel(page);
      const large = await zoom(page) / 100;
      const at = (place, right = 0) => {
        const [row, col] = [Math.floor(place / made.cols), place % made.cols + right];
        return [x + (col - middle.col) * large, y + (row - middle.row) * large];
      };
      // Away from the edges, so that a stroke of a few pixels has room.
      const inside = [...made.data.keys()].filter((i) => i % made.cols > 12 && i % made.cols < made.cols - 12);
      const places = inside.sort((a, b) => made.data[a] - made.data[b]);
      await page.drag(at(places.at(-1), -3), at(places.at(-1), 3));
      await page.press('w');
      await page.touch([at(places[0], -6)], [at(places[0])], [at(places[0], 6)]);
      await page.says(/^20 trees learnt from \d+ pixels/);
      await page.computed();
      const recipe = await page.recipe();
      assert.equal(recipe.mask.classifier.forest.trees.length, 20);
      keep('forest', (await page.picture()).png);
      const saved = await page.engine.download(() => page.click('button', 'Save labels'));
      assert.ok(saved.bytes.equals(expected.labels('made.tif', bytes, recipe)), 'the same labels');
      const count = await page.nuclei();
      assert.ok(count > 0);
      await page.click('radio', 'Classic');
      assert.equal(await page.step(), 'Filter');
      return `${count} nuclei, ${saved.bytes.length} bytes`;
    },
  },
  {
    name: 'a network is trained for 50 steps, and a map of it read; its labels are those of the command line',
    async run({ page, expected, keep }) {
      const bytes = writeTiff(nuclei());
      await page.drop(['made.tif', bytes]);
      await page.shows('made.tif');
      await page.press('2');
      await page.click('radio', 'Network');
      await page.press('3');
      assert.equal(await page.step(), 'Training');
      await page.click('button', 'How it learns');
      await page.write('spinbutton', 'Steps', '50');
      await page.write('spinbutton', 'Training images', '9');
      await page.click('button', 'Train');
      await page.says(/^Trained for 50 of 50 steps/);
      await page.computed();
      const recipe = await page.recipe();
      assert.deepEqual(recipe.mask.network.trained, { seed: 1, images: 9, steps: 50 });
      keep('training', (await page.picture()).png);
      const saved = await page.engine.download(() => page.click('button', 'Save labels'));
      assert.ok(saved.bytes.equals(expected.labels('made.tif', bytes, recipe)), 'the same labels');
      await page.press('2');
      await page.click('button', 'Level 2 down, map 1');
      await page.press('f');
      await page.hand.move(...(await page.pointOf(...IMAGE)).map(Math.floor));
      await page.says(/^Level 2 down, map 1, at its pixel .* the products of 6 maps make /);
      keep('network', (await page.picture()).png);
      await page.click('radio', 'Classic');
      assert.equal(await page.step(), 'Threshold');
      return `${await page.nuclei()} nuclei, ${saved.bytes.length} bytes`;
    },
  },
  {
    name: 'lines are copied, and pasted',
    async run({ page }) {
      await page.goTo('Threshold');
      await page.click('button', 'Copy');
      await page.press('/');
      await page.press('Control+v');
      const { value } = await page.widget('textbox', 'Find anything');
      await page.press('Escape');
      assert.match(value, /threshold/);
      return value.slice(0, 40);
    },
  },
  {
    name: 'many images run in workers',
    async run({ page, expected }) {
      const made = { 'a.tif': nuclei(120, 160), 'b.tif': nuclei(140, 140), 'c.tif': nuclei(100, 180) };
      const files = Object.entries(made).map(([name, image]) => [name, writeTiff(image)]);
      await page.drop(...files, ['broken.tif', Buffer.from('Nuclei were imaged on Monday.\n')]);
      await page.says(/^Run all 4$/);
      await page.click('button', 'Run all 4');
      await page.says(/^3 of 4 images done, 1 failed/);
      await page.computed();
      const recipe = await page.recipe();
      const counts = files.map(([name, bytes]) => expected.count(name, bytes, recipe));
      for (const [i, [name]] of files.entries()) {
        await page.says(new RegExp(`^${name.replace('.', '\\.')}, .*Nuclei ${counts[i]}, `));
      }
      return `${counts.join(', ')} nuclei, and one text refused`;
    },
  },
  {
    name: 'a link opens what it was made from',
    async run({ page, base, keep }) {
      await page.open(base);
      const earlier = await page.fragment();
      await page.goTo('Filter');
      await page.write('spinbutton', 'Sigma', '2');
      await page.press('z');
      const link = await fragmentAfter(page, earlier);
      const [recipe, picture, count] = [await page.recipe(), await page.picture(), await page.nuclei()];
      await page.open(base + link);
      const again = await page.picture();
      keep('link', again.png);
      assert.deepEqual([await page.step(), await page.recipe(), await page.nuclei()], ['Filter', recipe, count]);
      assert.ok(percent(picture.image, again.image) < 0.1, `${percent(picture.image, again.image)} % differ`);
      return link;
    },
  },
  {
    name: 'a reload keeps it',
    async run({ page }) {
      const before = [await page.step(), await page.recipe(), await page.nuclei()];
      await page.press('l');
      await page.reload();
      assert.deepEqual([await page.step(), await page.recipe(), await page.nuclei()], before);
      assert.ok(await page.evaluate(() => document.documentElement.classList.contains('light')), 'it is light still');
      await page.press('l');
      return 'step, recipe, light';
    },
  },
  ...WITHOUT,
];
