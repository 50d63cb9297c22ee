import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import type { StreamItem } from '../../contract/handlers.ts';
import type { Watching } from './watching.ts';

export interface ObjectNews {
  readonly type: 'changed';
  readonly kinds?: string[];
}

export interface NewsChoice {
  readonly watching: Pick<Watching, 'begin' | 'version' | 'changed' | 'changedSince'>;
  readonly clock: Pick<Clock, 'now' | 'wait'>;
}

/** In milliseconds: between two tellings, and between two where nothing tells what changed. */
const rest = 500;
const untold = 30_000;

/** Of which kinds something is new, from now on. Ends with the signal. */
export async function* objectNews(
  { watching, clock }: NewsChoice,
  signal: AbortSignal,
): AsyncGenerator<StreamItem<ObjectNews>> {
  watching.begin();
  let toldAt = clock.now();
  for (let seen = watching.version(); !signal.aborted;) {
    await watching.changed(seen, signal);
    const kinds = watching.changedSince(seen);
    seen = watching.version();
    const isDue = kinds === undefined ? clock.now() - toldAt >= untold : kinds.size > 0;
    if (signal.aborted || !isDue) continue;
    toldAt = clock.now();
    yield {
      id: String(seen),
      event: kinds === undefined ? { type: 'changed' } : { type: 'changed', kinds: [...kinds].toSorted() },
    };
    await clock.wait(rest, signal).catch(() => undefined);
  }
}
