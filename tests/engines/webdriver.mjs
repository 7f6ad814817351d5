// The little of the W3C's WebDriver that the tests need, over fetch (https://www.w3.org/TR/webdriver2/).

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class WebDriver {
  /** A new session with a driver that is being started at `address`. */
  static async connect(address, capabilities) {
    const driver = new WebDriver();
    driver.base = address;
    for (let tries = 0; ; ++tries) {
      try {
        await driver.#call('GET', '/status');
        break;
      } catch (error) {
        if (tries === 100) throw error;
        await new Promise((resolve) => { setTimeout(resolve, 100); });
      }
    }
    const session = await driver.#call('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    driver.base += `/session/${session.sessionId}`;
    driver.capabilities = session.capabilities;
    await driver.#call('POST', '/timeouts', { script: 120_000, pageLoad: 60_000 });
    return driver;
  }

  async #call(method, path, body) {
    const response = await fetch(this.base + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  goTo(url) { return this.#call('POST', '/url', { url }); }
  refresh() { return this.#call('POST', '/refresh', {}); }
  setWindow(rect) { return this.#call('POST', '/window/rect', rect); }
  async screenshot() { return Buffer.from(await this.#call('GET', '/screenshot'), 'base64'); }
  quit() { return this.#call('DELETE', ''); }

  /** The value of a JavaScript expression in the page; a promise is waited for. */
  async evaluate(expression) {
    const script = `const done = arguments[arguments.length - 1];
      (async () => (${expression}))().then((value) => done([value ?? null]), (error) => done([null, String(error)]));`;
    const [value, error] = await this.#call('POST', '/execute/async', { script, args: [] });
    if (error) throw new Error(error);
    return value;
  }

  /** Gives a file to an <input type=file>, as if it had been chosen. */
  async setFile(selector, file) {
    const element = await this.#call('POST', '/element', { using: 'css selector', value: selector });
    await this.#call('POST', `/element/${element[ELEMENT]}/value`, { text: file });
  }
}
