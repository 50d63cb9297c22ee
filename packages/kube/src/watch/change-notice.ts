import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { WatchTiming } from './watch-timing.ts';

/** Which kinds changed since the last call. A promise is waited for. */
export type ChangeListener = (kinds: ReadonlySet<KindName>) => unknown;

export interface ChangeNotice {
  readonly mark: (kind: KindName) => void;
  readonly listen: (listener: ChangeListener) => () => void;
  readonly close: () => void;
}

/** Renewed every few seconds, and of interest only when that ends. */
const quietKinds: ReadonlySet<KindName> = new Set<KindName>(['Lease']);
/** Listeners get at most one part in this many of the time. */
const share = 4;
const longestWait = 10_000;

/** Tells listeners of changes, not of each one. What they throw stays with them. */
export function createChangeNotice(timing: WatchTiming): ChangeNotice {
  const listeners = new Set<ChangeListener>();
  let changed = new Set<KindName>();
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  let telling = false;
  let closed = false;
  let lastCost = 0;

  const tell = async (): Promise<void> => {
    timer = undefined;
    telling = true;
    const kinds = changed;
    changed = new Set();
    const began = performance.now();
    await Promise.allSettled([...listeners].map(async (listener) => listener(kinds)));
    lastCost = performance.now() - began;
    telling = false;
    if (changed.size > 0) arm();
  };
  const wait = (): number => {
    const rest = Math.min(longestWait, lastCost * (share - 1));
    const quiet = [...changed].every((kind) => quietKinds.has(kind));
    return Math.max(rest, quiet ? timing.quietDebounce : timing.debounce);
  };
  const arm = (): void => {
    if (closed || telling || listeners.size === 0) return;
    const milliseconds = wait();
    if (timer !== undefined && due <= performance.now() + milliseconds) return;
    clearTimeout(timer);
    due = performance.now() + milliseconds;
    timer = setTimeout(() => void tell(), milliseconds);
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
