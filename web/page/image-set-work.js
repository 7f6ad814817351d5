// What a worker does for many images: takes one image after the other through the recipe.

const SLICE = 60;  // milliseconds of work between two signs of life
const PICTURE = 96;  // rows and columns of the small picture (web/app/field_pictures.h)

/** Gives the memory of images back now; until the browser collects it, eight workers would keep hundreds of megabytes. */
function letGo(...images) {
  for (const image of images) (image?.data?.buffer ?? image)?.transfer?.(0);
}

/** The middle of an image as a small square: greys, then each pixel's colour (0: background; else 1 and on). */
function smallPicture(core, { rows, cols, data }, labels) {
  const values = [];
  const stride = Math.max(1, Math.floor(data.length / 20_000));
  for (let i = 0; i < data.length; i += stride) if (Number.isFinite(data[i])) values.push(data[i]);
  values.sort((a, b) => a - b);
  const at = (share) => values[Math.floor(share * (values.length - 1))] ?? 0;
  const low = at(0.001);
  const high = Math.max(at(0.999), low + 1e-9);
  const colours = core.labelColours(labels);
  const side = Math.min(rows, cols);
  const top = (rows - side) >> 1;
  const left = (cols - side) >> 1;
  const bound = (i) => Math.floor((i * side) / PICTURE);
  const picture = new Uint8Array(2 * PICTURE * PICTURE);
  for (let row = 0; row < PICTURE; ++row) {
    for (let col = 0; col < PICTURE; ++col) {
      let sum = 0;
      let count = 0;
      for (let r = bound(row); r < Math.max(bound(row + 1), bound(row) + 1); ++r) {
        for (let c = bound(col); c < Math.max(bound(col + 1), bound(col) + 1); ++c) {
          sum += data[(top + r) * cols + left + c];
          ++count;
        }
      }
      const place = row * PICTURE + col;
      picture[place] = Math.round(255 * Math.min(1, Math.max(0, (sum / count - low) / (high - low))));
      const label = labels.data[(top + bound(row + 0.5)) * cols + left + bound(col + 0.5)];
      picture[PICTURE * PICTURE + place] = label === 0 ? 0 : 1 + colours[label];
    }
  }
  return picture;
}

/** The image of a job: `{pixels, truth, pixelSizeUm, pixelHeightUm}`. */
function read(core, { name, sample, bytes }, recipe) {
  if (sample) return { pixelHeightUm: null, ...core.makeSample(sample) };
  const { page = 0, channel = 'automatic' } = recipe.input ?? {};
  const selection = channel === 'automatic' ? { page } : { page, channel: Number(channel) - 1 };
  let image;
  try {
    image = core.readTiff(bytes, name, selection);
  } finally {
    letGo(bytes);
  }
  const { pixelSizeUm, pixelHeightUm } = image;
  return { pixels: image, truth: null, pixelSizeUm, pixelHeightUm };
}

/** Walks the image to its measurements and tells how far it is. */
function walk(pipeline, stages, id, memory) {
  while (pipeline.runFor(SLICE)) {
    const done = stages.filter((stage) => pipeline.current(stage)).length;
    postMessage({ id, progress: done / stages.length, memory: memory() });
  }
  const failure = pipeline.failure();
  if (failure) throw new Error(failure.message);
}

/** The lowest and the highest cutoff of a pipeline that is done; most methods have one for all pixels. */
function thresholdRange(pipeline) {
  const { thresholdRange: range, threshold, mask, onRaw } = pipeline.value('mask');
  letGo(threshold, mask, onRaw?.threshold, onRaw?.mask);
  return range;
}

/** Runs one image and posts what came of it. `memory` tells how much the core has taken, in bytes. */
export function runImage(core, memory, { id, name, recipe, keep, ...source }) {
  const start = performance.now();
  const image = read(core, { name, ...source }, recipe);
  const pipeline = new core.Pipeline();
  try {
    pipeline.setRecipe(recipe);
    pipeline.setImage(image.pixels);
    walk(pipeline, core.stages(), id, memory);
    const { labels, count } = pipeline.value('labels');
    const rows = pipeline.value('measurements');
    const score = image.truth && core.score(labels, image.truth);
    const result = {
      rows: labels.rows, cols: labels.cols, pixelSizeUm: image.pixelSizeUm, pixelHeightUm: image.pixelHeightUm,
      thresholdRange: thresholdRange(pipeline), nuclei: count,
      areas: Float32Array.from(rows, (row) => row.area),
      intensities: Float32Array.from(rows, (row) => row.meanIntensity),
      f1: score && score.f1, meanAp: score && score.meanAp,
      picture: new Uint8Array(0),
    };
    let labelFile = null;
    let table = null;
    if (keep) {
      result.picture = smallPicture(core, image.pixels, labels);
      const options = {};
      for (const side of ['pixelSizeUm', 'pixelHeightUm']) if (image[side] !== null) options[side] = image[side];
      labelFile = core.encodeLabelTiff(labels, options);
      const known = image.pixelSizeUm !== null;
      const { pixel_size: width, pixel_height: height } = recipe.measure ?? {};
      table = pipeline.measurementsCsv(
        name, known ? image.pixelSizeUm : width, known ? image.pixelHeightUm : height);
    }
    letGo(labels);
    result.milliseconds = performance.now() - start;
    postMessage({ id, result, labels: labelFile, table, memory: memory() }, labelFile ? [labelFile.buffer] : []);
  } finally {
    pipeline.dispose();
    letGo(image.pixels, image.truth);
  }
}
