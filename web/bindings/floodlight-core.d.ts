// Types of floodlight-core.mjs: Floodlight's segmentation core for JavaScript, in a browser, a worker or Node.
//
//   import createFloodlightCore from './floodlight-core.mjs';
//   const core = await createFloodlightCore();
//   const mask = core.above(image, core.threshold(core.gaussian(image, 1), 'otsu'));
//
// Whatever a function cannot do is thrown as an Error whose message is a sentence for people. Results are copies of
// their own: nothing has to be freed but a Pipeline and a Forest, and every `data.buffer` may be transferred to a worker.

/** Pixels row by row, `rows * cols` of them. */
export interface Image<Data> {
  rows: number;
  cols: number;
  data: Data;
}
/** Intensities or distances. Whatever else JavaScript can turn into floats is taken as input, too. */
export type FloatImage = Image<Float32Array>;
export type AnyFloatImage = Image<ArrayLike<number>>;
/** Label images (0 is background) and squared distances. */
export type IntegerImage = Image<Int32Array>;
export type AnyIntegerImage = Image<Int32Array | Uint32Array | Int16Array | Uint16Array | Uint8Array>;
/** 0 is background; masks that come out hold 1 where they are set. */
export type MaskImage = Image<Uint8Array>;

export type Connectivity = 4 | 8;
export type Stage =
  | 'raw'
  | 'filtered'
  | 'mask'
  | 'components'
  | 'refined'
  | 'distance'
  | 'seeds'
  | 'labels'
  | 'measurements';

export interface Histogram {
  /** One more than there are bins; a bin holds edge <= value < next edge, the last one its end as well. */
  edges: Float32Array;
  centres: Float32Array;
  counts: Float64Array;
}

/** A convolution kernel of odd height and width; each sum of products is divided by `divisor` (default 1). */
export interface Kernel {
  rows: number;
  cols: number;
  weights: ArrayLike<number>;
  divisor?: number;
}

/** Default: the cross, `{ shape: 'disk', radius: 1 }`. A square's side is 2 * radius + 1. */
export interface Footprint {
  shape?: 'disk' | 'diamond' | 'square';
  radius?: number;
}

export interface Components {
  labels: IntegerImage;
  count: number;
}

export interface PeakOptions {
  /** Side of the square footprint, odd; default 2 * minDistance + 1. */
  window?: number;
  /** Default 1. */
  minDistance?: number;
  /** Drop peaks in the outermost `minDistance` rows and columns; default true. */
  excludeBorder?: boolean;
  /** Peaks must be larger; default: the image's minimum. */
  thresholdAbs?: number;
}

export interface WatershedOptions {
  /** Default 4. */
  connectivity?: Connectivity;
  /** Leave a line of zeros, one pixel wide, where floods meet; default false. */
  line?: boolean;
  /** Weight of the distance from the seed; default 0, the classic watershed. */
  compactness?: number;
}

/** Lengths in pixels, areas in pixels, angles in radians, as scikit-image's regionprops has them. */
export interface RegionProperties {
  label: number;
  area: number;
  centroidRow: number;
  centroidCol: number;
  bboxMinRow: number;
  bboxMinCol: number;
  /** The first row and column after the object. */
  bboxMaxRow: number;
  bboxMaxCol: number;
  meanIntensity: number;
  maxIntensity: number;
  perimeter: number;
  eccentricity: number;
  solidity: number;
  axisMajorLength: number;
  axisMinorLength: number;
  orientation: number;
  equivalentDiameter: number;
}

export type PixelType =
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'float16'
  | 'float32'
  | 'float64';

