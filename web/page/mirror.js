// The DOM tree over the canvas: one real element for each widget, laid on its rectangle, that can be read and operated.
import { countsAgain, keepsKey } from './keys.js';

const ARROW_STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
const TEXT_ROLES = new Set(['heading', 'text', 'status', 'alert', 'columnheader', 'cell']);
const CONTAINERS = new Set(['group', 'region', 'toolbar', 'dialog', 'radiogroup', 'tablist', 'table', 'row']);
const INPUT_TYPES = {
  switch: 'checkbox', checkbox: 'checkbox', radio: 'radio', slider: 'range', spinbutton: 'text', textbox: 'text',
};
const EDITED_BY_TYPING = new Set(['spinbutton', 'textbox']);

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === '') element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

function createElement({ role, level }) {
  if (role in INPUT_TYPES) {
    const input = document.createElement('input');
    input.type = INPUT_TYPES[role];
    input.autocomplete = 'off';
    if (role === 'switch' || role === 'spinbutton') input.setAttribute('role', role);
    if (role === 'spinbutton') input.inputMode = 'decimal';  // a comma is a comma: no field of the browser's reads it so
    return input;
  }
  if (role === 'button' || role === 'link' || role === 'tab') {
    const button = document.createElement('button');
    button.type = 'button';
    if (role !== 'button') button.setAttribute('role', role);
    return button;
  }
  if (role === 'combobox') return document.createElement('select');
  if (role === 'heading') return document.createElement(`h${level}`);
  if (role === 'text') return document.createElement('p');
  const element = document.createElement('div');
  if (role === 'splitter') element.setAttribute('role', 'separator');
  else if (role !== 'image') element.setAttribute('role', role);
  if (role === 'dialog') element.setAttribute('aria-modal', 'true');
  if (CONTAINERS.has(role)) element.dataset.holds = '';
  return element;
}

