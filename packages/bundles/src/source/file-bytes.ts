import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const chunkBytes = 256 * 1024;
// Windows has no such flag; there a link cannot be swapped in without rights that make the question moot.
const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** The bytes of a file from `from` on, `length` of them at most. Links are not followed. */
export async function* bytesOf(path: string, from: number, length: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path, readOnly);
  try {
    let done = 0;
    while (done < length) {
      const buffer = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await handle.read(buffer, 0, Math.min(chunkBytes, length - done), from + done);
      if (bytesRead === 0) return;
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** As `bytesOf`, in one piece: for what is known to be small. */
export async function pieceOf(path: string, from: number, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytesOf(path, from, length)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The last `bytes` bytes of a file, as large as it is now. */
export async function lastBytes(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path, readOnly);
  try {
    const { size } = await handle.stat();
    const length = Math.min(bytes, size);
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
