// Many images: the files of the set, the workers that run them, and what is saved of their results.
import { saveArchive, saveInFolder } from './results.js';
import { coreModule, SILENCE, wentWrong, workerMaker } from './workers.js';

const MEGABYTE = 1024 * 1024;
/** All workers' memories together stay below this, with what the app itself needs far below 1 GB. */
const MEMORY_LIMIT = 640 * MEGABYTE;
const AT_FIRST = 4;  // workers; more as soon as the first ones have told how much memory they take
const NO_WORKER = 'The browser did not start a worker, which running many images needs. Check the connection and try again.';
const ENDED = 'The browser ended the work on this image, which may need too much memory.';
const WENT_WRONG = 'Something in Floodlight went wrong at this image; the others are not touched by it.';

/** A label image as the file that the core makes of it; by a worker, whose core knows nothing of what went wrong here. */
export async function encodeLabels(labels, options) {
  const [module, newWorker] = await Promise.all([coreModule(), workerMaker()]);
  const worker = newWorker();
  let timer = 0;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the browser ended the work, which may need too much memory.')), SILENCE);
      // Where its script does not come, an error has no words.
      worker.onerror = ({ message }) => reject(new Error(message || NO_WORKER));
      worker.onmessage = ({ data }) => {
        if (data.here) worker.postMessage({ module });
        else if (data.ready) worker.postMessage({ encode: labels, options });
        else resolve(data.encoded);
      };
    });
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}

/** One worker, and the job that it has in hand. */
class Hand {
  /** @param hear is told every message  @param lost is told once, when the worker is found dead, and why in a sentence */
  constructor(worker, module, hear, lost) {
    this.ready = false;
    this.memory = 0;
    this.job = null;
    this.hear = hear;
    this.lost = lost;
    this.worker = worker;
    this.worker.onmessage = ({ data }) => {
      this.#listen();
      // Asked for by the worker, so that nothing is posted to a script that does not listen yet.
      if (data.here) {
        this.worker.postMessage({ module });
        return;
      }
      this.ready = true;
      this.memory = data.memory ?? this.memory;
      hear(this, data);
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.#die(wentWrong(event) ? WENT_WRONG : ENDED);
    };
    this.#listen();
  }

  /** Files are read here: where the page was opened from a disk, not every browser lets a worker read them. */
  async take({ file, ...job }) {
    this.job = job;
    this.#listen();
    const bytes = await file?.arrayBuffer().catch((error) => error);
    if (!this.worker.onmessage) return;  // it was ended meanwhile
    if (bytes instanceof Error) {
      this.hear(this, { id: job.id, problem: `${job.name} could not be read (${bytes.name}): was it moved or changed?` });
      return;
    }
    this.#listen();
    this.worker.postMessage({ ...job, bytes }, bytes ? [bytes] : []);
  }

  put() {
    this.job = null;
    clearTimeout(this.timer);
  }

  end() {
    clearTimeout(this.timer);
    this.worker.onmessage = null;
    this.worker.terminate();
  }

  #die(why) {
    this.end();
    this.lost(this, why);
  }

  /** Not every browser tells that it has ended a worker; one that is silent for long counts as ended. */
  #listen() {
    clearTimeout(this.timer);
    if (this.job || !this.ready) this.timer = setTimeout(() => this.#die(ENDED), SILENCE);
  }
}

/** What the app's step "Many images" asks the page for, by name (see web/app/image_set_page.cpp). */
export class ImageSet {
  constructor(app) {
    this.app = app;
    this.files = new Map();  // of every field that is no sample, by its id
    this.results = new Map();  // label image and table of every field that is done, by its id
    this.hands = new Set();
    this.waiting = [];  // jobs
    this.paused = false;
    this.run_ = null;
  }

