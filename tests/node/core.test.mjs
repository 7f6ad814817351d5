// The core for JavaScript: values, errors, memory, and the places where it runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import { Worker } from 'node:worker_threads';

import { unzip } from '../page/zip.mjs';
import { blobs, csvImage, loadCore, pixel, sum } from './load.mjs';

const core = await loadCore();
const grid = csvImage('pixel_grid.csv');
const refuses = (action, message) => assert.throws(action, (error) => {
  assert.ok(error instanceof Error);
  assert.equal(error.message, message);
  return true;
});

test("the lecture's filters at row 5, column 14 of its grid", () => {
  assert.equal(pixel(grid, 5, 14), 209);
  assert.equal(pixel(core.median(grid, 3), 5, 14), 152);
  assert.equal(pixel(core.mean(grid, 3), 5, 14), Math.fround(1419 / 9));
  const weights = [1, 4, 7, 4, 1, 4, 16, 26, 16, 4, 7, 26, 41, 26, 7, 4, 16, 26, 16, 4, 1, 4, 7, 4, 1];
  const convolved = core.convolve(grid, { rows: 5, cols: 5, weights, divisor: sum(weights) });
  assert.equal(pixel(convolved, 5, 14), Math.fround(40504 / 273));
  assert.equal(core.gaussianWeights(1).length, 9);
  assert.equal(pixel(core.gaussian(grid, 1), 5, 14).toFixed(3), '149.096');
});

test("the lecture's thresholds by hand", () => {
  for (const [cutoff, pixels, objects] of [[50, 110, 3], [100, 81, 4]]) {
    const mask = core.above(grid, cutoff);
    assert.equal(sum(mask.data), pixels);
    assert.equal(core.label(mask).count, objects);
  }
  assert.equal(pixel(grid, 18, 7), 83);
  assert.equal(pixel(core.above(grid, 83), 18, 7), 0);
});

test('every method finds a cutoff within the range of values', () => {
  const image = blobs(80, 80, 6);
  for (const method of ['otsu', 'li', 'yen', 'triangle', 'isodata', 'mean']) {
    const cutoff = core.threshold(image, method);
    assert.ok(cutoff > 30 && cutoff < 190, `${method}: ${cutoff}`);
  }
  assert.notEqual(core.threshold(image, 'otsu', 8), core.threshold(image, 'otsu'));
});

test('the histogram counts every pixel', () => {
  const { edges, centres, counts } = core.histogram(grid, 10);
  assert.deepEqual([edges.length, centres.length, counts.length], [11, 10, 10]);
  assert.equal(sum(counts), grid.data.length);
  assert.deepEqual([edges[0], edges[10]], [Math.min(...grid.data), Math.max(...grid.data)]);
});

const drawn = (...lines) => ({
  rows: lines.length,
  cols: lines[0].length,
  data: Uint8Array.from(lines.join(''), (c) => (c === '#' ? 1 : 0)),
});

test('masks are repaired', () => {
  const mask = drawn('#....', '.###.', '.#.#.', '.###.', '.....');
  assert.deepEqual(core.fillHoles(mask), drawn('#....', '.###.', '.###.', '.###.', '.....'));
  assert.deepEqual(core.removeSmallObjects(mask, 1), drawn('.....', '.###.', '.#.#.', '.###.', '.....'));
  assert.deepEqual(core.removeSmallHoles(mask, 1), core.fillHoles(mask));
  assert.deepEqual(core.erosion(core.fillHoles(mask)), drawn('.....', '.....', '..#..', '.....', '.....'));
  assert.deepEqual(core.closing(mask, { shape: 'square', radius: 1 }).data[12], 1);
  assert.deepEqual(core.dilation(drawn('...', '.#.', '...')), core.footprint());
  assert.deepEqual(core.opening(mask, { shape: 'diamond', radius: 1 }), drawn('.....', '.....', '.....', '.....', '.....'));
  assert.deepEqual(core.clearBorder(mask), drawn('.....', '.....', '.....', '.....', '.....'));
  assert.equal(core.label(mask, 4).count, 2);
  assert.equal(core.label(mask, 8).count, 1);
});

test('footprints are the named shapes', () => {
  assert.deepEqual(core.footprint({ shape: 'disk', radius: 2 }), drawn('..#..', '.###.', '#####', '.###.', '..#..'));
  assert.deepEqual(core.footprint({ shape: 'square', radius: 1 }), drawn('###', '###', '###'));
});

