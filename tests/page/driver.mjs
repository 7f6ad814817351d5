// What the tests of the app do again and again: open it, wait until it has computed, ask what it shows.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { App, DIST, SHARED, launch, serve } from './harness.mjs';

export const STEPS = ['Pixels', 'Threshold', 'Filter', 'Label', 'Refine', 'Distance', 'Seeds', 'Watershed', 'Measure'];
/** The step that shows a set of images in the place of one. */
export const MANY = 'Many images';

/** A file of the reference folder, or null. */
export function shared(...parts) {
  const file = SHARED && path.join(SHARED, ...parts);
  return file && fs.existsSync(file) ? file : null;
}

/** A server and a browser for one file of tests, and the app in them. */
export class Stage {
  async start() {
    this.server = await serve(DIST);
    this.browser = await launch();
  }

  async stop() {
    await this.browser?.close();
    await this.server?.close();
  }

  /** The app with its first result; what `App.open` takes. */
  async open(options = {}) {
    const app = await App.open(this.browser, { address: this.server.url, ...options });
    const driver = new Driver(app);
    await driver.computed();
    return driver;
  }
}

/** One opened app, in the words of the tests. */
export class Driver {
  constructor(app) {
    this.app = app;
    this.page = app.page;
    this.page.setDefaultTimeout(10_000);
  }

  close() {
    return this.app.close();
  }

  widget(role, name) {
    return this.app.widget(role, name);
  }

  async recipe() {
    return JSON.parse(await this.page.evaluate(() => globalThis.floodlight.recipe()));
  }

  nuclei() {
    return this.page.evaluate(() => globalThis.floodlight.nuclei());
  }

  /** The app owes nothing any more. */
  async still() {
    await this.app.settled();
  }

  /** Everything asked for is computed and drawn. */
  async computed() {
    await this.app.settled();
  }

  async click(role, name) {
    await this.pressOn(this.widget(role, name));
  }

  /** Waits until the browser has ended all workers, which it does a little after it is told to. */
  async noWorkers() {
    for (let tries = 0; this.page.workers().length > 0 && tries < 100; ++tries) await this.page.waitForTimeout(40);
    assert.equal(this.page.workers().length, 0);
  }

  /** The mouse goes to a widget, rests there, and presses. */
  async pressOn(widget) {
    await this.reveal(widget);
    const box = await widget.boundingBox();
    const point = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(...point);
    await this.still();
    await this.page.mouse.click(...point);
    await this.computed();
  }

  /** Scrolls the panel with the wheel until the widget stands wholly inside it. */
  async reveal(widget) {
    const region = this.widget('region', 'Step');
    if (await region.count() === 0) return;
    const inPanel = await region.evaluate((panel, other) => panel.contains(other), await widget.elementHandle());
    if (!inPanel) return;
    const panel = await region.boundingBox();
    for (let turns = 0; turns < 30; ++turns) {
      const box = await widget.boundingBox();
      if (box.y >= panel.y && box.y + box.height <= panel.y + panel.height) return;
      await this.page.mouse.move(panel.x + 6, panel.y + panel.height / 2);
      await this.page.mouse.wheel(0, box.y < panel.y ? -120 : 120);
      await this.still();
    }
    assert.fail('the panel cannot be scrolled to the widget');
  }

  /** A real press, movement and release, from one fraction of the widget's rectangle to another. */
  async drag(role, name, from, to) {
    const box = await this.widget(role, name).boundingBox();
    const point = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
    await this.page.mouse.move(...point(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...point(to), { steps: 4 });
    await this.page.mouse.up();
    await this.computed();
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.computed();
  }

  async goTo(step) {
    await this.click('tab', step);
    await this.showsStep(step);
  }

  async showsStep(step) {
    const title = `${[...STEPS, MANY].indexOf(step) + 1} ${step}`;
    await this.page.getByRole('heading', { name: title, exact: true }).waitFor({ timeout: 5000 });
    assert.equal(await this.widget('tab', step).getAttribute('aria-selected'), 'true', `the tab of ${step}`);
    assert.equal(await this.page.getByRole('tab', { selected: true }).count(), 1);
  }

  async choose(name, option) {
    await this.widget('combobox', name).selectOption({ label: option });
    await this.computed();
  }

  async openSample(title) {
    await this.pressOn(this.page.getByRole('button', { name: /^Image: / }));
    const card = this.page.getByRole('dialog').getByRole('button', { name: title, exact: true });
    for (const group of await this.page.getByRole('dialog').getByRole('radio').all()) {
      if (await card.count() > 0) break;
      await this.pressOn(group);
    }
    await this.pressOn(card);
    await this.page.waitForFunction((name) => document.title.startsWith(name), title);
    await this.computed();
  }

  /** Drops a file and waits until it is the image. */
  async open(name, bytes) {
    await this.app.drop(name, bytes);
    await this.page.waitForFunction((file) => document.title.startsWith(file), name, { timeout: 10_000 });
    await this.computed();
  }

  /** The image that a file's row of the panel says ("Type: uint16"). */
  async fact(name) {
    const text = await this.page.getByText(new RegExp(`^${name.replace(/[()]/g, '\\$&')}: `)).first().textContent();
    return text.slice(name.length + 2);
  }

  /** Row, column and values of the pixel that the status line explains, or null. */
  async pixel() {
    const line = this.page.getByText(/^row \d+ +col \d+/);
    if (await line.count() === 0) return null;
    const [, row, col, rest] = (await line.first().textContent()).match(/^row (\d+) +col (\d+) +(.*)$/);
    return { row: Number(row), col: Number(col), rest };
  }

  /** A point of the image view, by fractions of its rectangle. */
  async imagePoint(x, y) {
    const box = await this.widget('application', 'Image').boundingBox();
    return [box.x + x * box.width, box.y + y * box.height];
  }

  async hover(point) {
    await this.page.mouse.move(...point);
    await this.still();
    return this.pixel();
  }

  /** Pins the pixel at a point of the image with the mouse. */
  async pin(x, y) {
    const point = await this.imagePoint(x, y);
    const pixel = await this.hover(point);
    await this.page.mouse.click(...point);
    await this.still();
    return pixel;
  }

  /** Screen pixels a pixel, from what the status line says of two points; while nothing is pinned. */
  async zoom() {
    const from = await this.imagePoint(0.45, 0.5);
    const to = await this.imagePoint(0.55, 0.5);
    const [a, b] = [await this.hover(from), await this.hover(to)];
    assert.ok(a && b, 'the middle of the view shows the image');
    return (to[0] - from[0]) / Math.max(1, b.col - a.col);
  }

  /** The pixels of the image view on the screen. */
  async picture() {
    await this.page.mouse.move(2, 2);
    await this.still();
    return this.app.picture({ clip: await this.widget('application', 'Image').boundingBox() });
  }

  async savedLabels() {
    const saved = await this.app.download(() => this.widget('button', 'Save labels').click({ force: true }));
    await this.computed();
    return saved;
  }

  async alert() {
    const alert = this.page.locator('#mirror').getByRole('alert');
    await alert.waitFor({ timeout: 5000 });
    return alert.textContent();
  }

  hasAlert() {
    return this.page.locator('#mirror').getByRole('alert').count().then((count) => count > 0);
  }

  async everythingIsMirrored(where) {
    assert.deepEqual(await this.app.unregisteredItems(), [], where);
  }
}