  /** Lets the reader choose files, or a folder. */
  choose({ folder }) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', hidden: true, multiple: true, webkitdirectory: folder });
    if (!folder) input.accept = '.tif,.tiff,image/tiff';
    input.setAttribute('aria-label', folder ? 'Choose a folder of images' : 'Choose images');
    const directlyInIt = (file) => file.webkitRelativePath.split('/').length === 2;
    input.addEventListener('change', () => {
      if (folder) this.addFolder([...input.files].filter(directlyInIt));
      else this.add(input.files);
      input.remove();
    });
    input.addEventListener('cancel', () => input.remove());
    document.body.append(input);
    input.click();
  }

  /** The files join the set. */
  add(files) {
    const inOrder = [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    for (const file of inOrder) this.files.set(this.app.addField(file.name), file);
  }

  /** Of a folder's files those that `glob("*.tif")` would take. */
  addFolder(files) {
    const visible = files.filter((file) => !file.name.startsWith('.'));
    const images = visible.filter((file) => /\.tiff?$/i.test(file.name));
    this.add(images);
    this.app.leaveOut(visible.length - images.length);
  }

  forget() {
    this.files.clear();
    this.results.clear();
  }

  async open({ id }) {
    const file = this.files.get(id);
    try {
      this.app.openField(id, new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      this.app.fileProblem(`${file.name} could not be read (${error.name}): was it moved or changed?`);
    }
  }

  /** Runs the jobs with the recipe. `keep`: labels and measurements are kept, to be saved. */
  async run({ recipe, keep, jobs }) {
    const run = {};
    this.run_ = run;
    this.paused = false;
    this.waiting = jobs.map((job) => ({ ...job, recipe, keep, file: this.files.get(job.id) }));
    if (keep) for (const { id } of jobs) this.results.delete(id);
    try {
      this.module = await coreModule();
      this.newWorker ??= await workerMaker();
    } catch (error) {
      if (this.run_ === run) this.#giveUp(`The images cannot be run: ${error.message}`);
      return;
    }
    this.most = Math.min(navigator.hardwareConcurrency || 2, jobs.length);
    for (let i = 0; i < Math.min(AT_FIRST, this.most) && this.run_ === run; ++i) this.#hire();
  }

  pause({ paused }) {
    this.paused = paused;
    if (!paused) for (const hand of [...this.hands]) if (hand.ready && !hand.job) this.#give(hand);
  }

  cancel() {
    this.run_ = null;
    this.waiting = [];
    for (const hand of this.hands) hand.end();
    this.hands.clear();
  }

  /** Saves `files`' labels, the measurements and the recipe: into a folder, or as one archive. */
  async save({ folder, archive, files, header, recipe }) {
    const done = files.map(({ id, name }) => ({ name, ...this.results.get(id) }));
    const entries = [
      ...done.map(({ name, labels }) => ({ name, input: labels })),
      { name: 'measurements.csv', input: new Blob([header, ...done.map(({ table }) => table)]) },
      { name: 'recipe.json', input: new Blob([recipe]) },
    ];
    try {
      const place = folder ? await saveInFolder(entries) : await saveArchive(entries, archive);
      const images = done.length === 1 ? '1 label image' : `${done.length} label images`;
      this.app.resultsSaved(`Saved in ${place}: ${images}, measurements.csv and recipe.json.`);
    } catch (error) {
      if (error.name === 'AbortError') return;  // the reader closed the browser's dialog
      this.app.fileProblem(`The results could not be saved: ${error.message}`);
    }
  }

  /** The workers' memories, in bytes. */
  memory() {
    return [...this.hands].reduce((sum, hand) => sum + hand.memory, 0);
  }

  #giveUp(sentence) {
    this.cancel();
    this.app.fileProblem(sentence);
    this.app.endRun();
  }

  #hire() {
    const hear = (hand, data) => this.#hear(hand, data);
    let worker = null;
    try {
      worker = this.newWorker();
    } catch {
      this.#giveUp(NO_WORKER);  // a policy, or the frame that the page stands in, forbids it
      return;
    }
    this.hands.add(new Hand(worker, this.module, hear, (hand, why) => this.#lose(hand, why)));
  }

  #hear(hand, data) {
    if (data.progress !== undefined) {
      this.app.progressOfField(data.id, data.progress);
      return;
    }
    if (data.result) {
      // As blobs they are kept where the browser keeps files, and not in the page's memory.
      if (data.labels) this.results.set(data.id, { labels: new Blob([data.labels]), table: new Blob([data.table]) });
      this.app.finishField(data.id, data.result);
    } else if (data.problem) {
      this.app.failField(data.id, data.problem);
    }
    hand.put();
    this.#give(hand);
    this.#hireMore();
  }

  /** A worker that is gone: its image is marked, another worker goes on with the next. Without one that never began, the others do. */
  #lose(hand, why) {
    this.hands.delete(hand);
    if (hand.job) this.app.failField(hand.job.id, why);
    if (hand.ready && this.waiting.length > 0) this.#hire();
    if (this.waiting.length > 0 && this.hands.size === 0 && this.run_) this.#giveUp(NO_WORKER);
    else this.#endIfDone();
  }

  /** The next job, or the end: a worker's memory never shrinks, and where all take too much one has to go. */
  #give(hand) {
    const others = [...this.hands].some((other) => other !== hand && other.job);
    if (this.waiting.length === 0 || (others && this.memory() > MEMORY_LIMIT)) {
      this.#send(hand);
      // Who has not begun by then may never begin, and is not waited for.
      if (this.waiting.length === 0 && !others) for (const late of [...this.hands]) this.#send(late);
      this.#endIfDone();
    } else if (!this.paused) {
      const job = this.waiting.shift();
      this.app.startField(job.id);
      hand.take(job);
    }
  }

  #send(hand) {
    hand.end();
    this.hands.delete(hand);
  }

  #hireMore() {
    const largest = Math.max(0, ...[...this.hands].map((hand) => hand.memory));
    // One that is hired when all jobs are given would be sent away, and the next hired in its place, for ever.
    if (this.waiting.length > 0 && this.hands.size < this.most && this.memory() + largest <= MEMORY_LIMIT) {
      this.#hire();
    }
  }

  #endIfDone() {
    if (this.waiting.length > 0 || this.hands.size > 0 || !this.run_) return;
    this.run_ = null;
    this.app.endRun();
  }
}
