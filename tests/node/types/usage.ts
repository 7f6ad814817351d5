// Uses every part of the API; it is never run, only type-checked.
import createFloodlightCore, {
  type FloodlightCore,
  type PixelClassifier,
  type Recipe,
  type Stage,
  type StageValues,
  type TrainingMoment,
} from '../../../web/bindings/floodlight-core.js';

const core: FloodlightCore = await createFloodlightCore({ locateFile: (path, directory) => directory + path });

const image = core.readTiff(new Uint8Array(10), 'cells.tif', { page: 0, channel: 1, maxSide: 8192 });
const pages: number = core.inspectTiff(new ArrayBuffer(10), 'cells.tif').pages.length + image.pages;
const filtered: Float32Array = core.gaussian(image, 1).data;
core.mean(image, 3);
core.median({ rows: 1, cols: 3, data: [1, 2, 3] }, 3);
core.convolve(image, { rows: 1, cols: 3, weights: [1, 2, 1], divisor: 4 });
const weights: Float64Array = core.gaussianWeights(2);
const counts: Float64Array = core.histogram(image, 64).counts;
const mask = core.above(image, core.threshold(image, 'otsu', 256));
const cutoffs: Float32Array = core.threshold(image, 'local', { block_size: 51, offset: -2 }).data;
core.above(image, core.threshold(image, 'yen', { bins: 64 }));
core.above(image, { rows: 1, cols: 1, data: cutoffs });
core.filter(image, 'difference_of_gaussians', { low_sigma: 1, high_sigma: 10 });
const { labels, count } = core.label(mask, 8);
core.label(labels);
const refined = core.closing(core.removeSmallObjects(mask, 10), { shape: 'disk', radius: 1 });
core.erosion(core.dilation(core.opening(core.removeSmallHoles(core.fillHoles(mask), 5))));
core.footprint({ shape: 'square' });
const cleared: Int32Array = core.clearBorder(labels).data;
const clearedMask: Uint8Array = core.clearBorder(mask).data;
const distance = core.distanceTransform(refined);
const peaks = core.peakLocalMax(distance, { window: 25, minDistance: 10, excludeBorder: true, thresholdAbs: 2 });
core.peakLocalMax(core.distanceSquared(refined));
const seeds = core.seedsFromPeaks(peaks, distance.rows, distance.cols);
const nuclei = core.watershed(distance, seeds.labels, refined, { connectivity: 8, line: true, compactness: 0 });
core.watershed(distance, seeds.labels, null);
const area: number = core.regionProperties(nuclei, image)[0].area;
const colours: Uint8Array = core.labelColours(nuclei);
const file: Uint8Array = core.encodeLabelTiff(nuclei, { bits: 16, pixelSizeUm: image.pixelSizeUm ?? undefined });
core.encodeMaskTiff(mask);
const outlines: Uint8Array = core.encodeOutlines(nuclei, 'qupath');
core.encodeFloatTiff(distance);
core.readLabelTiff(file, 'labels.tif', { page: 0 });

const recipe: Recipe = { floodlight_recipe: 1, threshold: { method: 'manual', value: 100 }, refinements: [] };
const full: Recipe = core.checkRecipe(recipe);
const text: string = core.recipeText(core.defaultRecipe());
const units: string[] = core.parameters().recipe.map((parameter) => parameter.unit);
const lines: string[] = core.stages().map((stage: Stage) => core.pythonLines(text, stage));
core.pythonRawThreshold(full);

const pipeline = new core.Pipeline();
pipeline.setImage(image);
pipeline.setRecipe(recipe);
while (pipeline.runFor(4)) pipeline.advance();
pipeline.finish();
const values: StageValues['seeds'] | null = pipeline.value('seeds');
const cutoff = pipeline.value('mask')?.onRaw?.threshold;
const nucleusChances: Float32Array | undefined = pipeline.value('mask')?.prediction?.probabilities[0].data;
const trained: PixelClassifier | undefined = pipeline.recipe().mask?.classifier;
const lowest: number | undefined = pipeline.value('mask')?.thresholdRange[0];
const told: string = pipeline.failure()?.message ?? `${pipeline.milliseconds('labels')} of ${pipeline.milliseconds()} ms`;
const state: boolean = pipeline.busy() || pipeline.current('labels') || pipeline.version('labels') > 0;
const used: Recipe = pipeline.recipe();
const table: string = core.measurementsCsvHeader() + pipeline.measurementsCsv('a.tif') + pipeline.measurementsCsv('b.tif', 0.5);
pipeline.dispose();

const field = core.simulate({ light: { exposure: 0.2 }, optics: { medium: 'air' } }, { specimen: 3 });
core.simulate(null, { specimen: 3, exposure: 2 });
const photons: Float32Array = field.photons.data;
const main: string[] = core.simulationParameters().filter((row) => row.main).map((row) => row.groupTitle);
const sample = core.samples()[0];
const again = sample.simulation ? core.simulate(sample.simulation.parameters, sample.simulation.seeds).truth : null;
const size: number | null = core.makeSample(sample.id).pixelSizeUm;
const score = core.score(nuclei, field.truth, { iou: 0.7 });
const f1: number = score.f1 + score.ap[0] + score.truth.filter((nucleus) => nucleus.fate === 'split').length;

const { names, planes } = core.multiscaleBasicFeatures(image, { edges: false, sigmaMin: 1, sigmaMax: 4 });
const plane: Float32Array = planes[names.indexOf('intensity, sigma 1')].data;
const forest = core.trainForest({ samples: plane, features: 1, labels: mask.data }, { trees: 5, maxDepth: null, randomState: 7 });
const chances: Float64Array = new core.Forest(forest.toJSON()).probabilities([1, 2, 3]);
const asked: number = forest.trees[0].feature[0] + forest.trees[0].threshold[0] + forest.trees[0].counts[0];
new core.Forest(JSON.stringify(forest)).dispose();
const known: number = forest.classes[0] + forest.features;

const training = new core.NetworkTraining({ widths: [3, 4], steps: 2, variety: { focus: false } });
while (training.images < training.imagesWanted) training.addSimulated();
const losses: number[] = [training.step(), training.unseenLoss(2)];
const moment: TrainingMoment = training.moment();
training.goTo(moment);
const learnt: number = moment.step + moment.weights[0] + moment.powers[1];
training.dispose();

// @ts-expect-error: no such method
core.threshold(image, 'best');
// @ts-expect-error: a mask is needed
core.closing(image);
// @ts-expect-error: no such stage
pipeline.value('flood');
// @ts-expect-error: a sample may have no truth
core.score(nuclei, core.makeSample('plateau').truth);
// @ts-expect-error: labels are missing
core.trainForest({ samples: [1, 2], features: 1 });
// @ts-expect-error: no such parameter
core.checkRecipe({ floodlight_recipe: 1, filter: { radius: 3 } });

export { area, clearedMask, cleared, colours, count, counts, cutoff, filtered, lines, pages, state, table, told, units, used };
export { asked, chances, known, learnt, losses, nucleusChances, trained };
export { again, f1, main, photons, size, values, weights };
