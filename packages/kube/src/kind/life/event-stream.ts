import type { LocalEvent } from '@autodevops/domain/local-cluster';

type Work = (emit: (event: LocalEvent) => void, signal: AbortSignal) => Promise<void>;

/**
 * What a piece of work tells, as it does. Whoever leaves the loop ends the work and waits for its end; the work's failure
 * is the loop's, after all that it told.
 */
export async function* eventStream(signal: AbortSignal, work: Work): AsyncGenerator<LocalEvent, void, undefined> {
  const left = new AbortController();
  const told: LocalEvent[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  const emit = (event: LocalEvent): void => {
    told.push(event);
    wake();
  };
  const working = work(emit, AbortSignal.any([signal, left.signal]));
  // Its failure is thrown below; until then nobody awaits it.
  const ended = working
    .catch(() => undefined)
    .then(() => {
      over = true;
      wake();
    });
  try {
    for (;;) {
      const next = told.shift();
      if (next !== undefined) yield next;
      else if (over) break;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    await working;
  } finally {
    left.abort();
    await ended;
  }
}