export interface TiffPage {
  rows: number;
  cols: number;
  /** null where the file stores what Floodlight does not read; `problem` then says so. */
  type: PixelType | null;
  /** Per value, as stored. */
  bits: number;
  channels: number;
  /** Values a pixel has in the file: its channels, and an alpha. */
  samples: number;
  /** Each channel's values lie together, channel after channel. */
  planar: boolean;
  /** How the file keeps its pages: one alone, a directory for each, or all behind a single one. */
  kept: 'alone' | 'directories' | 'stack';
  rgb: boolean;
  palette: boolean;
  /** The largest value of the type, or of the camera where the file tells; 0 for floating point. */
  typeMaximum: number;
  /** The file says that bright is dark; values are read as stored. */
  whiteIsZero: boolean;
  pixelSizeUm: number | null;
  /** The height of a pixel where it is another than its width. */
  pixelHeightUm: number | null;
  title: string;
  /** Why this page cannot be read; empty when nothing speaks against it. */
  problem: string;
}

export interface TiffInfo {
  pages: TiffPage[];
  note: string;
}

export interface TiffReadOptions {
  /** Counted from 0; default 0. */
  page?: number;
  /** Counted from 0; default: luminance of RGB, channel 0 otherwise. */
  channel?: number;
  /** Larger images are refused; default 4096. */
  maxSide?: number;
}

/** One page's values as float32, and what was seen on the way. */
export interface TiffImage extends FloatImage {
  type: PixelType;
  page: number;
  pages: number;
  /** null for the luminance of RGB. */
  channel: number | null;
  channels: number;
  luminance: boolean;
  typeMaximum: number;
  /** How many pixels are at `typeMaximum` or above. */
  saturated: number;
  /** How many are NaN or infinite. */
  nonfinite: number;
  /** Some value of the file is no float32. */
  rounded: boolean;
  /** Smallest and largest finite value, as stored. */
  min: number;
  max: number;
  pixelSizeUm: number | null;
  /** The height of a pixel where it is another than its width. */
  pixelHeightUm: number | null;
}

export interface TiffWriteOptions {
  /** Written as ImageJ does it. */
  pixelSizeUm?: number;
  /** Where pixels are not square. */
  pixelHeightUm?: number;
}

// --- what a recipe may say: made by tools/recipe-types.mjs --write from the tables that core.parameters() shows
export type FilterMethod = 'none' | 'mean' | 'gaussian' | 'median' | 'difference_of_gaussians' | 'one_value';
/** Of those that find the cutoff themselves. */
export type ThresholdMethod = 'otsu' | 'li' | 'yen' | 'triangle' | 'isodata' | 'mean' | 'minimum' | 'local';

export interface Refinement {
  /** How the mask is repaired. */
  operation:
    | 'remove_small_objects'
    | 'remove_small_holes'
    | 'fill_holes'
    | 'clear_border'
    | 'erosion'
    | 'dilation'
    | 'opening'
    | 'closing';
  /** Objects or holes of at most this many pixels go. */
  max_size?: number;
  /** The shape that is laid on every pixel. */
  footprint?: 'disk' | 'diamond' | 'square';
  /** The footprint is 2 x radius + 1 pixels wide. Larger also changes more of what was right. */
  radius?: number;
}

