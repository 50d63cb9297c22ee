import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { Limits } from '../limits.ts';
import { megabytes, refuse } from './refuse.ts';

/** Why a compressed stream ended early. */
export interface Ending {
  cut: boolean;
}

/**
 * The decompressed bytes of a gzip stream, within the limits. A stream that is cut off or damaged yields what could be
 * read and sets `ending.cut`; a bomb throws `bundle.refused`.
 */
export async function* gunzip(
  compressed: AsyncIterable<Uint8Array>,
  limits: Limits,
  ending: Ending,
): AsyncGenerator<Uint8Array> {
  let bytesIn = 0;
  let bytesOut = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of compressed) {
      bytesIn += chunk.length;
      yield chunk;
    }
  }
  const input = Readable.from(counted(), { objectMode: false });
  const output = createGunzip({ chunkSize: 128 * 1024 });
  input.on('error', (error) => output.destroy(error));
  input.pipe(output);
  try {
    for await (const chunk of output as AsyncIterable<Uint8Array>) {
      bytesOut += chunk.length;
      if (bytesOut > limits.totalBytes) throw refuse(`it unpacks to more than ${megabytes(limits.totalBytes)}`);
      if (bytesOut > limits.ratioFrom && bytesOut > bytesIn * limits.ratio) {
        throw refuse(
          `${megabytes(bytesIn)} of it unpack to more than ${megabytes(bytesOut)}, which is what a decompression bomb does`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error;
    ending.cut = true;
  } finally {
    input.destroy();
    output.destroy();
  }
}
