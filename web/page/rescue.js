// When the program has stopped: what can still be saved, and the ways to go on.
import { download } from './results.js';

const LABELS_AT = 3;  // numbers of 32 bits: address, rows, columns

/** The labels in the program's memory, copied; null unless they are whole: every number from 1 to `nuclei`, and no other. */
function labelsOf(app, gate, { version, nuclei }) {
  const told = gate.pass(() => app.labelsInMemory(version));
  if (!told) return null;
  try {
    const [address, rows, cols] = app.HEAPU32.slice(told / 4, told / 4 + LABELS_AT);
    const data = new Int32Array(app.HEAPU32.buffer, address, rows * cols).slice();
    const seen = new Uint8Array(nuclei + 1);
    let different = 0;
    for (const label of data) {
      if (!(label >= 0 && label <= nuclei)) return null;
      if (label > 0 && seen[label] === 0) {
        seen[label] = 1;
        different += 1;
      }
    }
    return different === nuclei ? { rows, cols, data } : null;
  } catch {
    return null;  // no such place in memory, or no room for a copy
  }
}

/** The ways on from the page's notice. */
export class Rescue {
  /** @param problem the notice, its sentence already shown  @param host knows what was kept  @param gate of the program */
  constructor(problem, host, gate) {
    this.host = host;
    this.ways = document.createElement('div');
    this.ways.className = 'ways';
    this.said = document.createElement('p');
    this.said.setAttribute('role', 'status');
    problem.append(this.ways, this.said);
    const { kept } = host;
    const fragment = kept?.fragment ?? location.hash.slice(1);
    // The address has led here before: going on from it would most likely end here again.
    const again = history.state?.resumed === fragment;
    problem.querySelector('p').textContent += ` ${this.#advice(kept, again)}`;
    if (again) this.#way('Start afresh', () => this.#open(''));
    this.#way(again ? 'Try once more' : kept ? 'Go on from here' : 'Try again', () => this.#open(fragment));
    if (kept) this.#offerSaving(kept, host.app, gate);
    this.ways.firstChild.focus();
  }

  #advice(kept, again) {
    if (again) return 'It has stopped at the same place before: start afresh, or try once more.';
    if (!kept) return 'Try it again.';
    const file = kept.file ? `; ${kept.file} has to be opened again then, for it is kept nowhere` : '';
    return `The picture is the last one it drew. Save what you need, then go on from where you were${file}.`;
  }

  #offerSaving(kept, app, gate) {
    this.#way('Save the recipe', () => {
      download(`${kept.stem}_recipe.json`, new Blob([kept.recipe], { type: 'application/json' }));
    });
    const labels = kept.labels && labelsOf(app, gate, kept.labels);
    if (labels) {
      this.#way('Save the labels', async () => {
        const { encodeLabels } = await import('./image-set.js');
        download(`${kept.stem}_labeled.tif`, await encodeLabels(labels, kept.labels.options));
      });
    }
    const set = this.host.imageSetLoaded;
    set?.cancel();
    if (kept.image_set && set) {
      // What it says is for this notice now.
      set.app = { resultsSaved: (sentence) => this.#say(sentence), fileProblem: (sentence) => this.#say(sentence) };
      this.#way('Save the results of many images', () => set.save(kept.image_set));
    }
  }

  #way(label, act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', async () => {
      try {
        await act();
      } catch (error) {
        this.#say(`That did not work: ${error.message}`);
      }
    });
    this.ways.append(button);
  }

  #say(sentence) {
    this.said.textContent = sentence;
  }

  /** Loads the page anew with what stands behind the #, and remembers that in the entry of the tab's history. */
  #open(fragment) {
    try {
      history.replaceState({ resumed: fragment }, '', fragment ? `#${fragment}` : location.pathname + location.search);
    } catch {
      location.hash = fragment;  // a page inside another one may not have an address
    }
    location.reload();
  }
}
