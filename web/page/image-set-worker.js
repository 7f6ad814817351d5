// One worker of many images: takes one image after the other through the recipe, with a core module of its own.

const SLICE = 60;  // milliseconds of work between two signs of life
const PICTURE = 96;  // rows and columns of the small picture (web/app/field_pictures.h)

let core = null;
let memory = null;

/** Gives the memory of images back now; until the browser collects it, eight workers would keep hundreds of megabytes. */
function letGo(...images) {
  for (const image of images) (image?.data?.buffer ?? image)?.transfer?.(0);
}

/** The middle of an image as a small square: greys, then each pixel's colour (0: background; else 1 and on). */
function smallPicture({ rows, cols, data }, labels) {
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
function read({ name, sample, bytes }, recipe) {
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
function walk(pipeline, id) {
  const stages = core.stages();
  while (pipeline.runFor(SLICE)) {
    const done = stages.filter((stage) => pipeline.current(stage)).length;
    postMessage({ id, progress: done / stages.length, memory: memory.buffer.byteLength });
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

function run({ id, name, recipe, keep, ...source }) {
  const start = performance.now();
  const image = read({ name, ...source }, recipe);
  const pipeline = new core.Pipeline();
  try {
    pipeline.setRecipe(recipe);
    pipeline.setImage(image.pixels);
    walk(pipeline, id);
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
      result.picture = smallPicture(image.pixels, labels);
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
    const memoryNow = memory.buffer.byteLength;
    postMessage({ id, result, labels: labelFile, table, memory: memoryNow }, labelFile ? [labelFile.buffer] : []);
  } finally {
    pipeline.dispose();
    letGo(image.pixels, image.truth);
  }
}

async function begin(module) {
  const { default: createFloodlightCore } = await import('./core/floodlight-core.mjs');
  core = await createFloodlightCore({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(module, imports).then((instance) => {
        memory = Object.values(instance.exports).find((entry) => entry instanceof WebAssembly.Memory);
        done(instance, module);
      });
      return {};
    },
  });
}

// The page hears of errors only: a worker whose core could not be had would be silent for ever.
addEventListener('unhandledrejection', (event) => setTimeout(() => { throw event.reason; }));

addEventListener('message', async ({ data }) => {
  if (data.module) {
    await begin(data.module);
    postMessage({ ready: true, memory: memory.buffer.byteLength });
    return;
  }
  if (data.encode) {
    postMessage({ encoded: new Blob([core.encodeLabelTiff(data.encode, data.options)], { type: 'image/tiff' }) });
    return;
  }
  try {
    run(data);
  } catch (error) {
    // A core that was interrupted in the middle may have anything in its memory: it makes no further image.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    postMessage({ id: data.id, problem: error?.message || String(error), memory: memory.buffer.byteLength });
  }
});

postMessage({ here: true });
