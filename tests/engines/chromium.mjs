// Chromium without a window, through Playwright.
import { App, launch } from '../page/harness.mjs';

/** Playwright's mouse and keyboard. */
class Hand {
  constructor({ mouse, keyboard }) {
    Object.assign(this, { mouse, keyboard });
  }

  move(x, y) { return this.mouse.move(x, y); }
  down() { return this.mouse.down(); }
  up() { return this.mouse.up(); }
  async wheel(notches) { for (let i = 0; i < Math.abs(notches); ++i) await this.mouse.wheel(0, 100 * Math.sign(notches)); }
  keyDown(key) { return this.keyboard.down(key); }
  keyUp(key) { return this.keyboard.up(key); }
  press(key) { return this.keyboard.press(key); }
  type(text) { return this.keyboard.type(text); }

  /** Told again after 300 ms and then every 40, as keyboards do. */
  async hold(key, repeats) {
    for (let told = 0; told <= repeats; ++told) {
      await this.keyboard.down(key);
      await new Promise((resolve) => { setTimeout(resolve, told === 0 ? 300 : 40); });
    }
    await this.keyboard.up(key);
  }
}

export class Chromium {
  name = 'Chromium';

  async start({ width, height }) {
    this.browser = await launch();
    this.version = this.browser.version();
    const context = await this.browser.newContext({ viewport: { width, height } });
    this.app = new App(await context.newPage(), '');
    this.page = this.app.page;
    this.hand = new Hand(this.page);
  }

  async stop() { await this.browser?.close(); }
  async goTo(address) { await this.page.goto(address); }
  async reload() { await this.page.reload(); }
  resize({ width, height }) { return this.page.setViewportSize({ width, height }); }
  evaluate(expression) { return this.page.evaluate(expression); }
  screenshot() { return this.page.screenshot(); }
  download(press) { return this.app.download(press); }
  choose(file, press) { return this.app.choose(file, press); }
  takeProblems() {
    const { consoleErrors, pageErrors, failedRequests } = this.app;
    return [consoleErrors, pageErrors, failedRequests].flatMap((told) => told.splice(0));
  }
}