/** Keeps the tree as the app says, and tells the app what was done to it. */
export class Mirror {
  /** @param root the element that holds the tree  @param canvas where all other keys go  @param app the wasm module */
  constructor(root, canvas, app) {
    this.root = root;
    this.canvas = canvas;
    this.app = app;
    this.entries = new Map();  // by id; `edited`: being typed into; `awaiting`: a value was sent and not yet answered
    this.order = [];
    this.tabFrom = null;
    this.forwarded = new Set();
    this.pressedIn = new Map();  // by a key's code: what had the focus when it went down
    root.addEventListener('click', (event) => this.#onClick(event));
    root.addEventListener('input', (event) => this.#onInput(event));
    root.addEventListener('change', (event) => this.#onChange(event));
    root.addEventListener('focusin', (event) => this.#onFocus(event));
    root.addEventListener('focusout', (event) => this.#onBlur(event));
    document.addEventListener('keydown', (event) => this.#onKeyDown(event));
    document.addEventListener('keyup', (event) => this.#onKeyUp(event));
    canvas.addEventListener('pointerdown', (event) => this.#onPointer(event));
  }

  /** Brings the tree up to date with one frame's differences. */
  apply({ changed = [], removed = [], order, focus }) {
    for (const id of removed) this.#remove(id);
    const moved = new Set();
    for (const change of changed) this.#change(change, moved);
    if (order) {
      this.order = order;
      this.#arrange();
      for (const id of order) this.#place(this.entries.get(id));
    } else {
      for (const id of moved) {
        for (const child of this.entries.get(id)?.element.children ?? []) this.#place(this.#entryOf(child));
      }
    }
    if (focus !== undefined) this.#focus(focus);
  }

  #change(change, moved) {
    let entry = this.entries.get(change.id);
    const isNewKind = entry && (change.role ?? entry.state.role) === 'heading' &&
      (change.level ?? entry.state.level) !== entry.state.level;
    if (!entry || isNewKind || (change.role && change.role !== entry.state.role)) {
      const state = { ...entry?.state, ...change };
      const element = createElement(state);
      element.dataset.id = change.id;
      if (entry) entry.element.replaceWith(element);
      entry = { id: change.id, element, state, edited: false, sent: null, awaiting: false };
      this.entries.set(change.id, entry);
    } else {
      Object.assign(entry.state, change);
      if (change.role) entry.awaiting = false;  // told in whole: the answer to a request
    }
    this.#update(entry);
    if (change.rect) {
      this.#place(entry);
      moved.add(change.id);
    }
  }

  #update(entry) {
    const { element, state } = entry;
    const set = (name, value) => setAttribute(element, name, value);
    if (TEXT_ROLES.has(state.role)) {
      if (element.textContent !== state.name) element.textContent = state.name;
    } else {
      set('aria-label', state.name);
    }
    set('aria-description', state.description);
    set('aria-keyshortcuts', state.shortcut);
    set('data-unit', state.unit);
    set('aria-pressed', state.pressed);
    set('aria-expanded', state.expanded);
    if ('disabled' in element) element.disabled = state.disabled;
    else set('aria-disabled', state.disabled || null);
    if (state.role === 'tab') set('aria-selected', state.selected);
    else set('aria-current', state.selected || null);
    this.#updateValue(entry);
    this.#updateFocusability(entry);
  }

  #updateValue(entry) {
    const { element, state } = entry;
    const set = (name, value) => setAttribute(element, name, value);
    const ranged = state.min < state.max;
    switch (state.role) {
      case 'switch': case 'checkbox':
        element.checked = state.checked === true;
        break;
      case 'radio':
        element.name = `group-${state.group}`;
        element.checked = state.checked === true;
        break;
      case 'slider': case 'spinbutton': {
        const names = state.role === 'slider' ? ['min', 'max'] : ['aria-valuemin', 'aria-valuemax'];
        set(names[0], ranged ? state.min : null);
        set(names[1], ranged ? state.max : null);
        if (state.role === 'slider') set('step', state.step > 0 ? state.step : 'any');
        else set('aria-valuenow', state.number);
        set('aria-valuetext', state.valueText);
        const value = state.number === null ? '' : String(state.number);
        if (!entry.edited && element.value !== value) element.value = value;
        break;
      }
      case 'textbox':
        if (!entry.edited && element.value !== state.valueText) element.value = state.valueText;
        break;
      case 'combobox':
        this.#updateOptions(element, state);
        break;
      case 'splitter': case 'progressbar':
        set('aria-valuemin', ranged ? state.min : null);
        set('aria-valuemax', ranged ? state.max : null);
        set('aria-valuenow', state.number);
        set('aria-valuetext', state.valueText);
        break;
      default:
    }
  }

  #updateOptions(select, { options, optionIndex }) {
    const same = select.options.length === options.length &&
      options.every((text, index) => select.options[index].text === text);
    if (!same) select.replaceChildren(...options.map((text) => new Option(text)));
    if (select.selectedIndex !== optionIndex) select.selectedIndex = optionIndex;
  }

  #updateFocusability({ element, state }) {
    if (state.role === 'image') {
      // An application: screen readers hand it the arrow keys. Without the focus it is only a picture.
      element.setAttribute('role', state.focusable ? 'application' : 'img');
      if (state.focusable) element.setAttribute('aria-roledescription', 'image view');
    }
    const focusableDiv = state.role === 'image' || state.role === 'splitter';
    if (state.role === 'tab') element.tabIndex = state.selected ? 0 : -1;  // the arrows reach the others
    else if (focusableDiv) setAttribute(element, 'tabindex', state.focusable && !state.disabled ? 0 : null);
    else if (!TEXT_ROLES.has(state.role) && !CONTAINERS.has(state.role)) {
      setAttribute(element, 'tabindex', state.focusable ? null : -1);
    }
  }

  /** Lays an element on its widget's rectangle, relative to the container that it is in. */
  #place(entry) {
    if (!entry) return;
    const [x, y, width, height] = entry.state.rect;
    const [originX, originY] = this.entries.get(entry.state.group)?.state.rect ?? [0, 0];
    const style = entry.element.style;
    style.left = `${x - originX}px`;
    style.top = `${y - originY}px`;
    style.width = `${Math.max(1, width)}px`;
    style.height = `${Math.max(1, height)}px`;
  }

  #remove(id) {
    const entry = this.entries.get(id);
    if (!entry) return;
    if (entry.element.contains(document.activeElement)) {
      // Tab goes on from where the lost element was.
      const at = this.order.indexOf(id);
      this.tabFrom = this.entries.get(this.order[at - 1] ?? this.order[at + 1])?.element ?? null;
    }
    entry.element.remove();
    this.entries.delete(id);
  }

  /** Puts all elements into their containers in order, without ever moving the one that holds the focus. */
  #arrange() {
    const childrenOf = new Map();
    for (const id of this.order) {
      const { element, state } = this.entries.get(id);
      const parent = this.entries.get(state.group)?.element ?? this.root;
      if (!childrenOf.has(parent)) childrenOf.set(parent, []);
      childrenOf.get(parent).push(element);
    }
    for (const [parent, children] of childrenOf) {
      let pivot = children.findIndex((child) => child.parentNode === parent && child.contains(document.activeElement));
      if (pivot < 0) {
        pivot = 0;
        if (children[0].parentNode !== parent) parent.prepend(children[0]);
      }
      for (let i = pivot - 1; i >= 0; --i) {
        if (children[i].nextSibling !== children[i + 1] || children[i].parentNode !== parent) {
          parent.insertBefore(children[i], children[i + 1]);
        }
      }
      for (let i = pivot + 1; i < children.length; ++i) {
        if (children[i - 1].nextSibling !== children[i]) parent.insertBefore(children[i], children[i - 1].nextSibling);
      }
    }
    this.#yieldToDialog();
  }

