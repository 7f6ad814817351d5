// What the app asks of the browser and C++ cannot do by itself: sizes, clipboard, files, settings.
import { Mirror } from './mirror.js';
import { Files } from './files.js';
import { download } from './results.js';

const SETTING_PREFIX = 'floodlight.';
const ADDRESS_DELAY = 700;  // milliseconds; some browsers refuse more than 100 new addresses in 30 seconds

/** What an address without a fragment opens. */
const AS_OPENED = 'v=1&image=nuclei_01';

/** The image and the step of a link. */
function placeOf(fragment) {
  const link = new URLSearchParams(fragment || AS_OPENED);
  return ['image', 'file', 'step'].map((name) => link.get(name) ?? '').join(' ').replace(/ watershed$/, ' ');
}

/** The object that the app calls as Module.host (see web/app/platform.cpp and mirror.cpp). */
export class Host {
  /** @param canvas the app's canvas  @param giveUp shows a sentence in place of the app */
  constructor(canvas, giveUp) {
    this.canvas = canvas;
    this.giveUp = giveUp;
    this.settling = [];  // who waits for it
  }

  /** The app is there and wants to hear of the page. */
  start(app) {
    this.app = app;
    this.domMirror = new Mirror(document.getElementById('mirror'), this.canvas, app);
    this.files = new Files(app, () => this.imageSet());
    this.#watchSize();
    this.canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    this.fragment = location.hash.slice(1);
    addEventListener('hashchange', () => this.#followAddress());
    document.addEventListener('paste', (event) => app.paste(event.clipboardData?.getData('text/plain') ?? ''));
    for (const query of ['(prefers-color-scheme: light)', '(prefers-reduced-motion: reduce)']) {
      matchMedia(query).addEventListener('change', () => app.requestFrame());
    }
  }

  /** A canvas over the app's, which keeps the events, for what the processor draws; whether there is one. */
  beginPicture() {
    const picture = document.createElement('canvas');
    picture.id = 'picture';
    picture.setAttribute('aria-hidden', 'true');
    this.canvas.after(picture);
    this.picture = picture.getContext('2d', { alpha: false });
    return this.picture !== null;
  }

  /** Shows a part of the picture that lies in the program's memory. */
  showPicture(memory, address, cols, rows, ...part) {
    const { canvas } = this.picture;
    if (canvas.width !== cols || canvas.height !== rows) Object.assign(canvas, { width: cols, height: rows });
    const pixels = new Uint8ClampedArray(memory, address, 4 * cols * rows);
    this.picture.putImageData(new ImageData(pixels, cols, rows), 0, 0, ...part);
  }

  mirror(differences) {
    this.domMirror.apply(JSON.parse(differences));
  }

  setCursor(name) {
    this.canvas.style.cursor = name;
  }

  copyText(text) {
    // Without https, and from file://, there is no navigator.clipboard.
    if (navigator.clipboard && isSecureContext) {
      navigator.clipboard.writeText(text).catch(() => this.#copyBySelection(text));
    } else {
      this.#copyBySelection(text);
    }
  }

  saveFile(name, bytes, mime) {
    download(name, new Blob([bytes], { type: mime }));
  }

  chooseFile(isTruth) {
    this.files.choose(isTruth);
  }

  /** A frame was drawn: soon the address says what it shows, and what it shows is kept for the case that all goes wrong. */
  drawn() {
    if (this.settling.length > 0) queueMicrotask(() => this.#tellSettled());  // when the frame's own work is over
    if (this.late) {
      this.late = false;
      this.#keep();
      return;
    }
    this.addressTimer ??= setTimeout(() => {
      this.addressTimer = null;
      if (!this.app.whole) return;
      // What no frame has shown yet may be what none survives: it waits for one.
      if (this.app.owesFrame()) this.late = true;
      else this.#keep();
    }, ADDRESS_DELAY);
  }

  /** What is on the screen is kept beside its address, for the case that all goes wrong (rescue.js). */
  #keep() {
    this.kept = JSON.parse(this.app.stateToKeep());
    this.#updateAddress(this.kept.fragment);
  }

  /** Resolves when the app owes nothing any more: nothing is computed, drawn or answered until somebody does something. */
  settled() {
    return new Promise((resolve) => {
      this.settling.push(resolve);
      this.#tellSettled();
    });
  }

  /** The program is gone: what was kept stays as it is. */
  stop() {
    clearTimeout(this.addressTimer);
  }

  /** What runs many images, fetched when it is first asked for; null if it cannot be had, which the app is told. */
  async imageSet() {
    try {
      const { ImageSet } = await import('./image-set.js');
      this.imageSetLoaded ??= new ImageSet(this.app);
      return this.imageSetLoaded;
    } catch (error) {
      this.app.fileProblem(`Many images cannot be run: ${error.message}`);
      this.app.endRun();
      return null;
    }
  }

  /** Calls it by the command's name, at once when it is there. */
  askImageSet(command, request) {
    if (this.imageSetLoaded) this.imageSetLoaded[command](request);
    else this.imageSet().then((set) => set?.[command](request));
  }

  /** What trains networks, fetched when it is first asked for; null if it cannot be had, which the app is told. */
  async training() {
    try {
      const { Training } = await import('./training.js');
      return (this.trainingLoaded ??= new Training(this.app));
    } catch (error) {
      this.app.trainingLost(`No network can be trained: ${error.message}`);
      return null;
    }
  }

  /** Calls it by the command's name. */
  askTraining(command, request) {
    this.training().then((training) => training?.[command](request));
  }

  async showNotices() {
    try {
      const { showNotices } = await import('./notices.js');
      await showNotices();
    } catch (error) {
      this.app.fileProblem(`The licences cannot be shown: ${error.message}`);
    }
  }

  hasFolders() {
    return typeof globalThis.showDirectoryPicker === 'function';
  }

  matches(query) {
    return matchMedia(query).matches;
  }

  isMac() {
    return /^(Mac|iP)/.test(navigator.platform);
  }

  /** Null where nothing was kept, or where the browser keeps nothing. */
  setting(key) {
    try {
      return localStorage.getItem(SETTING_PREFIX + key);
    } catch {
      return null;
    }
  }

  setSetting(key, value) {
    try {
      localStorage.setItem(SETTING_PREFIX + key, value);
    } catch {
      // Private windows and full storage: the setting holds until the page is closed.
    }
  }

  #tellSettled() {
    if (!this.app.owesNothing()) return;
    for (const resolve of this.settling.splice(0)) resolve();
  }

  #updateAddress(fragment) {
    if (fragment === this.fragment) return;
    try {
      // Where the page was opened again after a fault is remembered (rescue.js) until it has moved on.
      const state = history.state?.resumed === fragment ? history.state : null;
      // Another image or step is a place to come back to; everything else is a change of the one at hand.
      const write = placeOf(fragment) === placeOf(this.fragment) ? 'replaceState' : 'pushState';
      history[write](state, '', fragment ? `#${fragment}` : location.pathname + location.search);
      this.fragment = fragment;
    } catch {
      // A page inside another one may not have an address, and some browsers want a pause: the link can be copied all the same.
    }
  }