test('label images are labelled and cleared by their values', () => {
  const labels = { rows: 2, cols: 4, data: Int32Array.of(5, 5, 0, 7, 0, 5, 0, 7) };
  assert.deepEqual(core.label(labels).labels.data, Int32Array.of(1, 1, 0, 2, 0, 1, 0, 2));
  const inner = { rows: 3, cols: 4, data: Int32Array.of(0, 0, 0, 4, 0, 9, 0, 4, 0, 0, 0, 0) };
  assert.deepEqual(core.clearBorder(inner).data, Int32Array.of(0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0));
});

test('distance, peaks, seeds and watershed part two touching discs', () => {
  const rows = 40;
  const cols = 70;
  const disc = (r, c, r0, c0) => Math.hypot(r - r0, c - c0) < 14;
  const data = Uint8Array.from({ length: rows * cols }, (_, i) => {
    const [r, c] = [Math.floor(i / cols), i % cols];
    return disc(r, c, 20, 20) || disc(r, c, 20, 45) ? 1 : 0;
  });
  const mask = { rows, cols, data };
  const squared = core.distanceSquared(mask);
  const distance = core.distanceTransform(mask);
  distance.data.forEach((d, i) => assert.equal(d, Math.fround(Math.sqrt(squared.data[i]))));
  const options = { window: 15, minDistance: 5 };
  const peaks = core.peakLocalMax(distance, options);
  assert.deepEqual(peaks, Int32Array.of(20, 20, 20, 45));
  assert.deepEqual(core.peakLocalMax(squared, options), peaks);
  assert.equal(core.peakLocalMax(squared, { ...options, thresholdAbs: 1000 }).length, 0);
  const seeds = core.seedsFromPeaks(peaks, rows, cols);
  assert.equal(seeds.count, 2);
  const landscape = { rows, cols, data: distance.data.map((d) => -d) };
  const labels = core.watershed(landscape, seeds.labels, mask);
  const table = core.regionProperties(labels, distance);
  assert.deepEqual(table.map((row) => row.label), [1, 2]);
  assert.equal(table[0].area + table[1].area, sum(data));
  assert.ok(Math.abs(table[0].centroidRow - 20) < 0.5 && Math.abs(table[0].centroidCol - 20) < 1);
  assert.equal(table[0].maxIntensity, Math.max(...distance.data));
  const lined = core.watershed(landscape, seeds.labels, mask, { line: true });
  assert.ok(lined.data.filter((l, i) => l === 0 && data[i]).length > 5);
  assert.equal(core.watershed(landscape, seeds.labels).data.filter((l) => l === 0).length, 0);
  assert.equal(core.watershed(landscape, seeds.labels, mask, { compactness: 0.5 }).data.filter((l) => l).length, sum(data));
  const colours = core.labelColours(labels);
  assert.equal(colours.length, 3);
  assert.notEqual(colours[1], colours[2]);
});

test('outlines of labels leave for ImageJ and for QuPath', () => {
  const labels = { rows: 2, cols: 3, data: Int32Array.of(0, 1, 1, 7, 1, 0) };
  const { type, features } = JSON.parse(new TextDecoder().decode(core.encodeOutlines(labels, 'qupath')));
  assert.equal(type, 'FeatureCollection');
  assert.deepEqual(features.map(({ properties }) => properties), [1, 7].map((label) => ({ objectType: 'detection', name: `${label}` })));
  assert.deepEqual(features.map(({ geometry }) => geometry), [
    { type: 'Polygon', coordinates: [[[1, 0], [3, 0], [3, 1], [2, 1], [2, 2], [1, 2], [1, 0]]] },
    { type: 'Polygon', coordinates: [[[0, 1], [1, 1], [1, 2], [0, 2], [0, 1]]] },
  ]);
  const rois = unzip(Buffer.from(core.encodeOutlines(labels, 'imagej')));
  assert.deepEqual(Object.keys(rois), ['1.roi', '7.roi']);
  for (const roi of Object.values(rois)) assert.equal(roi.toString('latin1', 0, 4), 'Iout');
  refuses(() => core.encodeOutlines(labels, 'ilastik'), 'program is ilastik; it must be imagej or qupath.');
});

