import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { KubeClient } from '../http/client.ts';
import { allowedNamespaces } from '../reader/permissions/allowed-namespaces.ts';
import { askerOf } from '../reader/permissions/asker.ts';
import { clockSpots } from '../reader/clock-spot.ts';
import type { KindRead } from '../reader/lists/kind-read.ts';
import { usualBounds } from '../reader/lists/list-bounds.ts';
import { createSharing } from '../reader/lists/object-reader.ts';
import { createTurns } from '../reader/lists/turns.ts';
import { cacheSnapshot } from './cache-snapshot.ts';
import type { CacheFacts } from './cache-snapshot.ts';
import { createChangeNotice } from './change-notice.ts';
import type { ChangeListener } from './change-notice.ts';
import { customFinder } from './custom-finder.ts';
import { CustomWatch } from './custom-watch.ts';
import { KindWatch } from './kind-watch.ts';
import { createLogAccess } from './log-access.ts';
import { keepPulse } from './pulse.ts';
import type { Reflector } from './reflector.ts';
import { createSlots } from './slots.ts';
import type { Counters, Surroundings, WatchStatistics } from './surroundings.ts';
import { usualTiming } from './watch-timing.ts';
import type { WatchTiming } from './watch-timing.ts';
import type { ChangedKind } from './watched.ts';

export interface WatchOptions extends CacheFacts {
  /** Stays open when the cache is closed. */
  readonly client: KubeClient;
  readonly kinds: readonly KindName[];
  /** Custom resources too, whichever there are. */
  readonly custom?: boolean;
  /** The cluster's clock in milliseconds since the epoch. Absent: this machine's. */
  readonly now?: () => number;
  readonly timing?: Partial<WatchTiming>;
  /** Absent: the newest 50,000. */
  readonly mostEvents?: number;
  /** Of one list. Absent: as many as a list may have. */
  readonly mostObjects?: number;
  /** Bytes that the objects may take. Absent: what this process has room for. */
  readonly mostHeld?: number;
}

/** The objects of a cluster, kept current. Nothing that a server does ends it; only `close` does. */
export interface WatchCache {
  /**
   * Resolves when every kind has been listed, or is known to be not served or not allowed. When the signal comes first
   * it rejects with the `AutoDevOpsError` that stands in the way; the cache goes on trying.
   */
  ready(signal?: AbortSignal): Promise<void>;
  /** What is known now, in some namespaces or everywhere. Cheap: lists of kinds that have not changed are those of the last snapshot. */
  snapshot(within?: readonly string[]): Snapshot;
  /** Milliseconds since each kind was last known to be in step with the API server; Infinity: never. */
  staleness(): ReadonlyMap<KindName, number>;
  /** The worst of it among the lists that have come. */
  lag(): number;
  /** Calls back some time after changes, never twice at once. Returns what ends that. */
  onChange(listener: ChangeListener): () => void;
  statistics(): WatchStatistics;
  /** Resolves when every connection and timer of the cache has ended. */
  close(): Promise<void>;
}

/** At once; each costs the API server a page of work. */
const mostLists = 6;

function surroundings(
  options: WatchOptions,
  ending: AbortSignal,
  changed: (kind: ChangedKind) => void,
): Surroundings & { counters: Counters } {
  const { client, now = Date.now, mostEvents = 50_000, mostObjects = usualBounds.objects } = options;
  let allowed: Promise<readonly string[]> | undefined;
  return {
    client,
    now,
    mostEvents,
    mostObjects,
    changed,
    sharing: createSharing(options.mostHeld),
    timing: { ...usualTiming, ...options.timing },
    turns: createTurns(),
    slot: createSlots(mostLists),
    counters: { lists: 0, relists: 0, reconnects: 0, events: 0 },
    allowedNamespaces: () => {
      allowed ??= allowedNamespaces(client, ending);
      allowed.catch(() => {
        allowed = undefined;
      });
      return allowed;
    },
  };
}