  /** Another link was put behind the open page's address. */
  #followAddress() {
    this.fragment = location.hash.slice(1);
    if (this.app.whole) this.app.openLink(this.fragment || AS_OPENED);
  }

  #copyBySelection(text) {
    const focused = document.activeElement;
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'clipboard';
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    focused?.focus({ preventScroll: true });
  }

  #watchSize() {
    const tell = (exact) => {
      const box = this.canvas.getBoundingClientRect();
      // The exact count of device pixels knows how the browser rounds; emulated screens count CSS pixels there instead.
      const pixels = (length, counted) => {
        const about = length * devicePixelRatio;
        return Math.abs((counted ?? Infinity) - about) <= 1 ? counted : Math.round(about);
      };
      this.app.resized(box.width, box.height, pixels(box.width, exact?.inlineSize), pixels(box.height, exact?.blockSize));
    };
    tell();
    const observer = new ResizeObserver((entries) => tell(entries[0].devicePixelContentBoxSize?.[0]));
    try {
      observer.observe(this.canvas, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(this.canvas);  // a browser that does not count them
    }
    // The ratio can change without the size: another screen, or another zoom of a page that has no scroll bars.
    const watchRatio = () => {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
        tell();
        watchRatio();
      }, { once: true });
    };
    watchRatio();
  }
}
