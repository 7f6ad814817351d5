// Results out: one archive for all, or straight into a folder.

/** Hands the reader a blob under that name (the browser's downloads). */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function zipOf(entries) {
  const { makeZip } = await import('./client-zip.js');
  const lastModified = new Date();
  return makeZip(entries.map((entry) => ({ ...entry, lastModified })), { buffersAreUTF8: true });
}

/** One ZIP, written while it is made where the browser can, else by the browser's downloads; where it is. */
export async function saveArchive(entries, name) {
  if (globalThis.showSaveFilePicker) {
    const types = [{ description: 'ZIP archive', accept: { 'application/zip': ['.zip'] } }];
    const handle = await showSaveFilePicker({ suggestedName: name, types });
    await (await zipOf(entries)).pipeTo(await handle.createWritable());
    return handle.name;
  }
  download(name, await new Response(await zipOf(entries), { headers: { 'content-type': 'application/zip' } }).blob());
  return name;
}

/** Each entry as a file of a folder that the reader chooses; its name. */
export async function saveInFolder(entries) {
  const folder = await showDirectoryPicker({ id: 'results', mode: 'readwrite' });
  for (const { name, input } of entries) {
    const handle = await folder.getFileHandle(name, { create: true });
    await input.stream().pipeTo(await handle.createWritable());
  }
  return folder.name || 'the folder';
}