/** Everything that varies in the pipeline. What is left out has its default: the lab's pipeline. */
export interface Recipe {
  floodlight_recipe: 1;
  input?: {
    /** Which page of the file is shown; the first is 0. */
    page?: number;
    /** Which of several values a pixel holds becomes the intensity. */
    channel?: 'automatic' | '1' | 1 | '2' | 2 | '3' | 3 | '4' | 4;
    /** Pixels that are not a number, or infinite, become 0, so that the later steps can go on. */
    nonfinite_as_zero?: boolean;
  };
  mask?: {
    /** Which way leads from the raw image to the mask. */
    from?: 'classic' | 'classifier' | 'network' | 'network_mask';
    /** Where the mask comes from one. */
    classifier?: PixelClassifier;
    /** Where the mask comes from one. */
    network?: SavedNetwork;
  };
  filter?: {
    /** How each pixel is replaced by a number made from its neighbours. */
    method?: 'none' | 'mean' | 'gaussian' | 'median' | 'difference_of_gaussians' | 'one_value';
    /** Side of the square neighbourhood. Larger smooths more and rounds off small shapes. */
    size?: number;
    /** Width of the bell of weights. Larger blurs more; the kernel reaches 4 sigma to each side. */
    sigma?: number;
    /** Width of the narrow bell: what is smaller, noise above all, goes. */
    low_sigma?: number;
    /** Width of the wide bell, whose result is taken away: what is larger, the background above all, goes. */
    high_sigma?: number;
    /** The value of a nucleus in a mask or a segmentation that another program has made. */
    value?: number;
  };
  threshold?: {
    /** Who sets the cutoff: you, or an algorithm that looks at the histogram. */
    method?: 'manual' | 'otsu' | 'li' | 'yen' | 'triangle' | 'isodata' | 'mean' | 'minimum' | 'local';
    /** Pixels brighter than this become foreground. */
    value?: number;
    /** Bars of the histogram that the method looks at, from the darkest to the brightest pixel. */
    bins?: number;
    /** Side of the square whose weighted mean is the cutoff. It must be larger than the nuclei. */
    block_size?: number;
    /** What is taken away from the mean: below 0 the cutoff is higher, and dim noise stays out. */
    offset?: number;
  };
  network?: {
    /** The mask is where the network finds background less probable than this. */
    background_below?: number;
  };
  /** The repairs, in their order. */
  refinements?: Refinement[];
  seeds?: {
    /** Where the floods start: one seed for each nucleus to come. */
    method?: 'peaks' | 'every_maximum' | 'by_hand';
    /** A summit must be the highest point of a square of this side. Larger finds fewer summits. */
    window?: number;
    /** Of two summits nearer than this, only the higher becomes a seed. */
    min_distance?: number;
    /** Drops summits nearer to the border than the minimum distance; nuclei there get no seed and vanish. */
    exclude_border?: boolean;
    /** Summits must be higher than this; small or thin objects get no seed. */
    threshold_abs?: number | null;
    /** Of seeds that are set by hand. */
    coordinates?: [row: number, col: number][];
  };
  watershed?: {
    /** The landscape, turned upside down, in which the water rises. */
    flooded?: 'distance' | 'intensity';
    /** Whether water also flows across corners. */
    neighbours?: '4' | 4 | '8' | 8;
    /** Leaves a line of background, one pixel wide, where two floods meet. */
    line?: boolean;
    /** Makes water slow far from its seed, so that regions become rounder. 0 is the classic flood. */
    compactness?: number;
  };
  measure?: {
    /** Side of a pixel at the specimen: turns pixels into micrometres. */
    pixel_size?: number | null;
    /** Height of a pixel where it is another than its width. */
    pixel_height?: number | null;
  };
}
// --- the rest is written by hand

/** A recipe, or its JSON text. */
export type AnyRecipe = Recipe | string;

/** A row of a table from which widgets, JSON and the command line are rendered. */
export interface TableRow {
  /** Its place in the JSON: "filter.sigma" is member sigma of member filter. */
  key: string;
  label: string;
  kind: 'real' | 'integer' | 'choice' | 'toggle';
  default: number | string | boolean | null;
  /** Of numbers only. An integer's values are counted from the minimum in these steps. */
  minimum?: number;
  maximum?: number;
  step?: number;
  /** Of choices only. */
  choices?: { name: string; label: string }[];
  unit: string;
  help: string;
  /** May be null, for none. */
  optional: boolean;
  /** What is allowed, in words. */
  allowed: string;
}

/** Of a recipe. */
export interface Parameter extends TableRow {
  /** Its keyword in Python, or empty. */
  python: string;
  /** The first stage that it changes. */
  stage: Stage;
}

/** Of the simulator. */
export interface SimulationParameter extends TableRow {
  /** The part of the key before the dot, and its title. */
  group: string;
  groupTitle: string;
  /** One of the few that matter most. */
  main: boolean;
}

/** The simulator's parameters, `{ light: { exposure: 2 } }`; what is left out has its default, a 20x field. */
export type Simulation = Record<string, Record<string, number | string | boolean | null>>;
/** Whole numbers from 0 to 2^53 - 1, default 1: other nuclei; the same nuclei, photographed again. */
export interface SimulationSeeds {
  specimen?: number;
  exposure?: number;
}

