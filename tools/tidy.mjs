#!/usr/bin/env node
// Runs clang-tidy over the project's own files: node tools/tidy.mjs CACHE BUILD REGEX [-- ARGUMENT...]
// A file that was found clean is not looked at again while everything that clang-tidy would read is the same: its
// preprocessed text with comments and macros, the command, the checks, the program. CACHE keeps their digests.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const TIDY = 'clang-tidy-19';
const CLANG = 'clang++-19';
const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const run = promisify(execFile);
const options = { maxBuffer: 1 << 30 };

/** The compiler's arguments for a file, without the program, its launcher, its output and the files it notes. */
function argumentsOf(entry) {
  const words = entry.arguments ?? entry.command.match(/(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+/g);
  const plain = words.map((word) => word.replace(/\\(.)|"/g, (_, escaped) => escaped ?? ''));
  const first = plain.findIndex((word) => word.startsWith('-'));
  const kept = [];
  for (let i = first; i < plain.length; ++i) {
    if (plain[i] === '-o' || plain[i] === '-MF' || plain[i] === '-MT') ++i;
    else if (plain[i] !== '-c' && plain[i] !== '-MD') kept.push(plain[i]);
  }
  return kept;
}

/** What clang-tidy would read, wherever the checkout lies. */
async function digestOf(entry, extra, common) {
  const args = [...argumentsOf(entry), ...extra];
  const { stdout } = await run(CLANG, [...args, '-E', '-C', '-dD', '-w'], { ...options, cwd: entry.directory });
  const text = JSON.stringify(args) + stdout;
  return createHash('sha256').update(common).update(text.replaceAll(ROOT, '')).digest('hex');
}

async function main() {
  const split = process.argv.indexOf('--');
  const extra = split < 0 ? [] : process.argv.slice(split + 1);
  const [cache, build, pattern] = process.argv.slice(2, split < 0 ? undefined : split);
  const version = (await run(TIDY, ['--version'])).stdout;
  const common = version + fs.readFileSync(path.join(ROOT, '.clang-tidy'));
  const wanted = new RegExp(pattern);
  const entries = JSON.parse(fs.readFileSync(path.join(build, 'compile_commands.json'), 'utf8'))
    .filter((entry) => wanted.test(path.relative(ROOT, entry.file)));
  if (entries.length === 0) throw new Error(`${build} compiles no file whose name matches ${pattern}`);
  fs.mkdirSync(cache, { recursive: true });

  let known = 0;
  let faulty = 0;
  const check = async (entry) => {
    let clean = null;
    try {
      clean = path.join(cache, await digestOf(entry, extra, common));
      if (fs.existsSync(clean)) {
        fs.utimesSync(clean, new Date(), new Date());
        ++known;
        return;
      }
    } catch {
      // What cannot be preprocessed is clang-tidy's to report.
    }
    const args = ['-quiet', '-p', build, '-warnings-as-errors=*', ...extra.map((a) => `-extra-arg=${a}`), entry.file];
    try {
      await run(TIDY, args, options);
      if (clean) fs.writeFileSync(clean, '');
    } catch (error) {
      ++faulty;
      console.log(`${error.stdout ?? ''}${error.stdout ? '' : error.stderr ?? error.message}`);
    }
  };
  const queue = [...entries];
  const jobs = Number(process.env.FLOODLIGHT_JOBS) || os.availableParallelism?.() || os.cpus().length;
  await Promise.all(Array.from({ length: jobs }, async () => {
    while (queue.length > 0) await check(queue.shift());
  }));
  console.log(`${entries.length} files: ${known} known to be clean, ${entries.length - known} looked at, ${faulty} with findings`);
  // Digests that nobody has asked for in two months are of files that have long changed.
  const old = Date.now() - 60 * 24 * 3600 * 1000;
  for (const name of fs.readdirSync(cache)) {
    const file = path.join(cache, name);
    if (fs.statSync(file).mtimeMs < old) fs.rmSync(file);
  }
  process.exitCode = faulty > 0 ? 1 : 0;
}

await main();
