import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { Coverage, NamespaceCoverage, SnapshotParts } from '@autodevops/domain/snapshot';
import type { Reflector } from './reflector.ts';
import { watchBlindSpots } from './watch-blind-spots.ts';
import type { Stale } from './watch-blind-spots.ts';

/** What a cache says of itself in each snapshot. */
export interface CacheFacts {
  readonly cluster?: string | undefined;
  readonly serverVersion?: string | undefined;
  readonly servedVersions?: readonly string[] | undefined;
  readonly namespaces?: readonly string[] | undefined;
}

export interface SnapshotMoment {
  readonly now: number;
  readonly staleMs: number;
}

type ByKind = ReadonlyMap<KindName, readonly Reflector[]>;

/** Lists of kinds that several reflectors keep, put together anew only when one of them changed. */
export type JoinedLists = Map<KindName, { readonly parts: readonly (readonly object[])[]; readonly whole: readonly object[] }>;

function joined(kind: KindName, reflectors: readonly Reflector[], lists: JoinedLists): readonly object[] {
  const parts = reflectors.map(({ store }) => store.list());
  const held = lists.get(kind);
  if (held !== undefined && held.parts.every((part, index) => part === parts[index])) return held.whole;
  const whole = parts.length === 1 ? (parts[0] ?? []) : parts.flat();
  lists.set(kind, { parts, whole });
  return whole;
}

function coverageOf({ phase, store }: Reflector): Coverage {
  if (phase === 'starting' || phase === 'forbidden') return 'none';
  return store.cut ? 'partial' : 'full';
}

function together(all: readonly Coverage[]): Coverage {
  const first = all[0] ?? 'none';
  return all.every((one) => one === first) ? first : 'partial';
}

function byNamespace(reflectors: readonly Reflector[]): NamespaceCoverage {
  return { named: Object.fromEntries(reflectors.map((one) => [one.namespace ?? '', coverageOf(one)])), elsewhere: 'none' };
}

function staleAmong(reflectors: readonly Reflector[], { now, staleMs }: SnapshotMoment): Stale[] {
  return reflectors
    .filter(({ phase }) => phase !== 'starting')
    .map((reflector) => ({ reflector, ageMs: now - (reflector.provenAt ?? 0) }))
    .filter(({ ageMs }) => ageMs > staleMs);
}

/** The cluster as of the last word from it: ages are counted from there, not from a "now" that nobody has seen. */
function capturedAt(reflectors: readonly Reflector[], now: number): string {
  const latest = Math.max(...reflectors.map(({ provenAt }) => provenAt ?? 0));
  return new Date(latest > 0 ? Math.min(latest, now) : now).toISOString();
}

function facts({ cluster, serverVersion, servedVersions, namespaces }: CacheFacts): Omit<SnapshotParts, 'capturedAt'> {
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
    ...(servedVersions === undefined ? {} : { servedVersions }),
    ...(namespaces === undefined ? {} : { namespaces }),
  };
}

/** What the reflectors hold at this moment. */
export function cacheSnapshot(byKind: ByKind, lists: JoinedLists, about: { facts: CacheFacts; moment: SnapshotMoment }): Snapshot {
  const all = [...byKind.values()].flat();
  const stale = staleAmong(all, about.moment);
  const objects: Record<string, readonly object[]> = {};
  const coverage: Record<string, Coverage> = {};
  const mixed: Record<string, NamespaceCoverage> = {};
  const failed = new Set<KindName>(stale.map(({ reflector }) => reflector.kind));
  for (const [kind, reflectors] of byKind) {
    const covered = together(reflectors.map(coverageOf));
    coverage[kind] = covered;
    if (covered !== 'none') objects[kind] = joined(kind, reflectors, lists);
    if (covered === 'partial' && reflectors[0]?.namespace !== undefined) mixed[kind] = byNamespace(reflectors);
    if (reflectors.some(({ phase }) => phase === 'starting' || phase === 'forbidden')) failed.add(kind);
  }
  return new Snapshot({
    ...facts(about.facts),
    capturedAt: capturedAt(all, about.moment.now),
    objects: objects as NonNullable<SnapshotParts['objects']>,
    coverage: coverage as NonNullable<SnapshotParts['coverage']>,
    ...(Object.keys(mixed).length === 0 ? {} : { coverageByNamespace: mixed as NonNullable<SnapshotParts['coverageByNamespace']> }),
    failed: [...failed],
    blindSpots: watchBlindSpots(all, stale),
  });
}