test('TIFFs are written and read back', () => {
  const labels = { rows: 2, cols: 3, data: Int32Array.of(0, 1, 2, 70000, 5, 0) };
  const bytes = core.encodeLabelTiff(labels);
  assert.deepEqual(core.readLabelTiff(bytes, 'labels.tif'), labels);
  assert.equal(core.inspectTiff(bytes, 'labels.tif').pages[0].type, 'uint32');
  const { samples, planar, kept } = core.inspectTiff(bytes, 'labels.tif').pages[0];
  assert.deepEqual({ samples, planar, kept }, { samples: 1, planar: false, kept: 'alone' });
  assert.match(core.pythonLines(core.defaultRecipe(), 'raw', { kept: 'directories' }), /imread\(image_path, key=0\)/);
  assert.throws(() => core.pythonLines(core.defaultRecipe(), 'raw', { kept: 'loose' }), /kept must be one of: alone, directories, stack/);
  refuses(() => core.encodeLabelTiff(labels, { bits: 8 }), 'bits is 8; it must be a whole number from 16 to 32.');
  const small = { rows: 1, cols: 2, data: Int32Array.of(0, 65535) };
  assert.equal(core.inspectTiff(core.encodeLabelTiff(small, { bits: 16 }), 'small.tif').pages[0].type, 'uint16');
  const image = core.readTiff(core.encodeFloatTiff(grid, { pixelSizeUm: 0.25 }), 'grid.tif');
  assert.deepEqual(image.data, grid.data);
  assert.deepEqual([image.type, image.rows, image.cols, image.pages, image.nonfinite], ['float32', 19, 26, 1, 0]);
  assert.ok(Math.abs(image.pixelSizeUm - 0.25) < 1e-6);
  const mask = core.readTiff(core.encodeMaskTiff(core.above(grid, 100)), 'mask.tif');
  assert.deepEqual([mask.type, mask.max, mask.saturated], ['uint8', 255, 81]);
  // any view of the bytes serves
  const padded = new Uint8Array(bytes.length + 7);
  padded.set(bytes, 7);
  assert.deepEqual(core.readLabelTiff(padded.subarray(7), 'labels.tif'), labels);
  assert.deepEqual(core.readLabelTiff(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), 'x'), labels);
});

test('what is no TIFF is refused with its name', () => {
  refuses(() => core.readTiff(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), 'holiday.jpg'),
    'holiday.jpg is a JPEG; Floodlight reads TIFF.');
  assert.throws(() => core.readTiff(new Uint8Array(0), 'empty.tif'), /empty\.tif/);
  refuses(() => core.readTiff('bytes', 'x.tif'), 'bytes must be a Uint8Array or an ArrayBuffer.');
});

test('arguments that will not do are refused with a sentence', () => {
  refuses(() => core.median(grid, 4), 'size is 4; it must be an odd whole number from 3 to 31 px.');
  refuses(() => core.gaussian(grid, '1'), 'sigma is 1; it must be a number from 0.1 to 20 px.');
  refuses(() => core.gaussian(grid, NaN), 'sigma is NaN; it must be a number from 0.1 to 20 px.');
  refuses(() => core.threshold(grid, 'best'),
    'method is best; it must be one of otsu, li, yen, triangle, isodata, mean, minimum, local. A cutoff by hand goes to above().');
  refuses(() => core.above(null, 3), 'image must be {rows, cols, data} with rows x cols values.');
  refuses(() => core.above({ rows: 2, cols: 2, data: [1, 2, 3] }, 3),
    'image must be {rows, cols, data} with rows x cols values; it has 3 values for 2 x 2 pixels.');
  refuses(() => core.above({ rows: 0, cols: 2, data: [] }, 3), 'rows is 0; it must be a whole number from 1 to 32768.');
  refuses(() => core.above(grid, Infinity), 'cutoff is Infinity; it must be a finite number.');
  refuses(() => core.mean({ rows: 1, cols: 2, data: [1, NaN] }, 3),
    'image holds 1 pixel that is NaN or infinite; every pixel must be a finite number.');
  refuses(() => core.erosion(grid), 'mask must be a mask, with data in a Uint8Array: 0 is background.');
  refuses(() => core.erosion(core.above(grid, 50), { shape: 'star' }),
    'shape is star; it must be one of disk, diamond, square.');
  refuses(() => core.labelColours({ rows: 1, cols: 1, data: Int32Array.of(-1) }),
    'labels holds a negative label; labels are whole numbers from 0 to 2147483647.');
  refuses(() => core.regionProperties({ rows: 1, cols: 1, data: Int32Array.of(1) }, grid),
    'labels and intensity must have the same shape; they are 1 x 1 and 19 x 26.');
  refuses(() => core.seedsFromPeaks([3, 30], 19, 26),
    'The peak at row 3, column 30 lies outside the image of 19 x 26 pixels.');
  refuses(() => core.convolve(grid, { rows: 2, cols: 3, weights: [1, 2, 3, 4, 5, 6] }),
    'kernel.rows and kernel.cols must be odd, so that it has a centre.');
  refuses(() => core.peakLocalMax(grid, { excludeBorder: 1 }), 'excludeBorder is 1; it must be true or false.');
  assert.throws(() => core.gaussian(grid), Error);
});

