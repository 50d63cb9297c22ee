import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';

/** The newest events, at most `most` of them, in whatever order they come. */
export interface NewestEvents {
  /** `of`: how many there were, when these are what was left of them. */
  readonly add: (events: readonly ClusterEvent[], of?: number) => void;
  readonly all: () => ClusterEvent[];
  /** How many came. */
  readonly seen: () => number;
}

export function newestEvents(most: number): NewestEvents {
  let held: ClusterEvent[] = [];
  let seen = 0;
  const prune = (): void => {
    held = held.toSorted((a, b) => (b.last ?? '').localeCompare(a.last ?? '')).slice(0, most);
  };
  return {
    add: (events, of = events.length) => {
      for (const event of events) held.push(event);
      seen += of;
      if (held.length > most * 1.25) prune();
    },
    all: () => {
      if (held.length > most) prune();
      return held;
    },
    seen: () => seen,
  };
}
