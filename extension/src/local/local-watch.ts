import type { WindowParts } from '../window-parts.ts';

/** How often a local cluster that somebody looks at is asked how it stands, and how long that may take; milliseconds. */
const pause = 15_000;
const patience = 20_000;

/**
 * Keeps current how the local cluster stands: a terminal stops, removes and makes clusters too, and the engine may end.
 * Nothing is asked of the machine in a folder that is not trusted. Gives what ends this.
 */
export function watchLocal({ local, folder, clock }: Pick<WindowParts, 'local' | 'folder' | 'clock'>): () => void {
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      if (folder.trusted()) {
        const bounded = AbortSignal.any([ended.signal, AbortSignal.timeout(patience)]);
        // Why it cannot be told is said by the command that asks for it.
        await local.status(bounded).catch(() => undefined);
      }
      await clock.wait(pause, ended.signal);
    }
  };
  watch().catch(() => undefined);
  return () => ended.abort();
}
