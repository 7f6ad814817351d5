// The page in the words of the checks, the same in every engine: it is read in its accessible mirror, and worked with a
// mouse and a keyboard.
import assert from 'node:assert/strict';
import { readPng } from '../page/png.mjs';

/** What every expression finds beside itself in the page. */
const HELP = `
  const ROLES = { BUTTON: 'button', SELECT: 'combobox', P: 'text', H1: 'heading', H2: 'heading', H3: 'heading' };
  const INPUTS = { checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', text: 'textbox' };
  const roleOf = (element) => element.getAttribute('role') ?? ROLES[element.tagName] ?? INPUTS[element.type];
  const nameOf = (element) => element.getAttribute('aria-label') ?? element.textContent;
  const all = (role, name) => [...document.querySelectorAll('#mirror [data-id]')].filter((element) =>
    roleOf(element) === role && (name instanceof RegExp ? name.test(nameOf(element)) : nameOf(element) === name));
  const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (what, limit) => {
    const end = performance.now() + limit;
    for (;;) {
      const value = await what();
      if (value) return value;
      if (performance.now() > end) return null;
      await pause(20);
    }
  };
  const still = async () => {
    let [drawn, offered] = [-1, 0];
    while (offered < 3) {
      await frame();
      const now = floodlight.frames();
      offered = now === drawn ? offered + 1 : 0;
      drawn = now;
    }
  };
`;
const LIMIT = 60_000;  // milliseconds: a browser that draws with the processor, on a machine that does something else as well

/** A value as an expression; patterns keep what they are. */
function expression(value) {
  return value instanceof RegExp ? String(value) : JSON.stringify(value);
}

export class Page {
  /** @param engine what tests/engines/{chromium,firefox,webkit}.mjs export */
  constructor(engine) {
    this.engine = engine;
  }

  get hand() { return this.engine.hand; }

  /** The value of a function in the page, which may use the helpers above; arguments are data or patterns. */
  evaluate(task, ...values) {
    return this.engine.evaluate(`(async () => { ${HELP} return (${task})(${values.map(expression).join(', ')}); })()`);
  }

  /** Opens an address and waits until it has computed and drawn, or says why it has not. */
  async open(address) {
    await this.engine.goTo('about:blank');  // another fragment alone would not load it again
    await this.engine.goTo(address);
    await this.started();
  }

  async reload() {
    await this.engine.reload();
    await this.started();
  }

  async started() {
    const problem = await this.evaluate(async (limit) => {
      await until(() => globalThis.floodlight?.whole || !document.getElementById('problem').hidden, limit);
      return globalThis.floodlight?.whole ? null : document.querySelector('#problem p').textContent || 'nothing is said';
    }, LIMIT);
    assert.equal(problem, null, 'the page starts');
    await this.computed();
  }

  still() { return this.evaluate(() => still()); }

  /** Everything asked for is computed and drawn. */
  async computed() {
    assert.ok(await this.evaluate(async (limit) => {
      await still();
      const done = await until(() => floodlight.idle(), limit);
      await still();
      return done;
    }, LIMIT), 'the page has computed');
  }

  count(role, name) { return this.evaluate((r, n) => all(r, n).length, role, name); }

  /** Waits until a widget of that role and name is there; its rectangle, text and state. */
  async widget(role, name) {
    const found = await this.evaluate(async (r, n, limit) => {
      const element = await until(() => all(r, n)[0], limit);
      if (!element) return null;
      const { x, y, width, height } = element.getBoundingClientRect();
      const state = (attribute) => element.getAttribute(attribute);
      return {
        x, y, width, height, name: nameOf(element), value: element.value ?? null, checked: element.checked ?? null,
        min: Number(state('min')), max: Number(state('max')), focused: element === document.activeElement,
      };
    }, role, name, 10_000);
    assert.ok(found, `${role} ${name} is there`);
    return found;
  }

  /** A point of a widget, by fractions of its rectangle. */
  async pointOf(role, name, across = 0.5, down = 0.5) {
    const { x, y, width, height } = await this.widget(role, name);
    return [x + across * width, y + down * height];
  }

  /** Scrolls the panel with the wheel until the widget stands wholly inside it. */
  async reveal(role, name) {
    for (let turns = 0; turns < 40; ++turns) {
      const [box, panel] = [await this.widget(role, name), await this.evaluate((r, n) => {
        const region = all('region', 'Step')[0];
        if (!region?.contains(all(r, n)[0])) return null;
        const { x, y, height } = region.getBoundingClientRect();
        return { x, y, height };
      }, role, name)];
      if (!panel || (box.y >= panel.y && box.y + box.height <= panel.y + panel.height)) return;
      await this.hand.move(panel.x + 6, panel.y + panel.height / 2 + (turns % 2));
      await this.hand.wheel(box.y < panel.y ? -1 : 1);
      await this.still();
    }
    assert.fail(`the panel cannot be scrolled to ${role} ${name}`);
  }

  /** The mouse goes to a widget, rests there, and presses. */
  async click(role, name) {
    await this.still();  // what has just come may still be finding its place
    await this.reveal(role, name);
    await this.clickAt(await this.pointOf(role, name));
  }

