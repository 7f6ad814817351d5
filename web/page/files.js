// Files in: the browser's file chooser, and files dropped on the page.

/** A dropped folder's files; not those of the folders in it. */
async function filesIn(folder) {
  const reader = folder.createReader();
  const files = [];
  for (;;) {
    const entries = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (entries.length === 0) return Promise.all(files);
    for (const entry of entries) {
      if (entry.isFile) files.push(new Promise((resolve, reject) => { entry.file(resolve, reject); }));
    }
  }
}

/** Lets the reader choose or drop files: one is for the app to open, several and folders join the set of images. */
export class Files {
  /** @param imageSet gives what runs many images */
  constructor(app, imageSet) {
    this.app = app;
    this.imageSet = imageSet;
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

  /** `folders`: entries of the browser's, which end with the event that brought them. */
  async #join(files, folders) {
    await this.canRead;
    const set = await this.imageSet();
    if (!set) return;
    if (files.length > 0) set.add(files);
    for (const folder of folders) {
      try {
        set.addFolder(await filesIn(folder));
      } catch (error) {
        this.app.fileProblem(`The folder ${folder.name} could not be read (${error.name}).`);
      }
    }
  }

  #watchDrops() {
    const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
    const show = (over) => { this.hint.hidden = !over; };
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
      const items = [...event.dataTransfer.items].filter((item) => item.kind === 'file');
      const entries = items.map((item) => item.webkitGetAsEntry?.());
      const folders = entries.filter((entry) => entry?.isDirectory);
      const files = [...event.dataTransfer.files].filter((_, i) => !entries[i]?.isDirectory);
      if (folders.length > 0 || files.length > 1 || (this.app.whole && this.app.collectsFiles())) this.#join(files, folders);
      else this.#open(files);
    });
  }
}
