// The one way from the page into the program. What goes wrong inside ends the program, here and once.

/**
 * After a call that failed nobody knows what is in the program's memory: a sum half done, a list half moved. So the gate
 * shuts, and whatever calls later, frame, event or timer, finds nobody at home and gets `undefined`.
 */
export class Gate {
  #failed;
  #shut = false;

  /** @param failed called with what the first call threw that failed; the caller gets it as well */
  constructor(failed) {
    this.#failed = failed;
  }

  /** An instance's exports as the page's side may see them, functions in tables included. */
  exports(exports) {
    return Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, this.#guarded(value)]));
  }

  shut() {
    this.#shut = true;
  }

  /** Lets `look` call in once more, for what only reads; null when that fails. */
  pass(look) {
    const before = this.#shut;
    this.#shut = false;
    try {
      return look();
    } catch {
      return null;
    } finally {
      this.#shut = before;
    }
  }

  /** Lets `act` call in for a trial: what fails there is no end of the program. */
  trial(act) {
    const failed = this.#failed;
    this.#failed = () => {};
    try {
      return act();
    } catch {
      return null;
    } finally {
      this.#failed = failed;
      this.#shut = false;
    }
  }

  #guarded(value) {
    // The page's side only ever looks functions up in it.
    if (value instanceof WebAssembly.Table) return { get: (index) => this.#guarded(value.get(index)) };
    if (typeof value !== 'function') return value;
    return (...values) => {
      if (this.#shut) return undefined;
      try {
        return value(...values);
      } catch (error) {
        if (!this.#shut) {
          this.#shut = true;
          this.#failed(error);
        }
        throw error;
      }
    };
  }
}