export interface Sample {
  /** Digital values, as a file of that type stores them. */
  pixels: FloatImage;
  type: PixelType;
  /** The largest value of the type, or of the camera where its bits do not fill the type; 0 for floating point. */
  typeMaximum: number;
  /** null where there is none. */
  truth: IntegerImage | null;
  pixelSizeUm: number | null;
}

export interface Simulated extends Sample {
  /** That fell on each pixel. */
  photons: FloatImage;
  truth: IntegerImage;
  pixelSizeUm: number;
}

export interface SampleInfo {
  id: string;
  title: string;
  /** One sentence: what there is to see. */
  lookFor: string;
  /** Fields of one experiment; a single problem each; small images to read number by number. */
  group: 'population' | 'special' | 'small';
  /** That fits it. */
  recipe: Recipe;
  /** How `simulate` makes it; null when it is not simulated. */
  simulation: { parameters: Simulation; seeds: Required<SimulationSeeds> } | null;
}

/** One nucleus of either image. */
export interface NucleusScore {
  label: number;
  area: number;
  /** The label of its match in the other image; 0: none. */
  partner: number;
  /** With the partner; without one, the best with any. */
  iou: number;
  split: boolean;
  merged: boolean;
  /** Of several that hold, the first of: split, merged, matched, unmatched. */
  fate: 'unmatched' | 'matched' | 'merged' | 'split';
}

export interface Score {
  /** Pairs with an IoU above the limit, one-to-one; true nuclei and predicted nuclei without a partner. */
  matched: number;
  missed: number;
  extra: number;
  /** True nuclei with two or more predicted ones that each lie more than half inside. */
  split: number;
  /** Predicted nuclei that each cover more than half of two or more true ones. */
  merged: number;
  precision: number;
  recall: number;
  f1: number;
  /** The mean of the ten in `ap`: matched / (matched + missed + extra) at IoU above 0.50, 0.55, ... 0.95. */
  meanAp: number;
  ap: Float64Array;
  /** Of the masks. */
  dice: number;
  /** Ascending by label. */
  truth: NucleusScore[];
  predicted: NucleusScore[];
}

export interface Thresholded {
  mask: MaskImage;
  /** The cutoff, or the image of each pixel's own; NaN where a classifier or a network makes the mask. */
  threshold: number | FloatImage;
  /** The lowest and the highest cutoff; the same where there is one for all pixels. */
  thresholdRange: [lowest: number, highest: number];
  /** Pixels of the mask. */
  above: number;
  histogram: Histogram;
}

/** Of every pixel. */
export interface Prediction {
  /** The labels, ascending. */
  classes: Uint8Array;
  /** For each of them. */
  probabilities: FloatImage[];
}

/** What each stage's value looks like. */
export interface StageValues {
  raw: FloatImage;
  filtered: FloatImage;
  /**
   * `onRaw`: the same method on the raw image, which feeds nothing; null where it has no answer. `prediction`: what a
   * classifier's forest says; null without one. `network`: how probable a network finds background, rim (unless it knows
   * none) and interior; null without one.
   */
  mask: Thresholded & { onRaw: Thresholded | null; prediction: Prediction | null; network: FloatImage[] | null };
  components: Components;
  refined: MaskImage;
  distance: FloatImage & { squared: Int32Array };
  /** `peaks`: row, column, row, column, ..., the highest first. */
  seeds: Components & { peaks: Int32Array };
  /** `count`: how many different labels there are. */
  labels: Components;
  measurements: RegionProperties[];
}

