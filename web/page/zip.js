// A ZIP archive that every reader of ZIP reads: entries are stored, their sizes and sums stand before their data.

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

async function crc32(blob) {
  let sum = ~0;
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const byte of part.value) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  }
  return ~sum >>> 0;
}

/** Numbers of 2 or 4 bytes, `[value, bytes]`, lowest byte first, then the bytes of `rest`. */
function packed(fields, rest = []) {
  const bytes = [];
  for (const [value, size] of fields) for (let i = 0; i < size; i++) bytes.push(Math.floor(value / 256 ** i) % 256);
  return Uint8Array.from([...bytes, ...rest]);
}

/** The archive's bytes, one part after the other. `entries`: `{name, input}`, the input a Blob; at most 65,535 and 4 GB. */
async function* parts(entries, now) {
  const time = (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1);
  const date = ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate();
  const UTF8 = 0x0800;
  const directory = [];
  let at = 0;
  for (const { name, input } of entries) {
    const letters = new TextEncoder().encode(name);
    const common = [[20, 2], [UTF8, 2], [0, 2], [time, 2], [date, 2], [await crc32(input), 4], [input.size, 4],
      [input.size, 4], [letters.length, 2], [0, 2]];
    const head = packed([[0x04034b50, 4], ...common], letters);
    directory.push(packed(
      [[0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]], letters));
    yield head;
    yield* chunks(input);
    at += head.length + input.size;
  }
  yield* directory;
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  yield packed([[0x06054b50, 4], [0, 2], [0, 2], [entries.length, 2], [entries.length, 2], [size, 4], [at, 4], [0, 2]]);
}

async function* chunks(blob) {
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

/** A stream of the archive, written while it is read; names become different from each other, also for disks without capitals. */
export function zipOf(entries, now = new Date()) {
  const MOST = 2 ** 32 - 2 ** 26;  // what the format can hold, less the room for names
  if (entries.length > 65535 || entries.reduce((sum, { input }) => sum + input.size, 0) > MOST) {
    throw new Error('a ZIP archive holds at most 65,535 files and 4 GB; save fewer images at once');
  }
  const taken = new Set();
  const named = entries.map(({ name, input }) => {
    const [, stem, ending] = /^(.*?)(\.[^.]*)?$/s.exec(name);
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${stem}_${n}${ending ?? ''}`;
    taken.add(free.toLowerCase());
    return { name: free, input };
  });
  const source = parts(named, now);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
