// The page's larger parts: fetched, or carried by the page itself when it is the offline file.

/** A part's bytes as a stream. */
export async function bytesOf(name) {
  const carried = document.getElementById(name);
  if (carried) {
    const packed = Uint8Array.from(atob(carried.textContent.trim()), (c) => c.charCodeAt(0));
    return new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  }
  const response = await fetch(new URL(`./${name}`, import.meta.url));
  if (!response.ok) throw new Error(`${name} could not be fetched (${response.status})`);
  return response.body;
}

/** The bytes of a .wasm file as a response of the page's own: not every static host knows its type. */
export function wasmResponse(stream) {
  return new Response(stream, { headers: { 'content-type': 'application/wasm' } });
}
