// Files in: the browser's file chooser, and files dropped on the page.

/** Lets the reader choose or drop a file and hands the first one to the app. */
export class Files {
  constructor(app) {
    this.app = app;
    this.canRead = new Promise((resolve) => { this.everythingLoaded = resolve; });
    this.hint = document.getElementById('drop-hint');
    this.input = document.getElementById('file-input');
    this.input.addEventListener('change', () => {
      this.#open(this.input.files, this.isTruth);
      this.input.value = '';  // so that choosing the same file again is a change again
    });
    this.#watchDrops();
  }

  /** @param isTruth whether true labels for the image at hand are asked for, rather than an image */
  choose(isTruth) {
    this.isTruth = isTruth;
    this.input.click();
  }

  async #open(files, isTruth = false) {
    const file = files[0];
    if (!file) return;
    let bytes;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      this.app.fileProblem(`${file.name} could not be read (${error.name}): is it a folder, or was it moved or changed?`);
      return;
    }
    await this.canRead;
    this.app.openFile(file.name, bytes, isTruth);
  }

  #watchDrops() {
    const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
    const show = (over) => {
      if (this.hint.hidden === !over) return;
      this.hint.hidden = !over;
      this.app.drag(over);
    };
    addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      show(true);
    });
    // Only the leaving of the whole page has no element that is entered next.
    addEventListener('dragleave', (event) => { if (!event.relatedTarget) show(false); });
    addEventListener('drop', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      show(false);
      this.#open(event.dataTransfer.files);
    });
  }
}
