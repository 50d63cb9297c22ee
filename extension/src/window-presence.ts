import type { WindowParts } from './window-parts.ts';
import { pauseFollowing } from './window-life.ts';
import type { Following } from './window-life.ts';

/** How often a window is asked, and how long it may take to answer; milliseconds. */
const beat = 10_000;
const patience = 20_000;

type Watched = Following & Pick<WindowParts, 'clock' | 'log'>;

/**
 * Lets the agent go while the window does not answer, and goes on when it does. On a desktop an extension ends with its
 * window; on a server it is kept for hours in case the window comes back, also when the window's farewell got lost, and an
 * agent that nobody sees would be held as long. `answers` resolves when the window has heard. Gives what ends this.
 */
export function followPresence(parts: Watched, answers: () => Promise<unknown>): () => void {
  const ended = new AbortController();
  watch(parts, answers, ended.signal).catch((error: unknown) => {
    if (!ended.signal.aborted) {
      parts.log.warn(
        `whether the window is there is not known any more: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
  return () => ended.abort();
}

/** Whether it comes before the wait is over. Rejects as it does. */
async function isWithin(what: Promise<unknown>, wait: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const decided = new AbortController();
  try {
    return await Promise.race([what.then(() => true), wait(decided.signal).then(() => false)]);
  } finally {
    decided.abort();
  }
}

async function watch(parts: Watched, answers: () => Promise<unknown>, ended: AbortSignal): Promise<void> {
  const { clock, log } = parts;
  for (;;) {
    await clock.wait(beat, ended);
    const heard = answers();
    if (
      await isWithin(heard, async (signal) => {
        await clock.wait(patience, AbortSignal.any([signal, ended]));
      })
    ) {
      continue;
    }
    log.info('the window does not answer: its agent is let go until it does');
    const goOn = pauseFollowing(parts);
    await heard;
    if (ended.aborted) return;
    log.info('the window is back');
    goOn();
  }
}