/** An image, a recipe, and the stages that the recipe makes of the image; computes anew only what changed. */
export interface Pipeline {
  /** A new image: every stage is due. */
  setImage(image: AnyFloatImage): void;
  /** A new recipe: the stages that its changes reach are due; work in progress on them is abandoned. */
  setRecipe(recipe: AnyRecipe): void;
  recipe(): Recipe;
  /** About half a millisecond of work; true while there is more. */
  advance(): boolean;
  /** Works until the time is over or all is done; true while there is more. */
  runFor(milliseconds: number): boolean;
  /** Does all of it. */
  finish(): void;
  busy(): boolean;
  /** Why it stopped short, or null; stages before that one are done. */
  failure(): { stage: Stage; message: string } | null;
  /** A copy of the stage's value, or null while this image has none. */
  value<Name extends Stage>(stage: Name): StageValues[Name] | null;
  /**
   * The measurements as lines of a CSV table, `file` in the first column; `measurementsCsvHeader` is the line above them.
   * Without a pixel size, in micrometres, the columns in micrometres stay empty. The height is for pixels that are not
   * square.
   */
  measurementsCsv(file: string, pixelSizeUm?: number | null, pixelHeightUm?: number | null): string;
  /** Whether the value belongs to the image and the recipe as they are now. */
  current(stage: Stage): boolean;
  /** Counts up whenever the stage's value has become another. */
  version(stage: Stage): number;
  /** How long the stage took when it was last computed; without a stage: all of them. */
  milliseconds(stage?: Stage): number;
  /** Gives its memory back; it cannot be used any more. */
  dispose(): void;
}

export interface FeatureOptions {
  /** Which kinds; all three by default. Texture is two images: the larger and the smaller eigenvalue of the Hessian. */
  intensity?: boolean;
  edges?: boolean;
  texture?: boolean;
  /** The smallest and the largest scale, 0.1 to 20 pixels, default 0.5 and 16; between them doublings, stretched to fit. */
  sigmaMin?: number;
  sigmaMax?: number;
}

export interface Features {
  /** Such as "edges, sigma 0.5". */
  names: string[];
  planes: FloatImage[];
}

/** What a forest learns from: `features` numbers for each sample, one sample after the other, and each one's class. */
export interface TrainingSet {
  samples: ArrayLike<number>;
  features: number;
  /** Whole numbers from 0 to 255, of 2 to 8 kinds. */
  labels: ArrayLike<number>;
}

export interface ForestOptions {
  /** 1 to 1000, default 20. */
  trees?: number;
  /** 1 to 1000, default 10; null: until every leaf is pure. */
  maxDepth?: number | null;
  /** 0 to 2^32 - 1, default 0. */
  randomState?: number;
}

/** Nodes depth first, left first: the left child is the next node and gets the samples whose value <= threshold. */
export interface Tree {
  /** For each node the feature that it asks for; -1: a leaf. */
  feature: Int32Array;
  /** 0 for a leaf. */
  threshold: Float64Array;
  /** Node by node, the bootstrapped samples of each class that reached it. */
  counts: Uint32Array;
}

/** A forest as JSON: a tree's thresholds are those of its questions only, its counts those of its leaves only. */
export interface SavedForest {
  features: number;
  classes: number[];
  trees: { feature: number[]; threshold: number[]; counts: number[] }[];
}

/** A trained pixel classifier, as a recipe holds it. */
export interface PixelClassifier {
  /** Those of the forest, in its order: 2 to 8, labels from 1 to 255. */
  classes: { label: number; name: string }[];
  /** The label of the class that becomes the mask. */
  nuclei: number;
  /** What of every scale is looked at; up to 16 sigmas, ascending, from 0.1 to 20 pixels. */
  features: { intensity: boolean; edges: boolean; texture: boolean; sigmas: number[] };
  /** As in `ForestOptions`. */
  settings: { trees: number; max_depth: number | null; random_state: number };
  /** The files that it was trained on, for the exported Python: images, and label images in which 0 is not painted. */
  painted: { image: string; paint: string }[];
  /** As `forest.toJSON()` gives it. */
  forest: SavedForest;
}

/** scikit-learn's `RandomForestClassifier`, tree for tree. */
export interface Forest {
  readonly features: number;
  /** The labels, ascending; counts and probabilities of classes are in this order. */
  readonly classes: Uint8Array;
  /** Copies, made anew at every look. */
  readonly trees: Tree[];
  /** `predict_proba`: of samples one after the other, one number for each class. */
  probabilities(samples: ArrayLike<number>): Float64Array;
  /** What `new Forest()` reads. */
  toJSON(): SavedForest;
  /** Gives its memory back; it cannot be used any more. */
  dispose(): void;
}