test('a method without an answer says why', () => {
  const ramp = { rows: 1, cols: 512, data: Float32Array.from({ length: 512 }, (_, i) => i) };
  assert.throws(() => core.threshold(ramp, 'minimum'), (error) => error instanceof Error && error.message.length > 20);
});

test('a failed allocation is an Error that says so, and work goes on', () => {
  const message = 'There is not enough memory for this; a smaller image would do.';
  refuses(() => core.seedsFromPeaks([], 46000, 46000), message);
  refuses(() => core.seedsFromPeaks([], 65535, 65535), message);
  assert.equal(core.label(core.above(grid, 50)).count, 3);
});

test('results are copies of their own and arguments stay as they were', () => {
  const before = grid.data.slice();
  const first = core.gaussian(grid, 1);
  const kept = first.data.slice();
  assert.equal(first.data.buffer.byteLength, first.data.byteLength);
  core.gaussian(blobs(500, 500, 10), 3);
  assert.deepEqual(first.data, kept);
  assert.deepEqual(grid.data, before);
  const moved = structuredClone(first, { transfer: [first.data.buffer] });
  assert.deepEqual(moved.data, kept);
});

test('memory is given back, after errors too', () => {
  const image = blobs(300, 300, 30);
  const mask = core.above(image, 100);
  const round = () => {
    core.label(core.closing(mask));
    core.watershed(core.distanceSquared(mask), core.label(mask).labels, mask, { line: true });
    core.readTiff(core.encodeFloatTiff(image), 'image.tif');
    assert.throws(() => core.regionProperties(core.label(mask).labels, grid));
    assert.throws(() => core.watershed(image, core.label(mask).labels, core.above(grid, 50)));
    const pipeline = new core.Pipeline();
    pipeline.setImage(image);
    pipeline.runFor(2);
    assert.throws(() => pipeline.setRecipe('{}'));
    pipeline.dispose();
  };
  for (let i = 0; i < 20; i++) round();
  const size = core.HEAPU8?.length;
  const handles = core.count_emval_handles?.();
  for (let i = 0; i < 150; i++) round();
  assert.equal(core.HEAPU8?.length, size);
  assert.equal(core.count_emval_handles?.(), handles);
});

test('the default recipe is the lab\'s, and recipes are checked', () => {
  const recipe = core.defaultRecipe();
  assert.deepEqual(recipe.filter, { method: 'gaussian', sigma: 1 });
  assert.deepEqual(recipe.refinements, [
    { operation: 'remove_small_objects', max_size: 10 },
    { operation: 'closing', footprint: 'disk', radius: 1 },
  ]);
  assert.deepEqual(core.checkRecipe({ floodlight_recipe: 1 }), recipe);
  assert.deepEqual(core.checkRecipe(JSON.stringify(recipe)), recipe);
  assert.deepEqual(JSON.parse(core.recipeText(recipe)), recipe);
  refuses(() => core.checkRecipe({ floodlight_recipe: 1, filter: { sigma: 99 } }),
    'filter.sigma is 99; it must be a number from 0.1 to 20 px.');
  refuses(() => core.checkRecipe({ floodlight_recipe: 2 }),
    'This recipe has version 2; this Floodlight reads version 1.');
  refuses(() => core.checkRecipe(undefined), "recipe must be a recipe's object, or its JSON text.");
  assert.throws(() => core.checkRecipe('{'), /^Error: This is not valid JSON: line 1/);
});

