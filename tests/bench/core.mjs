// The core's operations, natively and as WebAssembly under Node, side by side.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const run = (command, ...parts) => execFileSync(command, parts, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  .trim().split('\n').map((line) => line.split('\t'));
const native = run(path.join(ROOT, 'build/native/tests/floodlight_bench'));
const wasm = run(process.execPath, path.join(ROOT, 'build/web/tests/floodlight_bench.js'));

console.log(`\n${'best of 5, milliseconds'.padEnd(46)}${'size'.padStart(6)}${'native'.padStart(10)}${'wasm'.padStart(10)}`);
native.forEach(([name, size, time], i) => {
  console.log(`${name.padEnd(46)}${size.padStart(6)}${Number(time).toFixed(2).padStart(10)}` +
    `${Number(wasm[i][2]).toFixed(2).padStart(10)}`);
});
