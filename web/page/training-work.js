// What a worker does to train a network: makes simulated fields, learns from them step by step, and tells how it goes.
const NEWS = 500;  // milliseconds between two reports
const UNSEEN_EVERY = 20;  // steps between two looks at fields that nothing is learnt from
const UNSEEN_FIELDS = 8;

/** Resolves when messages that are waiting have been taken; unlike timers it is never held back. */
function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      port2.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export class TrainingWork {
  constructor(core) {
    this.core = core;
    this.training = null;
    this.options = '';  // that it has, as JSON
    this.run_ = null;
  }

  /** What runs ends after the step at hand, and is reported. */
  stop() {
    if (this.run_) this.run_.stopped = true;
  }

  /**
   * Trains until so many steps are done, from a moment or from the beginning, and posts reports. Moments are kept at every
   * `every`th step, at the first, and where it ends.
   */
  async run({ id, options, moment, until, every }) {
    const run = { id, until, every, stopped: false, losses: [], unseen: [], moments: [], kept: null, told: performance.now() };
    this.run_ = run;
    this.#begin(options, moment);
    const { training } = this;
    if (!moment) this.#keep(run);
    this.#tell(run);
    while (!run.stopped && this.run_ === run && training.steps < until) {
      if (training.images < training.imagesWanted) {
        training.addSimulated();
      } else {
        this.#step(run);
      }
      // What is over is told at the end, with the last moment.
      const first = training.steps === 1 && run.losses.length > 0;
      if (training.steps < until && (first || performance.now() - run.told >= NEWS)) this.#tell(run);
      await pause();
    }
    if (this.run_ !== run) return;
    this.run_ = null;
    if (training.steps !== run.kept) this.#keep(run);
    this.#tell(run, { ended: true });
  }

  /** The same training goes on where it can: its images are there already. */
  #begin(options, moment) {
    const wanted = JSON.stringify(options);
    if (this.options !== wanted || !moment) {
      this.training?.dispose();
      this.training = null;
      this.training = new this.core.NetworkTraining(options);
      this.options = wanted;
    }
    if (moment) this.training.goTo(moment);
  }

  #step(run) {
    const { training } = this;
    const loss = training.step();
    if (!Number.isFinite(loss)) {
      this.#tell(run, { network: null });
      training.network();  // refuses weights that are no numbers, and says so
    }
    run.losses.push(loss);
    if (training.steps % UNSEEN_EVERY === 0) run.unseen.push([training.steps, training.unseenLoss(UNSEEN_FIELDS)]);
    if (training.steps % run.every === 0) this.#keep(run);
  }

  #keep(run) {
    run.moments.push({ moment: this.training.moment(), network: this.training.network() });
    run.kept = this.training.steps;
  }

  #tell(run, { ended = false, network = this.training.network() } = {}) {
    const { steps, images } = this.training;
    const now = performance.now();
    const { id, losses, unseen, moments } = run;
    postMessage({
      id, moments: moments.map(({ moment }) => moment),
      report: {
        step: steps, images, losses, unseen, ended, milliseconds: now - run.told, network,
        moments: moments.map(({ moment, network }) => ({ step: moment.step, network })),
      },
    });
    Object.assign(run, { losses: [], unseen: [], moments: [], told: now });
  }
}
