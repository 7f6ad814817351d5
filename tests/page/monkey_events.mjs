// What a monkey does with the page: random events without end, the same ones for the same seed.
//
// An event is plain data and free of any browser: places are shares of the window, or of an item's rectangle, where an item
// is a share of the list of all interactive items that there are at that moment. Who plays the events finds what they mean.
//
//   {kind: 'move', at}                                   the mouse goes there
//   {kind: 'button', button, down}                       0 left, 1 middle, 2 right; where the mouse is
//   {kind: 'wheel', dx, dy, ctrl}                        in CSS pixels
//   {kind: 'key', key, code, down, ctrl, shift, alt}     as the DOM names keys
//   {kind: 'touch', phase, fingers: [at ...]}            start, move, end, cancel
//   {kind: 'operate', item, share, text}                 what assistive technology does: press it, or give it a value
//   {kind: 'focus', item}                                the keyboard's focus goes there
//   {kind: 'resize', width, height, ratio}               of the window, in CSS pixels
//   {kind: 'drop', files: [share ...]}                   files of a list that the player has
//   {kind: 'address', back}                              a link that the page had so many addresses ago is opened
//   {kind: 'window', is}                                 'blurred', 'focused', 'lost' and 'restored' (the GPU)
//   {kind: 'frames', count}                              so many frames are drawn before the next event
//   {kind: 'wait', milliseconds}                         nothing happens for so long, but for frames

const NAMED = [
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'Insert', 'Delete', 'Backspace',
  'Enter', 'Escape', 'Tab',
];
const CHARACTERS = 'abcdefghijklmnoqrstuvwxyz0123456789 ,./?+-=[]\'';  // P has a gesture of its own
const WITH_CONTROL = 'azyxc';
const TYPED = ['', '0', '1', '2.5', '-3', '255', '1e9', '99999999999', 'otsu', '0,5', 'nan', '\u{1F52C}', ' ', 'x'.repeat(300)];
const SIZES = [[1280, 800], [1280, 800], [1920, 1080], [700, 800], [390, 844], [844, 390], [320, 256], [200, 120], [1, 1]];
const RATIOS = [1, 1, 1, 1.25, 2];

