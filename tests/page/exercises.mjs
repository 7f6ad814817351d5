// What the tests that walk a lesson share: exercises worked with real keys and the mouse, pixels walked to, what the page says.
import assert from 'node:assert/strict';

/** Opens an exercise by its place in the list. */
export async function openExercise(d, number) {
  await d.pressOn(d.page.getByRole('button', { name: new RegExp(`^Exercise ${number}(, solved)?$`) }));
}

/** Types an answer with real keys and presses Check; the word and the sentence that come back. */
export async function answer(d, text) {
  const field = d.page.getByRole('textbox', { name: /^Your answer/ });
  await d.pressOn(field);
  await field.fill('');
  await d.page.keyboard.type(text);
  await d.click('button', 'Check');
  return said(d);
}

async function said(d) {
  for (const word of ['Right', 'Not yet']) {
    if (await d.page.getByRole('heading', { name: word, exact: true }).count() > 0) {
      const sentence = await d.page.getByRole('heading', { name: word, exact: true })
        .evaluate((heading) => heading.nextElementSibling.textContent);
      return { word, sentence };
    }
  }
  return { word: null, sentence: null };
}

/** Pins a pixel of a small image by walking there with the arrow keys. */
export async function walkTo(d, row, col) {
  await d.page.evaluate(() => document.activeElement.blur());
  await d.press('ArrowRight');
  for (let i = 0; i < 4; ++i) {
    const at = await d.pixel();
    if (at.row === row && at.col === col) return;
    const go = async (key, steps) => { for (let n = 0; n < steps; ++n) await d.page.keyboard.press(key); };
    await go(at.row < row ? 'ArrowDown' : 'ArrowUp', Math.abs(at.row - row));
    await go(at.col < col ? 'ArrowRight' : 'ArrowLeft', Math.abs(at.col - col));
    await d.computed();
  }
  assert.fail(`the pin does not reach row ${row}, column ${col}`);
}

/** The small field, at a step. */
export async function smallField(stage, step) {
  const d = await stage.open();
  await d.openSample('The small field');
  await d.goTo(step);
  return d;
}

/** Waits for a text of the page that matches. */
export async function sees(d, pattern) {
  await d.page.getByText(pattern).first().waitFor({ timeout: 5000 });
}

export async function closeExercise(d) {
  await d.click('button', 'Close the exercise');
}

/** Where the step's player is. */
export async function position(d, name) {
  return Number(await d.widget('slider', name).inputValue());
}

export async function moveTo(d, name, value) {
  await d.widget('spinbutton', name).fill(String(value));
  // Left again: in a number, a comma and a point are typed.
  await d.page.evaluate(() => document.activeElement.blur());
  await d.page.waitForFunction(([label, wanted]) =>
    Number(document.querySelector(`input[type=range][aria-label="${label}"]`).value) === wanted, [name, value]);
  await d.computed();
}

/** A function that gives the middle of an image's pixel on the screen; while nothing is pinned and pixels are large. */
export async function middles(d) {
  const percent = await d.page.evaluate(() => [...document.querySelectorAll('#mirror *')]
    .map((element) => (element.getAttribute('aria-label') ?? element.textContent).match(/^Zoom (\d+) %$/)?.[1])
    .find((found) => found));
  const zoom = Number(percent) / 100;
  const inside = await d.imagePoint(0.5, 0.5);
  const at = await d.hover(inside);
  const edges = [];
  for (const [axis, part] of [[0, 'col'], [1, 'row']]) {
    let [low, high] = [0, zoom + 1];
    while (high - low > 1) {
      const further = (low + high) / 2;
      const point = [...inside];
      point[axis] += further;
      if ((await d.hover(point))[part] === at[part]) low = further;
      else high = further;
    }
    edges.push(inside[axis] + high);
  }
  return (row, col) => [edges[0] + (col - at.col - 0.5) * zoom, edges[1] + (row - at.row - 0.5) * zoom];
}
