// The monkey's hands in the page: plays events (monkey_events.mjs) as the browser would bring them, on a clock of its own.

/**
 * To be run in the page before its own scripts; makes globalThis.monkey. Frames, timers and the time of day go by the clock
 * as soon as `takeOver` is called, so that the same events meet the same frames, however slow the machine is.
 * @param files what can be dropped: `[name, base64]` each
 */
export function install(files) {
  const FRAME = 1000 / 60;
  const PAINTED = 25;  // of so many frames one
  const TICK = 0.02;  // milliseconds that pass with every look at the clock, so that work is cut into slices
  const OPERABLE = new Set([
    'button', 'link', 'switch', 'checkbox', 'radio', 'tab', 'combobox', 'slider', 'spinbutton', 'textbox', 'image', 'splitter',
  ]);

  // --- the clock -------------------------------------------------------------------------------------------------------------

  const real = {
    now: performance.now.bind(performance), setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout,
    requestAnimationFrame: globalThis.requestAnimationFrame,
  };
  const clock = { mine: false, now: 0, due: new Map(), next: 1e9, frames: [] };

  performance.now = () => (clock.mine ? (clock.now += TICK) : real.now());
  globalThis.setTimeout = (act, delay = 0, ...rest) => {
    if (!clock.mine) return real.setTimeout.call(globalThis, act, delay, ...rest);
    clock.due.set(++clock.next, { at: clock.now + Number(delay), act: () => act(...rest) });
    return clock.next;
  };
  globalThis.clearTimeout = (id) => {
    if (!clock.due.delete(id)) real.clearTimeout.call(globalThis, id);
  };
  globalThis.requestAnimationFrame = (act) => {
    if (!clock.mine) return real.requestAnimationFrame.call(globalThis, act);
    return clock.frames.push(act);
  };

  /** As an event's own call: what it throws is the page's, and ends nothing else. */
  const call = (act, ...rest) => {
    try {
      act(...rest);
    } catch (error) {
      reportError(error);
    }
  };

  // Nearly all of a frame's time is the GPU's, here without one: most frames are made up to the last call and not painted.
  let painted = 0;
  for (const name of ['clear', 'drawElements', 'drawArrays', 'drawArraysInstanced', 'blitFramebuffer']) {
    const act = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function paint(...values) {
      if (!clock.mine || painted % PAINTED === 0) act.apply(this, values);
    };
  }

  function pass(milliseconds) {
    const end = clock.now + milliseconds;
    for (;;) {
      const [id, first] = [...clock.due].reduce((a, b) => (a && a[1].at <= b[1].at ? a : b), null) ?? [];
      if (!first || first.at > end) break;
      clock.due.delete(id);
      clock.now = Math.max(clock.now, first.at);
      call(first.act);
    }
    clock.now = Math.max(clock.now, end);
    const frames = clock.frames.splice(0);
    if (frames.length > 0) painted += 1;
    for (const act of frames) call(act, clock.now);
  }

  // --- what would end or leave the page is only counted ----------------------------------------------------------------------

  const choose = HTMLInputElement.prototype.click;
  HTMLInputElement.prototype.click = function click() {
    if (this.type !== 'file') choose.call(this);
  };
  HTMLAnchorElement.prototype.click = () => {};
  const aborted = () => Promise.reject(new DOMException('The reader closed the dialog.', 'AbortError'));
  if (globalThis.showSaveFilePicker) globalThis.showSaveFilePicker = aborted;
  if (globalThis.showDirectoryPicker) globalThis.showDirectoryPicker = aborted;

  // --- what went wrong -------------------------------------------------------------------------------------------------------

  const problems = [];
  const harmless = (text) => String(text).includes('ResizeObserver loop');
  addEventListener('error', (event) => {
    if (!harmless(event.message)) problems.push(`error: ${event.error?.stack ?? event.message}`);
  });
  addEventListener('unhandledrejection', (event) => { problems.push(`rejection: ${event.reason?.stack ?? event.reason}`); });

  function look() {
    const problem = document.getElementById('problem');
    const found = problems.splice(0);
    if (!problem.hidden) found.push(`the page says: ${problem.querySelector('p').textContent}`);
    if (document.body.classList.contains('stopped')) return found;  // nobody is at home
    const missing = floodlight.unregisteredItems();
    if (missing?.length > 0) found.push(`not in the mirror: ${missing.join(', ')}`);
    const alert = document.querySelector('#mirror [role=alert]')?.textContent ?? '';
    if (alert.startsWith('This link cannot be opened')) found.push(`an address of the page's own: ${location.hash}: ${alert}`);
    const astray = entries().find(({ state }) => !state.rect.every(Number.isFinite));
    if (astray) found.push(`nowhere on the screen: ${astray.state.name}`);
    const dialogs = document.querySelectorAll('#mirror [role=dialog]').length;
    if (dialogs > 1) found.push(`${dialogs} dialogs at once`);
    return found;
  }

  // --- the hands -------------------------------------------------------------------------------------------------------------

  const hands = { at: [0, 0], buttons: 0, width: 1280, height: 800, ratio: 1, fingers: 0, addresses: [''] };
  Object.defineProperty(globalThis, 'devicePixelRatio', { get: () => hands.ratio, configurable: true });
  const canvas = () => document.getElementById('canvas');
  const entries = () => [...floodlight.host.domMirror.entries.values()].filter(({ state }) => OPERABLE.has(state.role));
  const entryAt = (share) => {
    const all = entries();
    return all[Math.floor(share * all.length)];
  };

  function point({ item, x, y }) {
    const rect = item === undefined ? null : entryAt(item)?.state.rect;
    return rect ? [rect[0] + x * rect[2], rect[1] + y * rect[3]] : [x * hands.width, y * hands.height];
  }

  const mouse = (type, more = {}) => new MouseEvent(type, {
    bubbles: true, cancelable: true, clientX: hands.at[0], clientY: hands.at[1], buttons: hands.buttons, ...more,
  });

  function keyDefaults(target, { key, shift }) {
    if (key === 'Tab') {
      const stops = [...document.querySelectorAll('#mirror [data-id]')].filter((e) => e.tabIndex >= 0 && !e.disabled && !e.closest('[inert]'));
      const next = stops[(stops.indexOf(target) + (shift ? -1 : 1) + stops.length) % stops.length];
      next?.focus();
    } else if (target instanceof HTMLButtonElement || target.type === 'checkbox' || target.type === 'radio') {
      if (key === ' ' || (key === 'Enter' && target instanceof HTMLButtonElement)) target.click();
    } else if (target.type === 'range' && key.startsWith('Arrow')) {
      if (key === 'ArrowRight' || key === 'ArrowUp') target.stepUp();
      else target.stepDown();
      target.dispatchEvent(new Event('input', { bubbles: true }));
    } else if (target instanceof HTMLInputElement && /^(text|number)$/.test(target.type)) {
      if (key === 'Enter') target.dispatchEvent(new Event('change', { bubbles: true }));
      const value = key === 'Backspace' ? target.value.slice(0, -1) : [...key].length === 1 ? target.value + key : target.value;
      if (value === target.value) return;
      target.value = value;
      target.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  function give(element, { share, text }) {
    const tell = (...types) => types.forEach((type) => element.dispatchEvent(new Event(type, { bubbles: true })));
    if (element.disabled || element.closest('[inert]')) return;
    if (element instanceof HTMLButtonElement || element.type === 'checkbox' || element.type === 'radio') {
      element.click();
    } else if (element instanceof HTMLSelectElement) {
      element.selectedIndex = Math.floor(share * element.options.length);
      tell('input', 'change');
    } else if (element.type === 'range') {
      element.valueAsNumber = Number(element.min) + share * (Number(element.max) - Number(element.min));
      tell('input', 'change');
    } else if (element instanceof HTMLInputElement) {
      element.focus();
      element.value = text;
      tell('input', 'change');
    } else {
      element.focus();
    }
  }

  function touch(type, fingers) {
    const target = canvas();
    const all = fingers.map((at, identifier) => {
      const [clientX, clientY] = point(at);
      return new Touch({ identifier, target, clientX, clientY });
    });
    const gone = Array.from({ length: Math.max(0, hands.fingers - all.length) }, (_, i) =>
      new Touch({ identifier: all.length + i, target, clientX: 5, clientY: 5 }));
    const changed = type === 'touchmove' ? all : type === 'touchstart' ? all.slice(hands.fingers) : gone;
    hands.fingers = all.length;
    target.dispatchEvent(new TouchEvent(type, {
      bubbles: true, cancelable: true, touches: all, targetTouches: all, changedTouches: changed,
    }));
  }

  const gpu = () => {
    hands.gpu ??= canvas().getContext('webgl2').getExtension('WEBGL_lose_context');
    return hands.gpu;
  };

  const plays = {
    move({ at }) {
      hands.at = point(at);
      canvas().dispatchEvent(mouse('mousemove'));
    },
    button({ button, down }) {
      const bit = [1, 4, 2][button];
      hands.buttons = down ? hands.buttons | bit : hands.buttons & ~bit;
      const where = { button, buttons: hands.buttons };
      const [clientX, clientY] = hands.at;
      if (down) canvas().dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, clientX, clientY }));
      canvas().dispatchEvent(mouse(down ? 'mousedown' : 'mouseup', where));
    },
    wheel({ dx, dy, ctrl }) {
      const [clientX, clientY] = hands.at;
      canvas().dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX, clientY, deltaX: dx, deltaY: dy, ctrlKey: ctrl }));
    },
    key({ key, code, down, repeat, ctrl, shift, alt }) {
      const target = document.activeElement ?? document.body;
      const event = new KeyboardEvent(down ? 'keydown' : 'keyup', {
        bubbles: true, cancelable: true, key, code, repeat, ctrlKey: ctrl, shiftKey: shift, altKey: alt,
      });
      if (target.dispatchEvent(event) && down && !ctrl && !alt) keyDefaults(target, { key, shift });
    },
    touch({ phase, fingers }) {
      touch(`touch${phase}`, fingers);
    },
    operate({ item, share, text }) {
      const entry = entryAt(item);
      if (entry) give(entry.element, { share, text });
    },
    focus({ item }) {
      entryAt(item)?.element.focus();
    },
    resize({ width, height, ratio }) {
      Object.assign(hands, { width, height, ratio });
      floodlight.resized(width, height, Math.round(width * ratio), Math.round(height * ratio));
    },
    drop({ files: shares }) {
      const dataTransfer = new DataTransfer();
      for (const share of shares) {
        const [name, base64] = files[Math.floor(share * files.length)];
        dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      }
      for (const type of ['dragenter', 'dragover', 'drop']) {
        canvas().dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    address({ back }) {
      location.hash = hands.addresses.at(-1 - back) ?? '';
    },
    window({ is }) {
      if (is === 'lost') gpu().loseContext();
      else if (is === 'restored') gpu().restoreContext();
      if (is === 'lost' || is === 'restored') hands.lost = is === 'lost';
      else dispatchEvent(new Event(is === 'blurred' ? 'blur' : 'focus'));
    },
    frames({ count }) {
      for (let i = 0; i < count; ++i) pass(FRAME);
    },
    wait({ milliseconds }) {
      for (let left = milliseconds; left > 0; left -= 5 * FRAME) pass(5 * FRAME);
    },
  };

  /** Lets the browser bring what it has: messages, files read, what became of the GPU. */
  const breath = (milliseconds = 0) => new Promise((resolve) => { real.setTimeout.call(globalThis, resolve, milliseconds); });

  globalThis.monkey = {
    takeOver() {
      clock.now = real.now();
      clock.mine = true;
    },
    /** Plays events one after the other; what went wrong, and after which of them. */
    async play(events) {
      for (const [index, event] of events.entries()) {
        call(plays[event.kind], event);
        if (/^(drop|address|window|frames|wait)$/.test(event.kind)) await breath(/drop|window/.test(event.kind) ? 50 : 0);
        if (location.hash !== hands.addresses.at(-1)) hands.addresses.push(location.hash);
        const found = look();
        if (found.length > 0) return { found, index };
      }
      return { found: [], index: events.length };
    },
    /** Whether a frame is still drawn when one is asked for; without a GPU none has to be. */
    draws() {
      if (hands.lost) return true;
      const drawn = floodlight.frames();
      floodlight.requestFrame();
      pass(FRAME);
      pass(FRAME);
      return floodlight.frames() > drawn;
    },
  };
}
