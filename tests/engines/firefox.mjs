// Firefox in a window of its own, told by WebDriver BiDi what to open and worked by a hand on its screen. Without a screen
// it has no WebGL 2.
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { downloaded } from './downloads.mjs';
import { Hand, Screen } from './screen.mjs';

export class Firefox {
  name = 'Firefox';

  async start({ width, height }) {
    this.screen = await Screen.open();
    this.said = [];
    this.browser = await puppeteer.launch({
      browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: false,
      args: ['--width', String(width + 20), '--height', String(height + 200)], defaultViewport: null,
      env: this.screen.env, userDataDir: path.join(this.screen.folder, 'profile'), protocolTimeout: 120_000,
      extraPrefsFirefox: {
        'browser.download.folderList': 2, 'browser.download.dir': this.screen.downloads,
        'browser.download.always_ask_before_handling_new_types': false, 'browser.download.alwaysOpenPanel': false,
      },
    });
    this.version = (await this.browser.version()).replace(/^.*\//, '');
    [this.page] = await this.browser.pages();
    await this.page.setViewport({ width, height });
    this.page.on('console', (message) => { if (message.type() === 'error') this.said.push(message.text()); });
    this.page.on('pageerror', (error) => this.said.push(String(error)));
  }

  async stop() {
    await this.browser?.close();
    await this.screen?.close();
  }

  async goTo(address) {
    await this.page.goto(address);
    if (this.hand) return;
    this.hand = new Hand(this.screen, (expression) => this.evaluate(expression));
    await this.hand.takeHold();
  }

  async reload() { await this.page.reload(); }
  resize({ width, height }) { return this.page.setViewport({ width, height }); }
  evaluate(expression) { return this.page.evaluate(expression); }
  async screenshot() { return Buffer.from(await this.page.screenshot()); }
  download(press) { return downloaded(this.screen.downloads, press); }

  async choose(file, press) {
    const [chooser] = await Promise.all([this.page.waitForFileChooser(), press()]);
    await chooser.accept([file]);
  }

  takeProblems() { return this.said.splice(0); }
}
