import { stopIfAborted } from '@autodevops/domain/interruption';
import { setImmediate } from 'node:timers/promises';

const longest = 20;

/** A function to call between pieces of work: every 20 ms it lets the event loop go on, and it stops where the signal says so. */
export function breather(signal: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now();
  async function pause(): Promise<void> {
    await setImmediate();
    last = performance.now();
  }
  return () => {
    stopIfAborted(signal);
    return performance.now() - last < longest ? undefined : pause();
  };
}
