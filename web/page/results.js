// Results out: one archive for all, or straight into a folder.

/** A name that every disk takes, as browsers make it of a download's. */
export function safeName(name) {
  const plain = name.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '_').replace(/^\.+|[. ]+$/g, '_');
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain || '_';
}

/** Whether the frame that shows the page lets it save: false, true, or null where only the frame's own page can know. */
function mayDownload() {
  if (self === top) return true;
  if (!frameElement) return null;
  return !frameElement.hasAttribute('sandbox') || frameElement.sandbox.contains('allow-downloads');
}

/** A page in a frame that forbids downloads is told nothing of it, and so the notice says what helps. */
function tellOfFrame(name) {
  const may = mayDownload();
  if (may) return;
  const problem = document.getElementById('problem');
  const link = document.createElement('a');
  Object.assign(link, { href: location.href, target: '_blank', textContent: 'open Floodlight in its own tab' });
  const words = problem.querySelector('[role=status]') ?? problem.querySelector('p');
  words.replaceChildren(may === null ? `If ${name} was not saved, the page around this one forbids it: `
    : `${name} was not saved: the page around this one forbids it. To save, `, link, '.');
  problem.hidden = false;
}

/** Hands the reader a blob under that name (the browser's downloads). */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = safeName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  tellOfFrame(link.download);
}

async function archiveOf(entries) {
  const { zipOf } = await import('./zip.js');
  return zipOf(entries.map(({ name, input }) => ({ name: safeName(name), input })));
}

/** One ZIP, written while it is made where the browser can, else by the browser's downloads; where it is. */
export async function saveArchive(entries, name) {
  if (globalThis.showSaveFilePicker) {
    const types = [{ description: 'ZIP archive', accept: { 'application/zip': ['.zip'] } }];
    const handle = await showSaveFilePicker({ suggestedName: name, types });
    await (await archiveOf(entries)).pipeTo(await handle.createWritable());
    return handle.name;
  }
  download(name, await new Response(await archiveOf(entries), { headers: { 'content-type': 'application/zip' } }).blob());
  return name;
}

/** Each entry as a file of a folder that the reader chooses; its name. */
export async function saveInFolder(entries) {
  const folder = await showDirectoryPicker({ id: 'results', mode: 'readwrite' });
  for (const { name, input } of entries) {
    const handle = await folder.getFileHandle(safeName(name), { create: true });
    await input.stream().pipeTo(await handle.createWritable());
  }
  return folder.name || 'the folder';
}
