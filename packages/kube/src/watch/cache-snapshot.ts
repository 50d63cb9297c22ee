import { pluralOf } from '@autodevops/domain/count-words';
import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { SnapshotParts } from '@autodevops/domain/snapshot';
import { partsOf } from '../reader/take-snapshot.ts';
import type { CustomWatch } from './custom-watch.ts';
import type { KindWatch } from './kind-watch.ts';
import type { Reflector } from './reflector.ts';
import { namespacesWithin, objectsWithin, readWithin } from './within-namespaces.ts';

/** What a cache says of itself in each snapshot. */
export interface CacheFacts {
  readonly cluster?: string | undefined;
  readonly serverVersion?: string | undefined;
  readonly servedVersions?: readonly string[] | undefined;
  /** Absent: every namespace. Cluster-scoped kinds are always watched. */
  readonly namespaces?: readonly string[] | undefined;
}

export interface SnapshotMoment {
  readonly facts: CacheFacts;
  readonly now: number;
  readonly staleMs: number;
  /** These alone; absent: everything that is held. */
  readonly within?: readonly string[] | undefined;
}

/** A list that has been out of step for longer than it may. */
interface Stale {
  readonly reflector: Reflector;
  readonly ageMs: number;
}

function staleAmong(reflectors: readonly Reflector[], { now, staleMs }: SnapshotMoment): Stale[] {
  return reflectors
    .filter(({ phase }) => phase !== 'starting')
    .map((reflector) => ({ reflector, ageMs: now - (reflector.inStepAt ?? 0) }))
    .filter(({ ageMs }) => ageMs > staleMs);
}

function spotOf(what: string, stale: readonly Stale[]): BlindSpot {
  const ages = stale.map(({ ageMs }) => ageMs);
  const failure = stale.find(({ reflector }) => reflector.failure !== undefined)?.reflector.failure;
  return {
    what: `${what} as of ${Math.round(Math.min(...ages) / 1000)} s ago`,
    why: failure?.message ?? 'Nothing was heard of the API server since.',
    ...(failure === undefined
      ? { remedy: 'Look at the connection to the API server; it is tried again and again.' }
      : remedyIn(failure)),
  };
}

const unanswered: readonly string[] = ['cluster.unreachable', 'cluster.refused', 'cluster.no-answer'];

/** Everything is old: mostly because the server is away, which counts more than how old it is. */
function wholeSpot(stale: readonly Stale[]): BlindSpot {
  const spot = spotOf('The whole cluster', stale);
  return stale.every(({ reflector: { failure } }) => failure === undefined || unanswered.includes(failure.code))
    ? { ...spot, what: `${spot.what}, since when the API server has not answered` }
    : spot;
}

/** One sentence when everything is old, else one for each kind. */
function staleSpots(stale: readonly Stale[], reflectors: readonly Reflector[]): readonly BlindSpot[] {
  const settled = reflectors.filter(({ phase }) => phase !== 'starting');
  if (stale.length > 1 && stale.length === settled.length) return [wholeSpot(stale)];
  const byKind = Map.groupBy(stale, ({ reflector }) => reflector.target.watched.kind);
  return [...byKind].map(([kind, all]) => spotOf(pluralOf(kind), all));
}

/** The last word from the cluster: ages are counted from there, not from a "now" that nobody has seen. */
function lastWord(reflectors: readonly Reflector[], now: number): string {
  const latest = reflectors.reduce((most, { inStepAt }) => Math.max(most, inStepAt ?? 0), 0);
  return new Date(latest > 0 ? Math.min(latest, now) : now).toISOString();
}

function stated({ cluster, serverVersion, servedVersions, namespaces }: CacheFacts): Omit<SnapshotParts, 'capturedAt'> {
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
    ...(servedVersions === undefined ? {} : { servedVersions }),
    ...(namespaces === undefined ? {} : { namespaces }),
  };
}

/** What a cache holds. */
export interface CacheParts {
  readonly watches: readonly KindWatch[];
  /** Absent: custom resources were not wanted. */
  readonly custom: CustomWatch | undefined;
  /** What no list tells: logs that may not be read, clocks that disagree. */
  readonly otherSpots: readonly BlindSpot[];
}

/** What is held at this moment. `asker`: who may not read what is a blind spot. */
export function cacheSnapshot(
  { watches, custom, otherSpots }: CacheParts,
  moment: SnapshotMoment,
  asker: string,
): Snapshot {
  const { now, within } = moment;
  const facts = { ...moment.facts, namespaces: namespacesWithin(moment.facts.namespaces, within) };
  const reflectors = [...watches.flatMap((one) => one.reflectors), ...(custom?.reflectors ?? [])];
  const stale = staleAmong(reflectors, moment);
  const reads = watches.map((one) => (within === undefined ? one.read() : readWithin(one.read(), within)));
  const request = {
    kinds: reads.map(({ kind }) => kind),
    custom: false,
    ...(facts.namespaces === undefined ? {} : { namespaces: facts.namespaces }),
  };
  const parts = partsOf(reads, request, asker);
  const failed = new Set<KindName>([
    ...(parts.failed ?? []),
    ...stale.flatMap(({ reflector }) =>
      reflector.target.watched.told === 'custom' ? [] : [reflector.target.watched.told],
    ),
  ]);
  const held = custom?.read();
  return new Snapshot({
    ...stated(facts),
    ...parts,
    ...(held === undefined
      ? {}
      : { custom: within === undefined ? held.objects : objectsWithin(held.objects, within) }),
    capturedAt: lastWord(reflectors, now),
    failed: [...failed],
    blindSpots: [
      ...(parts.blindSpots ?? []),
      ...otherSpots,
      ...(held?.blindSpots ?? []),
      ...staleSpots(stale, reflectors),
    ],
  });
}
