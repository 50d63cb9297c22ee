import type { WatchTiming } from './watch-timing.ts';
import type { ChangedKind } from './watched.ts';

/** Which kinds changed since the last call. A promise is waited for. */
export type ChangeListener = (kinds: ReadonlySet<ChangedKind>) => unknown;

export interface ChangeNotice {
  readonly mark: (kind: ChangedKind) => void;
  readonly listen: (listener: ChangeListener) => () => void;
  readonly close: () => void;
}

/** Renewed every few seconds, and of interest only when that ends. */
const quietKinds: ReadonlySet<ChangedKind> = new Set<ChangedKind>(['Lease']);
/** Under a stream of changes listeners get at most one part in this many of the time. */
const share = 16;
const longestRest = 10_000;

/** Tells listeners of changes, not of each one. What they throw stays with them. */
export function createChangeNotice(timing: WatchTiming): ChangeNotice {
  const listeners = new Set<ChangeListener>();
  let changed = new Set<ChangedKind>();
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let telling = false;
  let closed = false;
  /** Until then listeners rest from what the last call cost. */
  let restUntil = 0;

  const tell = async (): Promise<void> => {
    due = Number.POSITIVE_INFINITY;
    telling = true;
    const kinds = changed;
    changed = new Set();
    const began = performance.now();
    await Promise.allSettled([...listeners].map(async (listener) => listener(kinds)));
    const ended = performance.now();
    restUntil = ended + Math.min(longestRest, (ended - began) * (share - 1));
    telling = false;
    if (changed.size > 0) arm();
  };
  const arm = (): void => {
    if (closed || telling || listeners.size === 0) return;
    const quiet = [...changed].every((kind) => quietKinds.has(kind));
    const now = performance.now();
    const wanted = Math.max(restUntil, now + (quiet ? timing.quietDebounce : timing.debounce));
    if (due <= wanted) return;
    clearTimeout(timer);
    due = wanted;
    timer = setTimeout(() => void tell(), wanted - now);
  };
  return {
    mark: (kind) => {
      if (changed.has(kind)) return;
      changed.add(kind);
      arm();
    },
    listen: (listener) => {
      listeners.add(listener);
      if (changed.size > 0) arm();
      return () => void listeners.delete(listener);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
