import { Worker } from 'node:worker_threads';
import type { Draw, Drawing } from './drawing.ts';

/** In milliseconds, with the wait for those before it. */
const longest = 20_000;
const program = new URL(
  import.meta.url.endsWith('.ts') ? './picture-worker.ts' : './picture-worker.js',
  import.meta.url,
);

/** In a thread of its own, which knows nothing of this process, not even its environment. */
async function inThread(drawing: Drawing, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const worker = new Worker(program, { workerData: drawing, env: {}, resourceLimits: { maxOldGenerationSizeMb: 256 } });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker
        .once('message', resolve)
        .once('error', reject)
        .once('exit', () => {
          reject(signal.aborted ? signal.reason : new Error('the thread that draws ended without a picture'));
        });
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** Draws one picture after the other, so that drawing takes no more than one processor. */
export function pictureDrawer(): Draw {
  let last: Promise<unknown> = Promise.resolve();
  return async (drawing, signal) => {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
    const picture = last.then(async () => await inThread(drawing, bounded));
    last = picture.catch(() => undefined);
    return await picture;
  };
}