/** A trained network, as a recipe holds it. */
export interface SavedNetwork {
  /** How many maps each level has: 2 to 4 levels of 1 to 64. */
  widths: number[];
  /** Whether the way up sees the way down. */
  skips: boolean;
  /** Whether a nucleus's rim is a class of its own. */
  rim: boolean;
  /** What it was trained with. */
  trained: { seed: number; images: number; steps: number };
  /** In half precision, little-endian, as base64: layer by layer, kernels as [outputs][inputs][3][3], then biases. */
  weights: string;
}

export interface NetworkTrainingOptions {
  /** As in `SavedNetwork`; default [6, 8, 12, 16]. */
  widths?: ArrayLike<number>;
  /** Default true. */
  skips?: boolean;
  /** Default true. */
  rim?: boolean;
  /** A whole number from 0 to 2^53 - 1, default 1: of the start weights, the patches and the simulated fields. */
  seed?: number;
  /** How many images it learns from, 1 to 1000, default 120. */
  images?: number;
  /** 1 to 100000, default 400. */
  steps?: number;
  /** The highest learning rate, above 0 to 1, default 0.004. */
  rate?: number;
  /** In what the simulated fields differ from each other; what is left out: true. The rest is as the simulator begins. */
  variety?: FieldVariety;
}

/** In what the fields differ that `addSimulated` makes. */
export interface FieldVariety {
  /** 0.03 to 4 times the reference. */
  exposure?: boolean;
  /** Up to 8 micrometres off. */
  focus?: boolean;
  /** Haze, fall-off to the corners, stained background. */
  illumination?: boolean;
  /** 15 to 26 times. */
  magnification?: boolean;
  /** Density, diameter, staining, chromatin, debris. */
  cells?: boolean;
}

/** All that a training is between two steps; it can be posted from worker to worker. */
export interface TrainingMoment {
  /** How many steps were done. */
  step: number;
  weights: Float32Array;
  /** What Adam remembers of each weight's gradients, of their squares, and of the number of steps. */
  mean: Float32Array;
  square: Float32Array;
  powers: Float64Array;
}

/** A network that learns, step by step; the same options and images give the same weights, to the bit. */
export interface NetworkTraining {
  /** How many images the next step draws from; as many have to be there. */
  readonly imagesWanted: number;
  readonly images: number;
  /** How many steps were done. */
  readonly steps: number;
  readonly done: boolean;
  /** The next image, at least 64 x 64 pixels, with its label image. */
  addImage(image: AnyFloatImage, truth: AnyIntegerImage): void;
  /** The next image: a simulated field, unlike the others. */
  addSimulated(): void;
  /** Does a step, and gives the mean loss of its pixels before it; not finite when the training has run away. */
  step(): number;
  /** The mean loss over so many simulated fields, 1 to 100, that no network is trained on; they are made when first asked for. */
  unseenLoss(fields: number): number;
  moment(): TrainingMoment;
  /**
   * Goes to a moment of a training with the same options, this one or another; from there on the weights are the same as
   * straight on, to the bit. Images stay.
   */
  goTo(moment: TrainingMoment): void;
  /** The network as it is now, its weights rounded to half precision. */
  network(): SavedNetwork;
  /** A recipe that segments with it. */
  recipe(): Recipe;
  /** Gives its memory back; it cannot be used any more. */
  dispose(): void;
}

export interface FloodlightCore {
  /** Equal bins from the smallest to the largest value, as numpy bins a float32 image; default 256. */
  histogram(image: AnyFloatImage, bins?: number): Histogram;
  /** `skimage.filters.threshold_<method>` with the options of `Recipe['threshold']`; a plain number is `bins`. */
  threshold(
    image: AnyFloatImage,
    method: Exclude<ThresholdMethod, 'local'>,
    options?: number | Recipe['threshold'],
  ): number;
  /** A cutoff for each pixel. */
  threshold(image: AnyFloatImage, method: 'local', options?: Recipe['threshold']): FloatImage;
  /** `image > cutoff`; the cutoff may be an image of the same shape. */
  above(image: AnyFloatImage, cutoff: number | AnyFloatImage): MaskImage;