/** Numbers from 0 to below 1 (xorshift: period 2^32 - 1). */
export function numbers(seed) {
  let state = (Math.imul(seed, 0x9E3779B1) ^ 0x5F356495) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** Makes the gestures of one seed. */
class Monkey {
  constructor(seed) {
    this.random = numbers(seed);
    // What is done, and how often of all.
    this.gestures = [
      [26, this.click], [22, this.stroke], [8, this.drag], [6, this.wheel], [7, this.hover], [9, this.operate],
      [4, this.type], [3, this.tap], [3, this.fingers], [2, this.focus], [2, this.resize], [2, this.drop], [2, this.address],
      [2, this.mash], [1, this.blur], [0.4, this.loseGpu], [2, this.wait], [1, this.present], [1, this.home],
    ];
    this.total = this.gestures.reduce((sum, [weight]) => sum + weight, 0);
  }

  chance(share) {
    return this.random() < share;
  }

  below(count) {
    return Math.floor(this.random() * count);
  }

  of(list) {
    return list[this.below(list.length)];
  }

  /** Mostly on an item, else anywhere, now and then outside of the window. */
  place() {
    const [x, y] = [this.random(), this.random()];
    if (this.chance(0.75)) return { item: this.random(), x, y };
    return this.chance(0.05) ? { x: x * 1.4 - 0.2, y: y * 1.4 - 0.2 } : { x, y };
  }

  modifiers() {
    return { ctrl: this.chance(0.04), shift: this.chance(0.08), alt: this.chance(0.02) };
  }

  * gesture() {
    let left = this.random() * this.total;
    const [, act] = this.gestures.find(([weight]) => (left -= weight) < 0) ?? this.gestures[0];
    yield* act.call(this);
    // Some come so fast that several fall into one frame.
    if (this.chance(0.6)) yield { kind: 'frames', count: 1 + this.below(3) };
  }

  * click(button = this.chance(0.92) ? 0 : 1 + this.below(2)) {
    const times = this.chance(0.1) ? 2 : 1;
    yield { kind: 'move', at: this.place() };
    if (this.chance(0.7)) yield { kind: 'frames', count: 1 };
    for (let i = 0; i < times; ++i) {
      yield { kind: 'button', button, down: true };
      if (this.chance(0.3)) yield { kind: 'frames', count: 1 };
      yield { kind: 'button', button, down: false };
    }
  }

  * drag() {
    yield { kind: 'move', at: this.place() };
    if (this.chance(0.7)) yield { kind: 'frames', count: 1 };
    yield { kind: 'button', button: 0, down: true };
    for (let i = this.below(5); i >= 0; --i) {
      yield { kind: 'move', at: this.place() };
      if (this.chance(0.5)) yield { kind: 'frames', count: 1 };
      if (this.chance(0.05)) yield* this.stroke();
    }
    // Now and then the button stays down for a while.
    if (this.chance(0.95)) yield { kind: 'button', button: 0, down: false };
  }

  * hover() {
    yield { kind: 'move', at: this.place() };
    yield { kind: 'wait', milliseconds: this.chance(0.5) ? 700 : 100 };
  }

  * wheel() {
    yield { kind: 'move', at: this.place() };
    for (let i = this.below(3); i >= 0; --i) {
      yield { kind: 'wheel', dx: this.chance(0.1) ? 120 : 0, dy: (this.random() - 0.5) * 600, ctrl: this.chance(0.15) };
    }
  }

  key() {
    if (this.chance(0.3)) {
      const key = this.of(NAMED);
      return { key, code: key };
    }
    const key = this.of(CHARACTERS);
    return { key, code: /[a-z]/.test(key) ? `Key${key.toUpperCase()}` : /[0-9]/.test(key) ? `Digit${key}` : key === ' ' ? 'Space' : '' };
  }

  * stroke() {
    const command = this.chance(0.06);
    const letter = this.of(WITH_CONTROL);
    const key = command ? { key: letter, code: `Key${letter.toUpperCase()}` } : this.key();
    const modifiers = command ? { ctrl: true, shift: this.chance(0.3), alt: false } : this.modifiers();
    yield { kind: 'key', ...key, ...modifiers, down: true };
    for (let i = this.chance(0.1) ? this.below(6) : 0; i > 0; --i) {
      yield { kind: 'key', ...key, ...modifiers, down: true, repeat: true };
      if (this.chance(0.5)) yield { kind: 'frames', count: 1 };
    }
    if (this.chance(0.98)) yield { kind: 'key', ...key, ...modifiers, down: false };
  }

  /** Many keys at once. */
  * mash() {
    const keys = Array.from({ length: 2 + this.below(5) }, () => this.key());
    for (const key of keys) yield { kind: 'key', ...key, ctrl: false, shift: false, alt: false, down: true };
    for (const key of keys) yield { kind: 'key', ...key, ctrl: false, shift: false, alt: false, down: false };
  }

  * operate() {
    yield { kind: 'operate', item: this.random(), share: this.random(), text: this.of(TYPED) };
  }

  /** Into whatever has the focus after a press. */
  * type() {
    yield* this.click(0);
    yield { kind: 'frames', count: 2 };
    for (const key of this.of(TYPED).slice(0, 12)) {
      yield { kind: 'key', key, code: '', ctrl: false, shift: false, alt: false, down: true };
      yield { kind: 'key', key, code: '', ctrl: false, shift: false, alt: false, down: false };
    }
    if (this.chance(0.5)) yield { kind: 'key', key: 'Enter', code: 'Enter', ctrl: false, shift: false, alt: false, down: true };
    if (this.chance(0.5)) yield { kind: 'key', key: 'Enter', code: 'Enter', ctrl: false, shift: false, alt: false, down: false };
  }

  * tap() {
    const at = this.place();
    yield { kind: 'touch', phase: 'start', fingers: [at] };
    if (this.chance(0.4)) yield { kind: 'touch', phase: 'move', fingers: [this.place()] };
    if (this.chance(0.5)) yield { kind: 'frames', count: 1 };
    yield { kind: 'touch', phase: this.chance(0.9) ? 'end' : 'cancel', fingers: [] };
  }

  /** Two or three fingers come, move and go, one after the other. */
  * fingers() {
    const all = Array.from({ length: 2 + this.below(2) }, () => this.place());
    for (let i = 1; i <= all.length; ++i) yield { kind: 'touch', phase: 'start', fingers: all.slice(0, i) };
    for (let i = this.below(4); i > 0; --i) {
      yield { kind: 'touch', phase: 'move', fingers: all.map(() => this.place()) };
      if (this.chance(0.5)) yield { kind: 'frames', count: 1 };
    }
    for (let i = all.length - 1; i >= 0; --i) yield { kind: 'touch', phase: 'end', fingers: all.slice(0, i) };
  }

  * focus() {
    yield { kind: 'focus', item: this.random() };
    if (this.chance(0.7)) yield* this.stroke();
  }

  * resize() {
    for (let i = this.chance(0.2) ? 4 : 0; i >= 0; --i) {
      const [width, height] = this.chance(0.7) ? this.of(SIZES) : [50 + this.below(1900), 50 + this.below(1000)];
      yield { kind: 'resize', width, height, ratio: this.of(RATIOS) };
    }
    if (this.chance(0.2)) yield* this.click();
    yield { kind: 'frames', count: 2 };
    if (this.chance(0.85)) yield { kind: 'resize', width: 1280, height: 800, ratio: 1 };
  }

  /** Back to where most widgets are. */
  * home() {
    yield { kind: 'resize', width: 1280, height: 800, ratio: 1 };
    for (const down of [true, false]) yield { kind: 'key', key: 'Escape', code: 'Escape', ctrl: false, shift: false, alt: false, down };
  }

  /** The presentation, for a while: it has few widgets. */
  * present() {
    for (const again of [true, false]) {
      for (const down of [true, false]) yield { kind: 'key', key: 'p', code: 'KeyP', ctrl: false, shift: false, alt: false, down };
      if (again) for (let i = this.below(4); i >= 0; --i) yield* this.chance(0.5) ? this.click() : this.stroke();
    }
  }

  * drop() {
    yield { kind: 'drop', files: Array.from({ length: this.chance(0.8) ? 1 : 3 }, () => this.random()) };
  }

  * address() {
    yield { kind: 'address', back: this.below(12) };
  }

  * blur() {
    yield { kind: 'window', is: 'blurred' };
    if (this.chance(0.5)) yield { kind: 'frames', count: 1 };
    yield { kind: 'window', is: 'focused' };
  }

  * loseGpu() {
    yield { kind: 'window', is: 'lost' };
    for (let i = this.below(3); i > 0; --i) yield* this.chance(0.5) ? this.click() : this.stroke();
    yield { kind: 'window', is: 'restored' };
    yield { kind: 'frames', count: 2 };
  }

  * wait() {
    yield { kind: 'wait', milliseconds: 50 + this.below(1500) };
  }
}

/** The first `count` events of a seed. */
export function* events(seed, count) {
  const monkey = new Monkey(seed);
  for (let made = 0; made < count;) {
    for (const event of monkey.gesture()) {
      if (made === count) return;
      yield event;
      made += 1;
    }
  }
}
