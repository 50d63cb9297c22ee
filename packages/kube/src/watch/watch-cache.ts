import { AutoDevOpsError } from '@autodevops/domain/errors';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { KubeClient } from '../http/client.ts';
import { cacheSnapshot } from './cache-snapshot.ts';
import type { CacheFacts, JoinedLists } from './cache-snapshot.ts';
import { createChangeNotice } from './change-notice.ts';
import type { ChangeListener } from './change-notice.ts';
import { keepPulse } from './pulse.ts';
import { Reflector } from './reflector.ts';
import type { Counters, Surroundings, WatchStatistics } from './reflector.ts';
import { createSlots } from './slots.ts';
import { createTurns } from './turns.ts';
import { usualTiming } from './watch-timing.ts';
import type { WatchTiming } from './watch-timing.ts';

export interface WatchOptions extends CacheFacts {
  /** Stays open when the cache is closed. */
  readonly client: KubeClient;
  readonly kinds: readonly KindName[];
  /** Absent: every namespace. Cluster-scoped kinds are always watched. */
  readonly namespaces?: readonly string[] | undefined;
  /** What is kept of an object. Absent: the kind's shape. */
  readonly project?: (kind: KindName, raw: unknown) => object;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly timing?: Partial<WatchTiming>;
}

/** The objects of a cluster, kept current. Nothing that a server does ends it; only `close` does. */
export interface WatchCache {
  /**
   * Resolves when every kind has been listed, or is known to be not served or not allowed. When the signal comes first
   * it rejects with the `AutoDevOpsError` that stands in the way; the cache goes on trying.
   */
  ready(signal?: AbortSignal): Promise<void>;
  /** What is known now. Cheap: lists of kinds that have not changed are those of the last snapshot. */
  snapshot(): Snapshot;
  /** Milliseconds since the API server was last heard of about each kind; Infinity: never. */
  staleness(): ReadonlyMap<KindName, number>;
  /** Calls back some time after changes, never twice at once. Returns what ends that. */
  onChange(listener: ChangeListener): () => void;
  statistics(): WatchStatistics;
  /** Resolves when every connection and timer of the cache has ended. */
  close(): Promise<void>;
}

/** At once; each holds one page of the API server's work and one object of ours. */
const mostLists = 6;

function reflectorsFor({ kinds: wanted, namespaces }: WatchOptions, shared: Surroundings): Map<KindName, readonly Reflector[]> {
  const places = (kind: KindName): readonly (string | undefined)[] => (namespaces === undefined || !kinds[kind].namespaced ? [undefined] : [...new Set(namespaces)]);
  return new Map([...new Set(wanted)].map((kind) => [kind, places(kind).map((namespace) => new Reflector(kind, namespace, shared))]));
}

function standsInTheWay(reflectors: readonly Reflector[]): AutoDevOpsError {
  const failing = reflectors.find(({ phase, failure }) => phase === 'starting' && failure !== undefined);
  return failing?.failure ?? new AutoDevOpsError('cluster.no-answer', 'The API server has not sent every list in time.', 'Look at its load, or give it more time.');
}

function until(known: Promise<unknown>, signal: AbortSignal | undefined, why: () => Error): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(why());
    if (signal?.aborted === true) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    void known.then(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    return undefined;
  });
}

/** Tells listeners when a kind begins or ends to be stale: no change of an object does. */
function staleWatcher(reflectors: readonly Reflector[], isStale: (one: Reflector) => boolean, changed: (kind: KindName) => void): () => void {
  let before = new Set<Reflector>();
  return () => {
    const stale = new Set(reflectors.filter(isStale));
    for (const one of reflectors) if (before.has(one) !== stale.has(one)) changed(one.kind);
    before = stale;
  };
}

/** Begins to watch at once. */
export function createWatchCache(options: WatchOptions): WatchCache {
  const { client, now = Date.now, project = (kind, raw) => kinds[kind].shape.read(raw) as object } = options;
  const timing: WatchTiming = { ...usualTiming, ...options.timing };
  const counters: Counters = { lists: 0, relists: 0, reconnects: 0, events: 0 };
  const notice = createChangeNotice(timing);
  const byKind = reflectorsFor(options, { client, project, timing, now, turns: createTurns(), slot: createSlots(mostLists), counters, changed: notice.mark });
  const reflectors = [...byKind.values()].flat();
  const lists: JoinedLists = new Map();
  const ending = new AbortController();
  const ageOf = ({ provenAt }: Reflector): number => (provenAt === undefined ? Number.POSITIVE_INFINITY : Math.max(0, now() - provenAt));
  const onBeat = staleWatcher(reflectors, (one) => ageOf(one) > timing.stale, notice.mark);
  const running = Promise.all([...reflectors.map((one) => one.run()), keepPulse({ client, reflectors, timing, now, signal: ending.signal, onBeat })]);
  return {
    ready: (signal) => until(Promise.all(reflectors.map(({ known }) => known)), signal, () => standsInTheWay(reflectors)),
    snapshot: () => cacheSnapshot(byKind, lists, { facts: options, moment: { now: now(), staleMs: timing.stale } }),
    staleness: () => new Map([...byKind].map(([kind, all]) => [kind, Math.max(...all.map(ageOf))])),
    onChange: notice.listen,
    statistics: () => ({ ...counters }),
    close: async () => {
      notice.close();
      ending.abort();
      for (const one of reflectors) one.stop();
      await running;
    },
  };
}
