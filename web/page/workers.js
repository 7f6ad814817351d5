// Workers with a core of their own (core-worker.js).
import { addressOf, bytesOf, isCarried, moduleOf } from './parts.js';

const SCRIPT = 'core-worker.js';
export const SILENCE = 120_000;  // milliseconds after which a worker counts as dead

/** Whether a worker's error is the program's own fault; the engine's words are for who mends it. */
export function wentWrong({ message, filename, lineno }) {
  const ours = /RuntimeError/.test(message);
  if (ours) console.error(`a worker: ${message} (${filename}:${lineno})`);
  return ours;
}

/** The core that a worker is given. */
export function coreModule() {
  return moduleOf('core/floodlight-core.wasm');
}

/** What makes a worker. Its script is checked before; browsers check no worker's script themselves. */
export async function workerMaker() {
  const script = await bytesOf(SCRIPT);
  // A page that is opened from a disk may start no workers but those that it has made itself.
  const address = isCarried(SCRIPT) ? URL.createObjectURL(new Blob([script], { type: 'text/javascript' })) : addressOf(SCRIPT);
  return () => new Worker(address);
}
