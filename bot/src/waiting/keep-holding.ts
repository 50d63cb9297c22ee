/** What a process has of the store's work, and how it says so. */
export interface Holding {
  readonly held: () => readonly string[];
  readonly renew: (names: readonly string[]) => Promise<void>;
  /** Milliseconds from one time to the next: a third of what a hold lasts, so that one that fails loses nothing. */
  readonly every: number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** Renews what is held until the signal aborts: holds are short, so that the work of a process that died is soon taken up. */
export async function keepHolding({ held, renew, every, wait, log }: Holding, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await wait(every, signal);
    const names = held();
    if (signal.aborted || names.length === 0) continue;
    await renew(names).catch((error: unknown) =>
      log('what is worked on could not be held on to', {
        count: String(names.length),
        why: error instanceof Error ? error.message : 'unknown',
      }),
    );
  }
}
