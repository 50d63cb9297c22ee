import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const chunkBytes = 256 * 1024;
/** How a file of others is opened: to read, and never through a link. Windows has no such flag; there it takes rights that make the question moot. */
export const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** The bytes of a file, `limit` of them at most. Links are not followed. */
export async function* bytesOf(path: string, limit: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path, readOnly);
  try {
    let position = 0;
    while (position < limit) {
      const buffer = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await handle.read(buffer, 0, Math.min(chunkBytes, limit - position), position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
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
