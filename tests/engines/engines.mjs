// The engines in which the page is tried, and one run of all checks in one of them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SCREENSHOTS, serve } from '../page/harness.mjs';
import { CHECKS, SIZE, expectations } from './checks.mjs';
import { Chromium } from './chromium.mjs';
import { Firefox } from './firefox.mjs';
import { Page } from './page.mjs';
import { WebKit } from './webkit.mjs';

/** Chromium comes first: its pictures are what the others' are compared with. */
export const ENGINES = [Chromium, Firefox, WebKit];

/** One engine that runs, with the page in it. */
export class Trial {
  static async start(Engine, pictures) {
    const trial = new Trial();
    trial.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-labels-'));
    try {
      const expected = await expectations(trial.folder);
      trial.server = await serve();
      trial.engine = new Engine();
      await trial.engine.start(SIZE);
      const shots = path.join(SCREENSHOTS, 'engines', trial.engine.name);
      fs.mkdirSync(shots, { recursive: true });
      trial.handed = {
        page: new Page(trial.engine), base: trial.server.url, pictures, expected,
        keep: (name, png) => fs.writeFileSync(path.join(shots, `${name}.png`), png),
      };
    } catch (error) {
      await trial.stop();
      throw error;
    }
    return trial;
  }

  /** What the check has seen; throws what was wrong, also when the page itself was content. */
  async run(check) {
    const { page, keep } = this.handed;
    let seen;
    try {
      seen = await check.run(this.handed);
    } catch (error) {
      await this.engine.screenshot().then((png) => keep(`failed-${CHECKS.indexOf(check) + 1}`, png)).catch(() => {});
      const told = await page?.problems().catch(() => []) ?? [];
      if (told.length > 0) error.message += `; the page reports: ${told.join('; ')}`;
      throw error;
    }
    const problems = await page.problems();
    if (problems.length > 0) throw new Error(`the page reports: ${problems.join('; ')}`);
    return seen;
  }

  async stop() {
    await this.engine?.stop();
    await this.server?.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