  /** Any of the pipeline's filters, with the options of `Recipe['filter']`. */
  filter(image: AnyFloatImage, method: FilterMethod, options?: Recipe['filter']): FloatImage;
  /** The weights of one pass of `gaussian`. */
  gaussianWeights(sigma: number): Float64Array;
  /** `skimage.filters.gaussian(image, sigma)`; sigma 0.1 to 20. */
  gaussian(image: AnyFloatImage, sigma: number): FloatImage;
  /** `scipy.ndimage.uniform_filter(image, size, mode="nearest")`; size odd, 3 to 31. */
  mean(image: AnyFloatImage, size: number): FloatImage;
  /** `skimage.filters.median(image, ones((size, size)))`; size odd, 3 to 31. */
  median(image: AnyFloatImage, size: number): FloatImage;
  /** `scipy.ndimage.convolve(image, weights, mode="nearest") / divisor`. */
  convolve(image: AnyFloatImage, kernel: Kernel): FloatImage;

  /** `skimage.measure.label`: of a mask, or of integers, where only equal neighbours join. Default 8 neighbours. */
  label(image: MaskImage | AnyIntegerImage, connectivity?: Connectivity): Components;
  /** The footprint as an image. */
  footprint(footprint?: Footprint): MaskImage;
  /** `skimage.morphology.binary_erosion` and its siblings; the default footprint is the cross. */
  erosion(mask: MaskImage, footprint?: Footprint): MaskImage;
  dilation(mask: MaskImage, footprint?: Footprint): MaskImage;
  opening(mask: MaskImage, footprint?: Footprint): MaskImage;
  closing(mask: MaskImage, footprint?: Footprint): MaskImage;
  /** `skimage.morphology.remove_small_objects(mask, max_size=maxSize)`. */
  removeSmallObjects(mask: MaskImage, maxSize: number): MaskImage;
  /** `skimage.morphology.remove_small_holes(mask, max_size=maxSize)`. */
  removeSmallHoles(mask: MaskImage, maxSize: number): MaskImage;
  /** `scipy.ndimage.binary_fill_holes`. */
  fillHoles(mask: MaskImage): MaskImage;
  /** `skimage.segmentation.clear_border`. */
  clearBorder(mask: MaskImage): MaskImage;
  clearBorder(labels: AnyIntegerImage): IntegerImage;

  /** The exact squares of `distanceTransform`. */
  distanceSquared(mask: MaskImage): IntegerImage;
  /** `scipy.ndimage.distance_transform_edt`, rounded to single precision. */
  distanceTransform(mask: MaskImage): FloatImage;
  /** `skimage.feature.peak_local_max`: row, column, row, column, ..., the highest first. */
  peakLocalMax(image: Image<Float32Array | Float64Array | Int32Array | Uint8Array>, options?: PeakOptions): Int32Array;
  /** An image with these pixels set, labelled with 8 neighbours: the pipeline's seeds. */
  seedsFromPeaks(peaks: ArrayLike<number>, rows: number, cols: number): Components;
  /** `skimage.segmentation.watershed(image, markers, mask=mask, ...)`; low values are flooded first. */
  watershed(
    image: Image<Float32Array | Float64Array | Int32Array>,
    markers: AnyIntegerImage,
    mask?: MaskImage | null,
    options?: WatershedOptions,
  ): IntegerImage;

  /** `skimage.measure.regionprops_table`, a row for each label. */
  regionProperties(labels: AnyIntegerImage, intensity: AnyFloatImage): RegionProperties[];
  /** For each label from 0 to the highest one of 8 colours; labels that touch differ. */
  labelColours(labels: AnyIntegerImage): Uint8Array;

