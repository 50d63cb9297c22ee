import type { Panels } from '@autodevops/domain/ports/signals';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';

/** A change that came to its end, as the executor tells it. */
export interface EndedChange {
  readonly id: string;
  readonly state: string;
  readonly says: string;
}

export interface Annotating {
  /** Comes back at once; what fails is logged, and no reason to do anything else otherwise. */
  readonly note: (change: EndedChange) => void;
  /** Resolves when nothing is on its way any more; each note has a deadline. */
  readonly close: () => Promise<void>;
}

export interface AnnotatingChoice {
  readonly panels: Pick<Panels, 'annotate'>;
  readonly now: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** In milliseconds. */
const longest = 10_000;
/** States after which something is, or was, otherwise than before. */
const told: readonly string[] = ['succeeded', 'undone', 'failed', 'unknown'];

/** Notes changes in Grafana, so that whoever looks at a graph sees what was done when. */
export function startAnnotating({ panels, now, log }: AnnotatingChoice): Annotating {
  const working = new Set<Promise<void>>();
  const write = async ({ id, state, says }: EndedChange): Promise<void> => {
    const text = oneLine(redact(`${id} ${state}: ${says}`), 500);
    await panels
      .annotate(
        { time: now(), text, tags: ['autodevops', state] },
        { signal: AbortSignal.timeout(longest), deadline: longest },
      )
      .catch((error: unknown) =>
        log('a change could not be noted in Grafana', {
          id,
          says: error instanceof Error ? error.message : String(error),
        }),
      );
  };
  return {
    note: (change) => {
      if (!told.includes(change.state)) return;
      const work = write(change)
        .then(() => undefined)
        .finally(() => working.delete(work));
      working.add(work);
    },
    close: async () => void (await Promise.all(working)),
  };
}