  #dialog() {
    return this.root.querySelector(':scope > [role=dialog]');
  }

  /** Tab goes round within an open dialog; true when there is one. */
  #tabInDialog(event) {
    const stops = [...this.#dialog()?.querySelectorAll('[data-id]') ?? []].filter((e) => e.tabIndex >= 0 && !e.disabled);
    if (stops.length === 0) return false;
    const at = stops.indexOf(document.activeElement);
    const next = event.shiftKey ? (at <= 0 ? stops.length : at) - 1 : (at + 1) % stops.length;
    event.preventDefault();
    stops[next].focus({ preventScroll: true });
    return true;
  }

  /** While a dialog is open, nothing beside it can be reached. */
  #yieldToDialog() {
    const dialog = this.#dialog();
    for (const child of this.root.children) child.inert = dialog !== null && child !== dialog;
  }

  #focus(id) {
    if (id === 0) {
      if (this.root.contains(document.activeElement)) document.activeElement.blur();
      return;
    }
    const element = this.entries.get(id)?.element;
    element?.focus({ preventScroll: true });
    if (element?.select) element.select();
  }

  #entryOf(node) {
    return this.entries.get(Number(node?.closest?.('[data-id]')?.dataset.id));
  }

  #onClick(event) {
    const entry = this.#entryOf(event.target);
    if (entry?.element instanceof HTMLButtonElement) this.app.press(entry.id);
  }

  #onInput(event) {
    const entry = this.#entryOf(event.target);
    if (!entry) return;
    const { id, element, state } = entry;
    if (state.role === 'slider') this.app.setNumber(id, element.valueAsNumber);
    if (!EDITED_BY_TYPING.has(state.role)) return;
    entry.edited = true;
    // On the way to 120 stands 12: what is out of range, or no number yet, waits until the field is left.
    const number = Number(element.value.replace(',', '.'));
    if (state.role === 'textbox' || (element.value.trim() !== '' && number >= state.min && number <= state.max &&
        (state.step < 1 || (number - state.min) % state.step === 0))) this.#send(entry);
  }

  #onChange(event) {
    const entry = this.#entryOf(event.target);
    if (!entry) return;
    const { id, element, state } = entry;
    switch (state.role) {
      case 'switch': case 'checkbox': case 'radio':
        this.app.press(id);
        break;
      case 'combobox':
        this.app.setOption(id, element.selectedIndex);
        break;
      case 'spinbutton': case 'textbox':
        this.#finishEditing(entry);
        break;
      default:
    }
  }

  #send(entry) {
    const { id, element } = entry;
    if (entry.sent === element.value) return;
    entry.sent = element.value;
    entry.awaiting = true;
    this.app.setText(id, element.value);
  }

  /** What was typed counts now; then the field shows again what the app made of it. */
  #finishEditing(entry) {
    if (!entry.edited) return;
    if (entry.state.role === 'textbox' || entry.element.value.trim() !== '') this.#send(entry);
    this.#stopEditing(entry);
  }

  #stopEditing(entry) {
    entry.edited = false;
    entry.sent = null;
    if (!entry.awaiting) this.#updateValue(entry);
  }

  #onFocus(event) {
    const entry = this.#entryOf(event.target);
    if (entry) this.app.setFocus(entry.id, entry.element.matches(':focus-visible'));
  }

  #onBlur(event) {
    const entry = this.#entryOf(event.target);
    if (entry) this.#finishEditing(entry);
    if (!this.root.contains(event.relatedTarget)) this.app.setFocus(0, false);
  }

  /** A press on the canvas takes the focus away from the tree; Tab goes on from the widget that was pressed. */
  #onPointer(event) {
    if (this.root.contains(document.activeElement)) document.activeElement.blur();
    let smallest = Infinity;
    this.tabFrom = null;
    for (const { element, state } of this.entries.values()) {
      const [x, y, width, height] = state.rect;
      const inside = event.clientX >= x && event.clientX < x + width && event.clientY >= y && event.clientY < y + height;
      if (inside && element.tabIndex >= 0 && !element.disabled && width * height < smallest) {
        smallest = width * height;
        this.tabFrom = element;
      }
    }
  }

  #onKeyDown(event) {
    if (event.target === this.canvas) return;
    const entry = this.#entryOf(event.target);
    if (!event.repeat) {
      this.pressedIn.set(event.code, event.target);
    } else if (event.key === 'Tab' || (entry && keepsKey(entry, event) &&
        !countsAgain(entry, event, this.pressedIn.get(event.code) === event.target))) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Tab') {
      if (this.#tabInDialog(event)) return;
      if (!entry && this.tabFrom?.isConnected) this.tabFrom.focus({ preventScroll: true });
      this.tabFrom = null;
      return;
    }
    if (entry && this.#useKey(entry, event)) {
      event.preventDefault();
    } else if (entry ? !keepsKey(entry, event) : event.target === document.body) {
      this.forwarded.add(event.code);
      this.#forward(event);
    }
  }

  #onKeyUp(event) {
    if (event.target !== this.canvas && this.forwarded.delete(event.code)) this.#forward(event);
  }

  /** Keys of the controls that the browser does not know by itself. */
  #useKey(entry, { key, ctrlKey, metaKey, altKey }) {
    const { role } = entry.state;
    if (ctrlKey || metaKey || altKey) return false;
    // A number that is being typed is dropped; text has counted from its first letter on, so there the key is the app's.
    if (key === 'Escape' && entry.edited && role !== 'textbox') {
      this.#stopEditing(entry);
      return true;
    }
    if (role === 'spinbutton') return this.#stepNumber(entry, key);
    if (role === 'tab') return this.#moveAmongTabs(entry, key);
    if (role === 'splitter') return this.#moveSplitter(entry, key);
    return false;
  }

  #moveAmongTabs({ element }, key) {
    const tabs = [...element.parentNode.querySelectorAll('[role=tab]:not(:disabled)')];
    const at = tabs.indexOf(element);
    const to = key === 'Home' ? 0 : key === 'End' ? tabs.length - 1
      : key in ARROW_STEPS ? (at + ARROW_STEPS[key] + tabs.length) % tabs.length : -1;
    if (to < 0) return false;
    tabs[to].focus({ preventScroll: true });
    tabs[to].click();
    return true;
  }

  #stepNumber(entry, key) {
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return false;
    this.#stopEditing(entry);
    this.app.setNumber(entry.id, entry.state.number - ARROW_STEPS[key] * (entry.state.step || 1));
    return true;
  }

  #moveSplitter({ id, state }, key) {
    const step = state.step || (state.max - state.min) / 100;
    const to = key === 'Home' ? state.min : key === 'End' ? state.max
      : key in ARROW_STEPS ? state.number + ARROW_STEPS[key] * step : null;
    if (to === null) return false;
    state.number = Math.min(state.max, Math.max(state.min, to));
    this.app.setNumber(id, state.number);
    return true;
  }

  /** Hands a key to the canvas, as if that had the focus: there is one way of keys into the app. */
  #forward(event) {
    if (!this.canvas.dispatchEvent(new KeyboardEvent(event.type, event))) event.preventDefault();
  }
}
