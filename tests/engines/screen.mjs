// A screen that is in no room (Xvfb) and a hand on its mouse and keyboard (xdotool): what a browser in a window is given by
// a person, key repeat included.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** X's names for KeyboardEvent.key, where they are others. */
const KEYSYMS = {
  PageDown: 'Next', PageUp: 'Prior', ArrowLeft: 'Left', ArrowRight: 'Right', ArrowUp: 'Up', ArrowDown: 'Down',
  Enter: 'Return', Backspace: 'BackSpace', Control: 'ctrl', Shift: 'shift', ' ': 'space', '/': 'slash', '?': 'question',
  ',': 'comma', '.': 'period', '+': 'plus', '-': 'minus',
};

/** X's name for a key or a chord such as Control+a. */
function keysym(key) {
  if (key.length === 1) return KEYSYMS[key] ?? key;
  return key.split('+').map((part) => KEYSYMS[part] ?? part).join('+');
}

/** A process that ends when this one does. */
export function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  const end = () => {
    try {
      process.kill(-child.pid);
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', end);
  child.once('exit', () => process.removeListener('exit', end));
  child.on('error', (error) => { child.failure = error; });
  child.stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.failure) return;
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    end();
    await gone;
  };
  return child;
}

/** An Xvfb of its own, with a home folder that nobody has used before. */
export class Screen {
  static async open(cols = 1500, rows = 1100) {
    const screen = new Screen();
    screen.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'floodlight-'));
    screen.downloads = path.join(screen.folder, 'downloads');
    for (const name of ['downloads', 'config', 'run']) fs.mkdirSync(path.join(screen.folder, name), { mode: 0o700 });
    fs.writeFileSync(path.join(screen.folder, 'config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${screen.downloads}"\n`);
    screen.server = start('Xvfb', ['-displayfd', '1', '-screen', '0', `${cols}x${rows}x24`, '-nolisten', 'tcp', '-noreset'],
      { stdio: ['ignore', 'pipe', 'ignore'] });
    const display = await new Promise((resolve, reject) => {
      screen.server.stdout.once('data', (text) => resolve(String(text).trim()));
      screen.server.once('error', reject);
      screen.server.once('exit', () => reject(new Error('Xvfb does not start')));
    });
    screen.env = {
      ...process.env, DISPLAY: `:${display}`, HOME: screen.folder, XDG_CONFIG_HOME: path.join(screen.folder, 'config'),
      XDG_RUNTIME_DIR: path.join(screen.folder, 'run'), GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1', LIBGL_ALWAYS_SOFTWARE: '1',
    };
    delete screen.env.WAYLAND_DISPLAY;
    return screen;
  }

  async close() {
    await this.server.stop();
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** The mouse and the keyboard of a screen, for one page on it. Positions are the page's own. */
export class Hand {
  /** @param evaluate runs an expression in the page and gives its value */
  constructor(screen, evaluate) {
    this.screen = screen;
    this.evaluate = evaluate;
  }

  /** xdotool's commands, then waits until the page has been told of the last of them. */
  async #act(type, ...commands) {
    const before = await this.evaluate(`(() => {
      if (!globalThis.toldOf) {
        globalThis.toldOf = {};
        for (const type of ['mousemove', 'mousedown', 'mouseup', 'wheel', 'keydown', 'keyup']) {
          toldOf[type] = 0;
          addEventListener(type, (event) => { toldOf[type] += event.isTrusted; }, true);
        }
      }
      return toldOf['${type}'];
    })()`);
    await run('xdotool', commands.map(String), { env: this.screen.env });
    const told = await this.evaluate(`(async () => {
      for (let tries = 0; tries < 500 && toldOf['${type}'] === ${before}; ++tries) {
        await new Promise((resolve) => { setTimeout(resolve, 10); });
      }
      return toldOf['${type}'] > ${before};
    })()`);
    if (!told) throw new Error(`the page was not told of ${commands.join(' ')} (${type})`);
  }

  /**
   * Finds where the page is on the screen by pointing at it, and gives it the keyboard. On a busy machine the page is told
   * late: two points are believed when they lie as far from each other on the page as on the screen.
   */
  async takeHold() {
    const at = [400, 400];
    const far = 5;
    await this.evaluate(`(() => {
      addEventListener('mousemove', ({ clientX, clientY }) => { globalThis.pointedAt = [clientX, clientY]; }, true);
    })()`);
    const seen = async (x, y) => {
      await run('xdotool', ['mousemove', String(x), String(y)], { env: this.screen.env });
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      return this.evaluate('globalThis.pointedAt ?? null');
    };
    for (let tries = 0; tries < 20; ++tries) {
      const beside = await seen(at[0] + far, at[1] + far);
      const there = await seen(...at);
      if (!beside || !there || beside[0] - there[0] !== far || beside[1] - there[1] !== far) continue;
      this.corner = [at[0] - there[0], at[1] - there[1]];
      this.at = there;
      await this.takeKeyboard();
      return;
    }
    throw new Error('the page is not under the pointer');
  }

  /** A press with the middle button, where it does nothing, makes the page what the keyboard writes to. */
  async takeKeyboard() {
    await this.move(4, 4);
    await this.#act('mouseup', 'click', 2);
  }

  /** A press beside the page, on the browser itself. */
  async clickOnScreen(x, y) {
    this.at = null;
    await run('xdotool', ['mousemove', String(x), String(y), 'click', '1'], { env: this.screen.env });
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  }

  #onScreen([x, y]) {
    return [Math.round(x + this.corner[0]), Math.round(y + this.corner[1])];
  }

  async move(x, y) {
    const to = [Math.round(x), Math.round(y)];
    if (this.at && to[0] === this.at[0] && to[1] === this.at[1]) return;
    this.at = to;
    await this.#act('mousemove', 'mousemove', ...this.#onScreen(to));
  }

  down() { return this.#act('mousedown', 'mousedown', 1); }
  up() { return this.#act('mouseup', 'mouseup', 1); }

  /** Turns the wheel by whole notches; positive: away from what is at the top. */
  wheel(notches) {
    return this.#act('wheel', 'click', '--repeat', Math.abs(notches), '--delay', 30, notches > 0 ? 5 : 4);
  }

  keyDown(key) { return this.#act('keydown', 'keydown', keysym(key)); }
  keyUp(key) { return this.#act('keyup', 'keyup', keysym(key)); }
  press(key) { return this.#act('keyup', 'key', '--delay', 30, keysym(key)); }
  type(text) { return this.#act('keyup', 'type', '--delay', 40, text); }

  /** Holds a key until the keyboard has repeated it at least so often. */
  async hold(key, repeats) {
    await this.evaluate(`(() => {
      globalThis.repeated = 0;
      addEventListener('keydown', (event) => { repeated += event.isTrusted && event.repeat; }, true);
    })()`);
    await this.keyDown(key);
    const enough = await this.evaluate(`(async () => {
      for (let tries = 0; tries < 500 && repeated < ${repeats}; ++tries) {
        await new Promise((resolve) => { setTimeout(resolve, 10); });
      }
      return repeated >= ${repeats};
    })()`);
    await this.keyUp(key);
    if (!enough) throw new Error(`the browser does not say that ${key} repeats`);
  }
}
