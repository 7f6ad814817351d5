// The page's worker, with a core of its own: it runs images, encodes label images, and trains networks.
import { runImage } from './image-set-work.js';
import { TrainingWork } from './training-work.js';

let core = null;
let instanceMemory = null;
let training = null;

/** How much memory the core has taken, in bytes. */
const memory = () => instanceMemory.buffer.byteLength;

async function begin(module) {
  const { default: createFloodlightCore } = await import('./core/floodlight-core.mjs');
  core = await createFloodlightCore({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(module, imports).then((instance) => {
        instanceMemory = Object.values(instance.exports).find((entry) => entry instanceof WebAssembly.Memory);
        done(instance, module);
      });
      return {};
    },
  });
}

/** Does it, and tells what went wrong with it in a sentence. */
async function attempt(id, work) {
  try {
    await work();
  } catch (error) {
    // A core that was interrupted in the middle may have anything in its memory: it does nothing more.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    postMessage({ id, problem: error?.message || String(error), memory: memory() });
  }
}

// The page hears of errors only: a worker whose core could not be had would be silent for ever.
addEventListener('unhandledrejection', (event) => setTimeout(() => { throw event.reason; }));

addEventListener('message', async ({ data }) => {
  if (data.module) {
    await begin(data.module);
    postMessage({ ready: true, memory: memory() });
  } else if (data.encode) {
    postMessage({ encoded: new Blob([core.encodeLabelTiff(data.encode, data.options)], { type: 'image/tiff' }) });
  } else if (data.train) {
    training ??= new TrainingWork(core);
    await attempt(data.train.id, () => training.run(data.train));
  } else if (data.stop) {
    training?.stop();
  } else {
    await attempt(data.id, () => runImage(core, memory, data));
  }
});

postMessage({ here: true });