  /** A file's pages, without decoding pixels. `name` is for the messages. */
  inspectTiff(bytes: Uint8Array | ArrayBuffer, name: string): TiffInfo;
  readTiff(bytes: Uint8Array | ArrayBuffer, name: string, options?: TiffReadOptions): TiffImage;
  /** Exactly, whatever the integers' size. */
  readLabelTiff(
    bytes: Uint8Array | ArrayBuffer,
    name: string,
    options?: { page?: number; maxSide?: number },
  ): IntegerImage;
  /** As uint32, or as uint16 while labels fit. */
  encodeLabelTiff(labels: AnyIntegerImage, options?: TiffWriteOptions & { bits?: 16 | 32 }): Uint8Array;
  /** Outlines of labels on the edges of pixels: for ImageJ an ROI set (a ZIP archive), for QuPath GeoJSON. */
  encodeOutlines(labels: AnyIntegerImage, program: 'imagej' | 'qupath'): Uint8Array;
  /** As uint8, 255 where the mask is set. */
  encodeMaskTiff(mask: MaskImage, options?: TiffWriteOptions): Uint8Array;
  /** As float32. */
  encodeFloatTiff(image: AnyFloatImage, options?: TiffWriteOptions): Uint8Array;

  /** The lab's pipeline. */
  defaultRecipe(): Recipe;
  /** The recipe with its defaults filled in; refuses unknown parameters and values out of range. */
  checkRecipe(recipe: AnyRecipe): Recipe;
  /** The same as indented JSON text. */
  recipeText(recipe: AnyRecipe): string;
  /** All that can be set: of a recipe, and of each refinement in its list. */
  parameters(): { recipe: Parameter[]; refinement: Parameter[] };
  /** The stages' names in the order in which data flows. */
  stages(): Stage[];
  /**
   * The line or lines of Python of one stage, for scikit-image 0.26. `page`, as `inspectTiff` describes it, is for the
   * line that reads the image: it then gives the pixels that `readTiff` gives.
   */
  pythonLines(recipe: AnyRecipe, stage: Stage, page?: Partial<TiffPage>): string;
  /** The threshold step on `raw_image`, as the lecture first does it. */
  pythonRawThreshold(recipe: AnyRecipe): string;

  /** The first line of every table of measurements, with its line end. */
  measurementsCsvHeader(): string;

  /** An image of nuclei that do not exist, with its truth; the same bits everywhere. Parameters may be JSON text. */
  simulate(parameters?: Simulation | string | null, seeds?: SimulationSeeds | null): Simulated;
  /** All that can be turned in the simulator, in the order of the physics. */
  simulationParameters(): SimulationParameter[];
  /** The images that come with Floodlight; the first is the one to open with. */
  samples(): SampleInfo[];
  makeSample(id: string): Sample;
  /** How right `predicted` is. A match needs more than `iou`, default 0.5, common pixels by pixels of either. */
  score(predicted: AnyIntegerImage, truth: AnyIntegerImage, options?: { iou?: number }): Score;

  /** `skimage.feature.multiscale_basic_features` of the image as float32, to the bit, scale by scale. */
  multiscaleBasicFeatures(image: AnyFloatImage, options?: FeatureOptions): Features;
  /** `RandomForestClassifier(trees, max_depth=maxDepth, random_state=randomState).fit(samples, labels)`. */
  trainForest(set: TrainingSet, options?: ForestOptions): Forest;
  /** The recipe of the network that comes with Floodlight. */
  networkRecipe(): Recipe;

  Pipeline: new () => Pipeline;
  /** A forest that was saved, or its JSON text. */
  Forest: new (saved: SavedForest | string) => Forest;
  NetworkTraining: new (options?: NetworkTrainingOptions) => NetworkTraining;
}

/** Where the module finds its .wasm, when it does not lie beside it. */
export interface ModuleOptions {
  locateFile?: (path: string, directory: string) => string;
  wasmBinary?: ArrayBuffer | Uint8Array;
}

export default function createFloodlightCore(options?: ModuleOptions): Promise<FloodlightCore>;
