// WebKitGTK in its MiniBrowser, told by WebKitWebDriver what to open and worked by a hand on its screen.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { downloaded } from './downloads.mjs';
import { Hand, Screen, start } from './screen.mjs';
import { WebDriver } from './webdriver.mjs';

const LIBRARIES = '/usr/lib';
const DRIVER = '/usr/bin/WebKitWebDriver';

/** The MiniBrowser of the library that the driver belongs to. */
function miniBrowser() {
  for (const machine of fs.readdirSync(LIBRARIES)) {
    for (const series of ['4.1', '4.0', '6.0']) {
      const file = path.join(LIBRARIES, machine, `webkit2gtk-${series}/MiniBrowser`);
      if (fs.existsSync(file)) return file;
    }
  }
  throw new Error('there is no MiniBrowser of WebKitGTK');
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class WebKit {
  name = 'WebKitGTK';

  async start({ width, height }) {
    this.screen = await Screen.open();
    const port = await freePort();
    this.server = start(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], {
      // In a container its sandbox cannot be built, and the page is our own.
      env: { ...this.screen.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }, stdio: 'ignore',
    });
    this.driver = await WebDriver.connect(`http://127.0.0.1:${port}`, {
      'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
    });
    this.version = this.driver.capabilities.browserVersion;
    this.size = { width, height };
  }

  async stop() {
    await this.driver?.quit().catch(() => {});
    await this.server?.stop();
    await this.screen?.close();
  }

  async goTo(address) {
    await this.driver.goTo(address);
    await this.#settle();
  }

  async reload() {
    await this.driver.refresh();
    await this.#settle();
  }

  /** The window is as large as its page needs; before the first page it has no tool bar that could be measured. */
  async #settle() {
    await this.evaluate(`(() => {
      const told = globalThis.errorsTold = [];
      console.error = (...words) => told.push(words.join(' '));
      addEventListener('error', (event) => told.push(event.message));
      addEventListener('unhandledrejection', (event) => told.push(String(event.reason)));
    })()`);
    if (this.hand) return;
    await this.resize(this.size);
    this.hand = new Hand(this.screen, (expression) => this.evaluate(expression));
    await this.hand.takeHold();
  }

  /** Makes the window so large that the page has this size; on a busy machine the page hears of a new window a little later. */
  async resize({ width, height }) {
    let [cols, rows] = [0, 0];
    for (let tries = 0; tries < 20; ++tries) {
      await this.driver.setWindow({ x: 0, y: 0, width, height });
      const shown = () => this.evaluate('[innerWidth, innerHeight]');
      [cols, rows] = await shown();
      await this.driver.setWindow({ x: 0, y: 0, width: 2 * width - cols, height: 2 * height - rows });
      [cols, rows] = await shown();
      if (cols === width && rows === height) return;
      await new Promise((resolve) => { setTimeout(resolve, 50 * tries); });
    }
    throw new Error(`the window shows ${cols}, ${rows} instead of ${width}, ${height}`);
  }

  evaluate(expression) { return this.driver.evaluate(expression); }
  screenshot() { return this.driver.screenshot(); }

  async download(press) {
    const saved = await downloaded(this.screen.downloads, press);
    await this.#closeDownloads();
    return saved;
  }

  /** The list of downloads has opened above the page; its Close stands at the right, at a height that its font decides. */
  async #closeDownloads() {
    const { width, height } = this.size;
    const isClosed = async () => await this.evaluate('innerHeight') === height;
    for (let y = 25; y < 100 && !await isClosed(); y += 10) await this.hand.clickOnScreen(width - 50, y);
    if (!await isClosed()) throw new Error('the list of downloads does not close');
    await this.hand.takeKeyboard();
  }

  /** The chooser itself belongs to the system; that the page asks for it is seen, and the answer is given by the driver. */
  async choose(file, press) {
    await this.evaluate(`(() => {
      globalThis.askedForFile = false;
      document.getElementById('file-input').addEventListener('click', () => { askedForFile = true; }, { once: true });
    })()`);
    await press();
    if (!await this.evaluate('askedForFile')) throw new Error('the page has not asked for a file');
    await this.driver.setFile('#file-input', file);
  }

  /** Errors since the last call; what came before the page had loaded, the page says itself. */
  takeProblems() { return this.evaluate('globalThis.errorsTold.splice(0)'); }
}
