// The flood in eight pictures, to be looked at: node tools/flood-sequence.mjs [--light] [--stage] [--touch] writes
// build/screenshots/flood-1.png to flood-8.png (light, on stage, or as a telephone shows it) of the built page in dist/.
import fs from 'node:fs';
import path from 'node:path';
import { Driver } from '../tests/page/driver.mjs';
import { App, ROOT, launch, serve } from '../tests/page/harness.mjs';

const has = (option) => process.argv.includes(`--${option}`);
const kind = ['light', 'stage', 'touch'].filter(has).map((option) => `-${option}`).join('');
const server = await serve();
const browser = await launch();
try {
  const size = has('touch') ? { viewport: { width: 400, height: 800 }, hasTouch: true, isMobile: true } : {};
  const app = await App.open(browser, { address: server.url, reducedMotion: 'reduce', ...size });
  const d = new Driver(app);
  d.page.setDefaultTimeout(60_000);
  await d.computed();
  let number = 0;
  const picture = async (what) => {
    await d.page.mouse.move(2, 2);
    await d.computed();
    number += 1;
    const file = path.join(ROOT, 'build/screenshots', `flood${kind}-${number}.png`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, await app.picture());
    console.log(`${file}: ${what}`);
  };
  const moment = async (share) => {
    const slider = d.widget('slider', 'Pixels flooded');
    await slider.fill(String(Math.floor(Number(await slider.getAttribute('max')) * share)));
    await d.page.evaluate(() => document.activeElement.blur());
    await d.computed();
  };
  await d.press('8');
  if (has('light')) await d.press('l');
  await d.click('button', 'Watch the flood');
  await picture('the dry landscape and its seeds');
  await moment(0.35);
  const stage = async () => { if (has('stage')) await d.press('p'); };
  await stage();
  await picture('a third is flooded');
  await d.press('d');
  await picture('the same moment in 3D');
  await stage();
  await moment(0.75);
  await d.press('r');
  await stage();
  await picture('three quarters, with a profile through two seeds');
  await d.press('v');
  await d.press('d');
  await picture('the same from above, flat');
  await stage();
  await d.press('r');
  await moment(1);
  await stage();
  await picture('all is flooded');
  await stage();
  await d.click('button', 'Before and after');
  await stage();
  await picture('what was cut');
  for (let i = 0; i < 2; ++i) await d.press('c');
  if (!(await app.page.getByText(/^\d+ components$/).count())) await d.press('c');
  await picture('before and after in comparison');
} finally {
  await browser.close();
  await server.close();
}