test('the table of parameters describes the recipe', () => {
  const { recipe: table, refinement } = core.parameters();
  const sigma = table.find((p) => p.key === 'filter.sigma');
  assert.deepEqual([sigma.kind, sigma.default, sigma.minimum, sigma.maximum, sigma.unit, sigma.stage],
    ['real', 1, 0.1, 20, 'px', 'filtered']);
  const fallback = core.defaultRecipe();
  const leftOut = [];
  for (const { key, default: value } of table) {
    const [group, name] = key.split('.');
    if (fallback[group] && name in fallback[group]) assert.deepEqual(fallback[group][name], value, key);
    else leftOut.push(key);
  }
  assert.deepEqual(leftOut, ['mask.from', 'filter.size', 'filter.low_sigma', 'filter.high_sigma', 'filter.value', 'threshold.value',
    'threshold.block_size', 'threshold.offset', 'network.background_below', 'measure.pixel_height'], 'what does not matter to the default recipe');
  assert.deepEqual(refinement.map((p) => p.key), ['operation', 'max_size', 'footprint', 'radius']);
  assert.deepEqual(refinement[0].choices.map((choice) => choice.name), ['remove_small_objects', 'remove_small_holes',
    'fill_holes', 'clear_border', 'erosion', 'dilation', 'opening', 'closing']);
});

test('every stage has its line of Python', () => {
  const recipe = core.defaultRecipe();
  assert.equal(core.pythonLines(recipe, 'filtered'), 'filtered_image = skimage.filters.gaussian(raw_image, sigma=1)');
  for (const stage of core.stages()) assert.ok(core.pythonLines(recipe, stage).length > 10);
  assert.match(core.pythonRawThreshold(recipe), /raw_image > threshold/);
  refuses(() => core.pythonLines(recipe, 'flood'),
    'stage is flood; it must be one of raw, filtered, mask, components, refined, distance, seeds, labels, measurements.');
});

test('the pipeline gives what the separate calls give', () => {
  const image = blobs(150, 130, 12);
  const pipeline = new core.Pipeline();
  assert.equal(pipeline.value('raw'), null);
  pipeline.setImage(image);
  assert.equal(pipeline.busy(), true);
  pipeline.finish();
  assert.equal(pipeline.busy(), false);
  assert.equal(pipeline.failure(), null);
  const filtered = core.gaussian(image, 1);
  const mask = core.above(filtered, core.threshold(filtered, 'otsu'));
  const refined = core.closing(core.removeSmallObjects(mask, 10));
  const distance = core.distanceTransform(refined);
  const peaks = core.peakLocalMax(distance, { window: 25, minDistance: 10 });
  const seeds = core.seedsFromPeaks(peaks, image.rows, image.cols);
  const labels = core.watershed({ ...distance, data: distance.data.map((d) => -d) }, seeds.labels, refined);
  assert.deepEqual(pipeline.value('raw'), image);
  assert.deepEqual(pipeline.value('filtered'), filtered);
  assert.deepEqual(pipeline.value('mask').mask, mask);
  assert.equal(pipeline.value('mask').above, sum(mask.data));
  assert.equal(pipeline.value('mask').onRaw.threshold, core.threshold(image, 'otsu'));
  assert.deepEqual(pipeline.value('components'), core.label(mask));
  assert.deepEqual(pipeline.value('refined'), refined);
  assert.deepEqual(pipeline.value('distance').data, distance.data);
  assert.deepEqual(pipeline.value('distance').squared, core.distanceSquared(refined).data);
  assert.deepEqual(pipeline.value('seeds'), { ...seeds, peaks });
  assert.deepEqual(pipeline.value('labels').labels, labels);
  assert.ok(pipeline.value('labels').count > 3);
  assert.deepEqual(pipeline.value('measurements'), core.regionProperties(labels, image));
  const header = core.measurementsCsvHeader();
  assert.match(header, /^file,label,area/);
  const lines = pipeline.measurementsCsv('=a, b.tif', 0.5).split('\r\n');
  assert.equal(lines.pop(), '');
  assert.equal(lines.length, pipeline.value('measurements').length);
  for (const line of lines) assert.match(line, /^"\.\/=a, b\.tif",/);
  assert.throws(() => pipeline.measurementsCsv('a.tif', -1), /pixelSizeUm is -1/);
  pipeline.dispose();
  assert.throws(() => pipeline.finish(), Error);
});

test('the pipeline follows changes, in slices', () => {
  const pipeline = new core.Pipeline();
  pipeline.setImage(blobs(200, 200, 20));
  while (pipeline.advance());
  const nuclei = pipeline.value('labels').count;
  const version = pipeline.version('filtered');
  const recipe = pipeline.recipe();
  recipe.seeds.exclude_border = false;
  pipeline.setRecipe(recipe);
  assert.equal(pipeline.current('distance'), true);
  assert.equal(pipeline.current('labels'), false);
  while (pipeline.runFor(1));
  assert.equal(pipeline.version('filtered'), version);
  assert.ok(pipeline.value('labels').count >= nuclei);
  assert.ok(pipeline.milliseconds() >= pipeline.milliseconds('labels'));
  refuses(() => pipeline.setRecipe({ floodlight_recipe: 1, seeds: { window: 4 } }),
    'seeds.window is 4; it must be an odd whole number from 3 to 201 px.');
  assert.deepEqual(pipeline.recipe(), recipe);
  pipeline.dispose();
});

