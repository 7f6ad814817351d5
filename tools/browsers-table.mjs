// Tries the page in every engine and writes what was seen into docs/browsers.md: node tools/browsers-table.mjs
// It needs what tools/test has built.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../tests/engines/checks.mjs';
import { ENGINES, Trial } from '../tests/engines/engines.mjs';

const FILE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/browsers.md');

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What an engine has shown, check by check; a failed one says what was wrong. */
async function results(Engine, pictures) {
  const trial = await Trial.start(Engine, pictures);
  const seen = [];
  let failed = 0;
  for (const check of CHECKS) {
    try {
      seen.push(await trial.run(check));
    } catch (error) {
      failed += 1;
      seen.push(`**fails**: ${error.message.split('\n')[0]}`);
    }
    console.log(`${trial.engine.name}: ${check.name}: ${seen.at(-1)}`);
  }
  const { name, version } = trial.engine;
  await trial.stop();
  return { name, version, seen, failed };
}

const pictures = {};
const engines = [];
for (const Engine of ENGINES) engines.push(await results(Engine, pictures));
const columns = engines.map(({ name, version }) => `${name} ${version}`);
fs.writeFileSync(FILE, `# Browsers

The page is tried in three engines by the same checks (\`tests/engines/checks.mjs\`), with a mouse and a keyboard: Chromium without
a window, drawing with SwiftShader; Firefox and WebKitGTK, whose engine is also Safari's, in windows on a screen of their own, drawing
with Mesa. \`tools/test\` runs them; \`node tools/browsers-table.mjs\` runs them and writes this table. A cell says what was seen.

| ${['', ...columns].map(cell).join(' | ')} |
|${' --- |'.repeat(columns.length + 1)}
${CHECKS.map(({ name }, i) => `| ${[name, ...engines.map(({ seen }) => seen[i])].map(cell).join(' | ')} |`).join('\n')}

Not tried here: Safari itself, Edge, other systems, and the system's own dialogs, in whose place the checks give the file. Files
are dropped, and fingers put down, by the events of which a page is told, not by a drag from another window or a real screen.
`);
process.exitCode = engines.some(({ failed }) => failed > 0) ? 1 : 0;
