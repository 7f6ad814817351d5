// Files that a browser saves into a folder.
import fs from 'node:fs';
import path from 'node:path';

const LIMIT = 30_000;  // milliseconds

/** The file that `press` makes the browser save into the folder, once all of it is there; it is taken out again. */
export async function downloaded(folder, press) {
  const before = new Set(fs.readdirSync(folder));
  await press();
  const end = Date.now() + LIMIT;
  let size = -1;
  while (Date.now() < end) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const names = fs.readdirSync(folder).filter((name) => !before.has(name));
    if (names.length !== 1 || /\.(part|wkdownload)$/.test(names[0])) continue;
    const file = path.join(folder, names[0]);
    const now = fs.statSync(file).size;
    if (now > 0 && now === size) {
      const bytes = fs.readFileSync(file);
      fs.rmSync(file);
      return { name: names[0], bytes };
    }
    size = now;
  }
  throw new Error(`nothing was saved: ${fs.readdirSync(folder).join(', ') || 'the folder is empty'}`);
}