  async clickAt(point) {
    await this.hand.move(...point);
    await this.still();
    await this.hand.down();
    await this.hand.up();
    await this.computed();
  }

  async drag(from, to) {
    await this.hand.move(...from);
    await this.still();
    await this.hand.down();
    for (let part = 1; part <= 4; ++part) {
      await this.hand.move(...[0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * part / 4));
    }
    await this.hand.up();
    await this.computed();
  }

  async press(key) {
    await this.hand.press(key);
    await this.computed();
  }

  /** Writes a number or a text into a field, over what is there, with mouse and keys. */
  async write(role, name, text) {
    await this.click(role, name);
    assert.ok((await this.widget(role, name)).focused, `${name} is written into`);
    await this.hand.press('Control+a');
    await this.hand.type(text);
    await this.press('Enter');
    await this.letGo();
  }

  /** Goes to a widget with Tab, from the one before it. */
  async tabTo(role, name) {
    await this.evaluate((r, n) => {
      const stops = [...document.querySelectorAll('#mirror [data-id]')].filter((e) => e.tabIndex >= 0 && !e.disabled);
      stops[stops.indexOf(all(r, n)[0]) - 1].focus();
    }, role, name);
    await this.press('Tab');
    assert.ok((await this.widget(role, name)).focused, `Tab reaches ${role} ${name}`);
  }

  /** Takes the focus from whatever has it. */
  async letGo() {
    await this.evaluate(() => document.activeElement.blur());
    await this.still();
  }

  async step() {
    return this.evaluate(() => nameOf(document.querySelector('#mirror [role=tab][aria-selected=true]')));
  }

  async goTo(step) {
    await this.click('tab', step);
    assert.equal(await this.step(), step);
  }

  recipe() { return this.evaluate(() => JSON.parse(floodlight.recipe())); }
  nuclei() { return this.evaluate(() => floodlight.nuclei()); }
  fragment() { return this.evaluate(() => location.hash); }

  /** What a row of the panel says ("Nuclei: 98"). */
  async fact(name) {
    return (await this.widget('text', new RegExp(`^${name}: `))).name.slice(name.length + 2);
  }

  /** Waits until a text is on the page. */
  async says(pattern) {
    assert.ok(await this.evaluate(async (wanted, limit) => !!await until(() =>
      [...document.querySelectorAll('#mirror [data-id]')].some((element) => wanted.test(nameOf(element))), limit),
    pattern, LIMIT), `the page says ${pattern}`);
  }

  /** Waits until this file is the image. */
  async shows(file) {
    const shown = await this.evaluate((name, limit) => until(() => document.title.startsWith(name), limit), file, LIMIT);
    assert.ok(shown, `${file} is opened`);
    await this.computed();
  }

  /** Drops files on the page, `[name, bytes]` each: the events of a drag that ends there. */
  drop(...files) {
    return this.evaluate((all_) => {
      const dataTransfer = new DataTransfer();
      for (const [name, base64] of all_) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name, { type: 'image/tiff' }));
      }
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.getElementById('canvas').dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    }, files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));
  }

  /** What a touch screen tells while fingers go along these points, one list of `[x, y]` for each moment; then they are lifted. */
  async touch(...moments) {
    await this.evaluate(async (all_) => {
      const canvas = document.getElementById('canvas');
      const send = async (type, touches, changedTouches) => {
        const event = new UIEvent(type, { bubbles: true, cancelable: true });
        // Not every browser lets a page make a TouchEvent.
        const members = { touches, targetTouches: touches, changedTouches, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
        for (const [name, value] of Object.entries(members)) Object.defineProperty(event, name, { value });
        canvas.dispatchEvent(event);
        await still();
      };
      let fingers = [];
      for (const [moment, points] of all_.entries()) {
        fingers = points.map(([x, y], identifier) =>
          ({ identifier, target: canvas, clientX: x, clientY: y, pageX: x, pageY: y, screenX: x, screenY: y }));
        await send(moment === 0 ? 'touchstart' : 'touchmove', fingers, fingers);
      }
      await send('touchend', [], fingers);
    }, moments);
    await this.computed();
  }

  /** The picture of the whole page, and in it that of the image; the pointer is put where nothing answers to it. */
  async picture() {
    await this.hand.move(3, 3);
    await this.still();
    const png = await this.engine.screenshot();
    const whole = readPng(png);
    const box = await this.evaluate(() => {
      const { x, y, width, height } = all('application', 'Image')[0]?.getBoundingClientRect() ?? {};
      return x === undefined ? null : { x: Math.ceil(x), y: Math.ceil(y), cols: Math.floor(width), rows: Math.floor(height) };
    });
    const image = box && { rows: box.rows, cols: box.cols, at: (row, col) => whole.at(box.y + row, box.x + col) };
    return { ...whole, png, image };
  }

  /** What went wrong since the last call: on the console, and what the page itself says. */
  async problems() {
    const told = await this.evaluate(() => {
      const problem = document.getElementById('problem');
      return problem.hidden ? [] : [problem.querySelector('p').textContent];
    });
    return [...await this.engine.takeProblems(), ...told];
  }
}
