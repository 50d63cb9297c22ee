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

/** So much may come before somebody takes it. */
const mostHeld = 256 * 1024;

interface Pieces {
  /** What came next; undefined when nothing is there. */
  readonly take: () => Buffer | undefined;
  readonly ended: () => boolean;
  /** Resolves when something is there, or the end is. Throws when the stream breaks. */
  readonly more: () => Promise<void>;
}

function brokenOff(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' });
}

/** The pieces as they come: iterating over a stream joins them first, which costs more than the many small ones of a watch hold. */
function piecesOf(stream: Readable): Pieces {
  let queue: Buffer[] = [];
  let taken = 0;
  let held = 0;
  let ended = stream.readableEnded;
  // What broke before anybody listened is not told again.
  let failure = stream.errored ?? (stream.destroyed && !ended ? brokenOff() : undefined);
  let wake = (): void => {};
  stream.on('data', (piece: Buffer) => {
    queue.push(piece);
    held += piece.length;
    if (held >= mostHeld) stream.pause();
    wake();
  });
  stream.on('end', () => {
    ended = true;
    wake();
  });
  stream.on('error', (error) => {
    failure = error;
    wake();
  });
  stream.on('close', () => {
    if (!ended) failure ??= brokenOff();
    wake();
  });
  return {
    take: () => {
      const piece = queue[taken];
      if (piece === undefined) return undefined;
      taken += 1;
      held -= piece.length;
      if (taken === queue.length) {
        queue = [];
        taken = 0;
        stream.resume();
      }
      return piece;
    },
    ended: () => ended && queue.length === 0,
    more: async () => {
      if (queue.length === 0 && !ended && failure === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (queue.length === 0 && failure !== undefined) throw failure;
    },
  };
}

/** The body of an answer, unpacked; each wait for more is bounded. A connection that breaks off throws. */
export async function* boundedBody(
  received: Received,
  options: { readonly idleMs: number; readonly access: ClusterAccess },
): AsyncGenerator<Buffer> {
  const { idleMs, access } = options;
  let waiting = false;
  const cutIfIdle = (): void => {
    if (waiting) received.cut(new Late('idle', idleMs));
  };
  // What came in while this process had no turn is read first (see `deadline`); one timer for all waits of a long watch.
  const timer = setTimeout(() => setImmediate(cutIfIdle), idleMs);
  try {
    const pieces = piecesOf(decoded(received, access));
    for (;;) {
      for (let piece = pieces.take(); piece !== undefined; piece = pieces.take()) yield piece;
      if (pieces.ended()) {
        // Whoever cuts an answer that has come whole drops what of it nobody has taken yet.
        const why = received.whyCut();
        if (why !== undefined) throw why;
        return;
      }
      timer.refresh();
      waiting = true;
      await pieces.more();
      waiting = false;
    }
  } catch (error) {
    // A request that was cut breaks its answer with "aborted".
    throw connectionFailure(received.whyCut() ?? error, access);
  } finally {
    waiting = false;
    clearTimeout(timer);
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
