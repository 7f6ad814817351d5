// Results out: one archive for all, or straight into a folder.

/** A name that every disk takes, as browsers make it of a download's. */
export function safeName(name) {
  const plain = name.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '_').replace(/^\.+|[. ]+$/g, '_');
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain || '_';
}

/** Hands the reader a blob under that name (the browser's downloads). */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = safeName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
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