test('the pipeline tells why it stopped', () => {
  const image = blobs(60, 60, 4);
  image.data[7] = NaN;
  const pipeline = new core.Pipeline();
  pipeline.setImage(image);
  pipeline.finish();
  assert.deepEqual(pipeline.failure(), {
    stage: 'filtered',
    message: '1 pixel is NaN or infinite, which cannot be filtered; treat them as 0 to go on.',
  });
  assert.equal(pipeline.value('filtered'), null);
  pipeline.setRecipe({ floodlight_recipe: 1, input: { nonfinite_as_zero: true } });
  pipeline.finish();
  assert.equal(pipeline.failure(), null);
  assert.equal(pipeline.value('raw').data[7], 0);
  pipeline.dispose();
});

const smoke = fileURLToPath(new URL('smoke.mjs', import.meta.url));
const expectedRefusal = 'size is 2; it must be an odd whole number from 3 to 31 px.';

test('it runs where no code may be made from strings', () => {
  const output = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', smoke], { encoding: 'utf8' });
  const { count, refusal } = JSON.parse(output);
  assert.ok(count > 3);
  assert.equal(refusal, expectedRefusal);
});

test('it runs in a worker, and images travel as transferables', async () => {
  const worker = new Worker(smoke);
  const { labels, count, refusal } = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  assert.equal(refusal, expectedRefusal);
  assert.equal(new Set(labels.data).size, count + 1);
});

test('an option that is misspelt is refused with its right name', () => {
  const image = { rows: 1, cols: 3, data: new Float32Array([1, 5, 2]) };
  const markers = { rows: 1, cols: 3, data: new Int32Array([1, 0, 2]) };
  refuses(() => core.peakLocalMax(image, { min_distance: 3 }), 'min_distance is no option; here it is called minDistance.');
  refuses(() => core.peakLocalMax(image, { footprint: 3 }), 'footprint is no option; here it is called window.');
  refuses(() => core.watershed(image, markers, null, { watershed_line: true }),
    'watershed_line is no option; here it is called line.');
  refuses(() => core.watershed(image, markers, null, { colour: 1 }),
    'colour is no option; there are connectivity, line, compactness.');
  refuses(() => core.watershed(image, markers, null, { connectivity: 6 }), 'connectivity is 6; it must be one of 4, 8.');
  refuses(() => core.gaussian(image, Infinity), 'sigma is Infinity; it must be a number from 0.1 to 20 px.');
  refuses(() => core.threshold(image, 'manual'), 'method is manual; it must be one of otsu, li, yen, triangle, isodata, ' +
    'mean, minimum, local. A cutoff by hand goes to above().');
});

test('values that do not fit are refused, never wrapped', () => {
  const big = { rows: 1, cols: 2, data: new Uint32Array([1, 2 ** 31]) };
  const one = { rows: 1, cols: 2, data: new Int32Array([1, 0]) };
  refuses(() => core.peakLocalMax(big), 'image holds 2147483648; its values must be at most 2147483647.');
  refuses(() => core.watershed(big, one), 'image holds 2147483648; its values must be at most 2147483647.');
  refuses(() => core.label(big), 'image holds 2147483648; its values must be at most 2147483647.');
  const row = { rows: 1, cols: 5, data: new Int32Array([0, 0, 9, 0, 0]) };
  assert.equal(core.peakLocalMax(row, { window: 3, minDistance: 1, excludeBorder: false }).length, 2);
  assert.equal(core.peakLocalMax(row, { window: 3, excludeBorder: false, thresholdAbs: 2147483648 }).length, 0);
  const labels = { rows: 1, cols: 3, data: new Uint8Array([1, 2, 0]) };
  const sentence = 'image holds 1 and 2 besides 0, and a mask has one value; labels go into an Int32Array.';
  refuses(() => core.label(labels), sentence);
  refuses(() => core.clearBorder(labels), sentence);
  const { maxIntensity } = core.regionProperties(one, { rows: 1, cols: 2, data: new Float32Array([NaN, 1]) })[0];
  assert.ok(Number.isNaN(maxIntensity));
});
