// Training: the worker that trains a network, and the moments that it can be gone back to.
import { coreModule, SILENCE, wentWrong, workerMaker } from './workers.js';

const NO_WORKER = 'The browser did not start a worker, which training needs. Check the connection and try again.';
const ENDED = 'The browser ended the training, which may need too much memory. What was kept of it is here: go on from there.';
const WENT_WRONG = 'Something in Floodlight went wrong in the training. What was kept of it is here: go on from there.';

/** What the app's step "Training" asks the page for, by name (see web/app/state/training_page.cpp). */
export class Training {
  constructor(app) {
    this.app = app;
    this.moments = new Map();  // by their step
    this.worker = null;
    this.ready = false;
    this.wanted = null;  // the run that is asked for
  }

  /**
   * Trains until so many steps are done: from the moment at step `from`, or anew. A moment is kept at every `every`th step,
   * and where it ends.
   */
  async train({ options, from, until, every }) {
    const run = { id: (this.wanted?.id ?? 0) + 1, options, from, until, every, over: false };
    this.wanted = run;
    for (const step of [...this.moments.keys()]) if (from === null || step > from) this.moments.delete(step);
    if (this.worker) {
      this.#give();
      return;
    }
    try {
      const module = await coreModule();
      this.newWorker ??= await workerMaker();
      if (this.wanted === run && !run.over) this.#hire(module);
    } catch (error) {
      if (this.wanted === run) this.#lose(`No network can be trained: ${error.message}`);
    }
  }

  /** The run ends after the step at hand; one that has not begun ends at once. */
  stop() {
    if (this.ready) this.worker.postMessage({ stop: true });
    else if (this.wanted && !this.wanted.over) this.#lose('');
  }

  #hire(module) {
    let worker = null;
    try {
      worker = this.newWorker();
    } catch {
      this.#lose(NO_WORKER);  // a policy, or the frame that the page stands in, forbids it
      return;
    }
    this.worker = worker;
    this.ready = false;
    worker.onmessage = ({ data }) => {
      if (data.here) {
        worker.postMessage({ module });
      } else if (data.ready) {
        this.ready = true;
        this.#give();
      } else {
        this.#hear(data);
      }
      this.#listen();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(!this.ready ? NO_WORKER : wentWrong(event) ? WENT_WRONG : ENDED);
    };
    this.#listen();
  }

  #give() {
    if (!this.ready) return;  // it is given when it is
    const { id, options, from, until, every } = this.wanted;
    const moment = from === null ? null : this.moments.get(from);
    this.worker.postMessage({ train: { id, options, moment, until, every } });
    this.#listen();
  }

  #hear({ id, problem, report, moments }) {
    const run = this.wanted;
    if (id !== run.id) return;  // of a run that is none any more
    if (problem) {
      this.#lose(problem);
      return;
    }
    for (const moment of moments) {
      // Of those between two that are kept, only the last: where it was stopped.
      const between = (step) => step % run.every !== 0;
      if (between(moment.step)) for (const step of [...this.moments.keys()]) if (between(step)) this.moments.delete(step);
      this.moments.set(moment.step, moment);
    }
    run.over = report.ended;
    this.app.trainingReported(JSON.stringify(report));
  }

  /** The run is over, and its worker gone; a new one goes on from any moment. */
  #lose(why) {
    clearTimeout(this.timer);
    if (this.worker) {
      this.worker.onmessage = null;
      this.worker.terminate();
    }
    this.worker = null;
    this.ready = false;
    const { over } = this.wanted;
    this.wanted.over = true;
    if (!over) this.app.trainingLost(why);
  }

  /** Not every browser tells that it has ended a worker; one that is silent for long counts as ended. */
  #listen() {
    clearTimeout(this.timer);
    if (this.worker && !this.wanted.over) this.timer = setTimeout(() => this.#lose(this.ready ? ENDED : NO_WORKER), SILENCE);
  }
}
