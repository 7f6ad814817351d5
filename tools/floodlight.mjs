#!/usr/bin/env node
// The command line program for Node: the same sources as build/native/floodlight, compiled to WebAssembly.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../build/web/cli/floodlight.js', import.meta.url));
if (existsSync(program)) {
  createRequire(import.meta.url)(program);
} else {
  console.error('floodlight: The program for Node is not built yet; tools/build makes it.');
  process.exitCode = 1;
}
