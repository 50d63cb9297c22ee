/**
 * Told each line of a stream of bytes: it stands in `bytes` from `from` to before `to`. `ended` is false where no line
 * end follows. Returns whether to go on.
 */
export type TakeLine = (bytes: Buffer, from: number, to: number, ended: boolean) => boolean;

const lineEnd = 0x0a;

function bufferOver(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** What a chunk holds of lines: told up to the last line end, from `from` on. Returns where the rest begins; -1: to stop. */
function takeLines(bytes: Buffer, start: number, take: TakeLine): number {
  let from = start;
  for (let to = bytes.indexOf(lineEnd, from); to !== -1; to = bytes.indexOf(lineEnd, from)) {
    if (!take(bytes, from, to, true)) return -1;
    from = to + 1;
  }
  return from;
}

/**
 * Splits bytes into lines, holding one chunk and one line at a time. A line longer than `longest` comes cut, without an
 * end, as the last one.
 */
export async function eachLine(chunks: AsyncIterable<Uint8Array>, longest: number, take: TakeLine): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = bufferOver(chunk);
    const end = rest.length === 0 ? -1 : bytes.indexOf(lineEnd);
    if (end !== -1) {
      const line = Buffer.concat([rest, bytes.subarray(0, end)]);
      if (!take(line, 0, line.length, true)) return;
      rest = rest.subarray(0, 0);
    }
    const from = rest.length === 0 ? takeLines(bytes, end + 1, take) : 0;
    if (from === -1) return;
    // A copy: the chunk's memory may be used again for the next.
    rest = Buffer.concat([rest, bytes.subarray(from)]);
    if (rest.length > longest) break;
  }
  if (rest.length > 0) take(rest, 0, Math.min(rest.length, longest + 1), false);
}
