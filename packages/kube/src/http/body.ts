import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { badAnswer, connectionFailure, Late } from './failure.ts';

interface Received {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly cut: (why: Error) => void;
  readonly whyCut: () => Error | undefined;
  readonly done: () => void;
}

function decoded({ response }: Received, access: ClusterAccess): Readable {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return response;
  if (encoding !== 'gzip') throw badAnswer(access, 'sends an answer in an encoding that was not asked for');
  // The error reaches whoever reads the decoded stream.
  return pipeline(response, createGunzip({ chunkSize: 64 * 1024 }), () => {});
}

/** The body of an answer, unpacked; each wait for more is bounded. A connection that breaks off throws. */
export async function* boundedBody(received: Received, options: { readonly idleMs: number; readonly access: ClusterAccess }): AsyncGenerator<Buffer> {
  const { idleMs, access } = options;
  try {
    const stream = decoded(received, access);
    const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    for (;;) {
      const timer = setTimeout(() => received.cut(new Late('idle', idleMs)), idleMs);
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    // A request that was cut breaks its answer with "aborted".
    throw connectionFailure(received.whyCut() ?? error, access);
  } finally {
    received.done();
    if (!received.response.complete) received.request.destroy();
  }
}

/** All chunks together, or the first `limit` bytes; with `tooLong` an error instead of a cut. */
export async function readAtMost(body: AsyncIterable<Buffer>, limit: number, tooLong?: () => Error): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= limit) continue;
    if (tooLong !== undefined) throw tooLong();
    break;
  }
  return Buffer.concat(chunks, Math.min(size, limit));
}