function standsInTheWay(reflectors: readonly Reflector[]): AutoDevOpsError {
  const failing = reflectors.find(({ phase, failure }) => phase === 'starting' && failure !== undefined);
  return (
    failing?.failure ??
    new AutoDevOpsError(
      'cluster.no-answer',
      'The API server has not sent every list in time.',
      'Look at its load, or give it more time.',
    )
  );
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
function staleWatcher(stale: () => readonly Reflector[], changed: (kind: ChangedKind) => void): () => void {
  let before = new Set<ChangedKind>();
  return () => {
    const now = new Set(stale().map(({ target }) => target.watched.told));
    for (const kind of [...before, ...now]) if (before.has(kind) !== now.has(kind)) changed(kind);
    before = now;
  };
}

/** Begins to watch at once. */
export function createWatchCache(options: WatchOptions): WatchCache {
  const timing: WatchTiming = { ...usualTiming, ...options.timing };
  const ending = new AbortController();
  const notice = createChangeNotice(timing);
  const shared = surroundings(options, ending.signal, (kind) => {
    notice.mark(kind);
    if (kind === 'CustomResourceDefinition') void followCustom();
  });
  const watches = [...new Set(options.kinds)].map((kind) => new KindWatch(kind, options.namespaces, shared));
  const custom = options.custom === true ? new CustomWatch(options.namespaces, shared) : undefined;
  const reflectors = (): readonly Reflector[] => [
    ...watches.flatMap((one) => one.reflectors),
    ...(custom?.reflectors ?? []),
  ];
  const readOf = (kind: KindName): KindRead | undefined => watches.find((one) => one.kind === kind)?.read();
  const resources = customFinder({
    client: options.client,
    definitions: () => readOf('CustomResourceDefinition'),
    every: timing.retryAbsent,
    now: shared.now,
    signal: ending.signal,
  });
  const logs = createLogAccess({
    client: options.client,
    namespaces: options.namespaces,
    pods: () => readOf('Pod'),
    now: shared.now,
    every: timing.retryAbsent,
    signal: ending.signal,
    changed: () => notice.mark('Pod'),
  });
  const followCustom = async (): Promise<void> => custom?.follow(await resources());
  const ageOf = ({ inStepAt }: Reflector): number =>
    inStepAt === undefined ? Number.POSITIVE_INFINITY : Math.max(0, shared.now() - inStepAt);
  const tellStale = staleWatcher(() => reflectors().filter((one) => ageOf(one) > timing.stale), notice.mark);
  const onBeat = (): void => {
    tellStale();
    for (const one of watches) void one.review();
    void logs.look();
    void followCustom();
  };
  for (const one of watches) one.start();
  const known = (async () => {
    await Promise.all(watches.map((one) => one.known()));
    if (ending.signal.aborted) return;
    await Promise.all([logs.look(), followCustom().then(() => custom?.known())]);
  })();
  const pulse = keepPulse({ shared, reflectors, signal: ending.signal, onBeat });
  return {
    ready: (signal) => until(known, signal, () => standsInTheWay(reflectors())),
    snapshot: (within) =>
      cacheSnapshot(
        { watches, custom, otherSpots: [...logs.spots(), ...clockSpots(options.client.clockOffset())] },
        { facts: options, now: shared.now(), staleMs: timing.stale, within },
        askerOf(options.client.access),
      ),
    staleness: () => new Map(watches.map((one) => [one.kind, Math.max(...one.reflectors.map(ageOf))])),
    lag: () =>
      Math.max(
        0,
        ...reflectors()
          .filter(({ phase }) => phase !== 'starting')
          .map(ageOf),
      ),
    onChange: notice.listen,
    statistics: () => ({ ...shared.counters }),
    close: async () => {
      notice.close();
      ending.abort();
      await Promise.all([pulse, ...watches.map((one) => one.stop()), custom?.stop()]);
      await known;
    },
  };
}
