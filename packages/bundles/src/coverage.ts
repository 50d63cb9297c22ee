import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Coverage, NamespaceCoverage } from '@autodevops/domain/snapshot';
import type { BundleManifest } from './bundle-manifest.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Seen } from './objects/seen.ts';

export interface BundleCoverage {
  readonly coverage: { readonly [K in KindName]?: Coverage };
  readonly byNamespace: { readonly [K in KindName]?: NamespaceCoverage };
}

/** What every namespace has of its own accord: without it, a namespace's objects of the kind were not all recorded. */
const always: { readonly [K in KindName]?: string } = { ConfigMap: 'kube-root-ca.crt', ServiceAccount: 'default' };

interface Evidence {
  readonly store: ObjectStore;
  readonly seen: Seen;
  readonly manifest: BundleManifest | undefined;
}

interface KindCoverage {
  readonly whole: Coverage;
  readonly byNamespace?: NamespaceCoverage;
}

function isDamaged({ seen, manifest }: Evidence, kind: KindName): boolean {
  return seen.allDamaged || seen.damaged.has(kind) || (manifest?.partial.includes(kind) ?? false);
}

/** True when the bundle holds the whole list of the cluster's namespaces. */
function knowsNamespaces({ store, seen }: Evidence): boolean {
  return (store.byKind.get('Namespace')?.size ?? 0) > 1 || seen.everywhere.has('Namespace');
}

/** Our own format records a cluster: a kind that is there is there whole, in every namespace that was recorded. */
function recorded(evidence: Evidence, kind: KindName): KindCoverage {
  const { store, seen } = evidence;
  const present = (store.byKind.get(kind)?.size ?? 0) > 0 || seen.everywhere.has(kind) || seen.inNamespace.has(kind);
  if (!present) return { whole: 'none' };
  if (isDamaged(evidence, kind)) return { whole: 'partial' };
  if (!kinds[kind].namespaced) return { whole: 'full' };
  const known = store.byKind.get('Namespace');
  const empty = [...(known?.values() ?? [])]
    .map(({ metadata }) => metadata.name)
    .filter((name) => !seen.populated.has(name));
  const populated = [...seen.populated].map((name) => [name, 'full'] as const);
  // A namespace that does not exist holds nothing; one that exists and of which nothing was recorded was not looked at.
  const elsewhere: Coverage = knowsNamespaces(evidence) ? 'full' : 'none';
  return {
    whole: 'full',
    byNamespace: {
      named: Object.fromEntries([...empty.map((name) => [name, 'none'] as const), ...populated]),
      elsewhere,
    },
  };
}

/** True when the objects of a kind in a namespace are so many that they are all. */
function isWholeIn({ store, seen }: Evidence, kind: KindName, namespace: string): boolean {
  if (seen.inNamespace.get(kind)?.has(namespace) ?? false) return true;
  const witness = always[kind];
  if (witness !== undefined) return store.byKind.get(kind)?.has(`${namespace}/${witness}`) ?? false;
  return seen.live.get(kind)?.has(namespace) ?? false;
}

/** Anything else is a collection: it proves an absence only where it plainly holds the rest. */
function collected(evidence: Evidence, kind: KindName): KindCoverage {
  const { store, seen } = evidence;
  const held = store.byKind.get(kind)?.size ?? 0;
  if (held === 0 && !seen.everywhere.has(kind) && !seen.inNamespace.has(kind)) return { whole: 'none' };
  if (isDamaged(evidence, kind)) return { whole: 'partial' };
  if (!kinds[kind].namespaced) {
    // Folders of gathered namespaces hold the Namespace objects of these alone.
    if (kind === 'Namespace' && !seen.everywhere.has(kind)) return { whole: 'partial' };
    return { whole: seen.everywhere.has(kind) || seen.live.has(kind) ? 'full' : 'partial' };
  }
  if (seen.everywhere.has(kind)) return { whole: 'full' };
  const candidates = new Set([
    ...seen.populated,
    ...(seen.inNamespace.get(kind) ?? []),
    ...(seen.live.get(kind) ?? []),
  ]);
  const named = [...candidates].map((name) => [name, isWholeIn(evidence, kind, name) ? 'full' : 'partial'] as const);
  const whole = named.length > 0 && named.every(([, coverage]) => coverage === 'full') ? 'full' : 'partial';
  return { whole, byNamespace: { named: Object.fromEntries(named), elsewhere: 'none' } };
}

function coverageOf(evidence: Evidence, kind: KindName): KindCoverage {
  const { manifest } = evidence;
  if (manifest === undefined) return collected(evidence, kind);
  if (manifest.kinds === undefined) return recorded(evidence, kind);
  if (manifest.kinds.includes(kind)) return { whole: isDamaged(evidence, kind) ? 'partial' : 'full' };
  return {
    whole: manifest.partial.includes(kind) || (evidence.store.byKind.get(kind)?.size ?? 0) > 0 ? 'partial' : 'none',
  };
}

function isFullEverywhere({ named, elsewhere }: NamespaceCoverage): boolean {
  return elsewhere === 'full' && Object.values(named).every((coverage) => coverage === 'full');
}

/** How much of each kind a bundle holds, so that a rule knows where an absence proves something. */
export function bundleCoverage(evidence: Evidence): BundleCoverage {
  const coverage: Record<string, Coverage> = {};
  const byNamespace: Record<string, NamespaceCoverage> = {};
  for (const kind of kindNames) {
    const found = coverageOf(evidence, kind);
    coverage[kind] = found.whole;
    if (found.byNamespace !== undefined && !isFullEverywhere(found.byNamespace)) byNamespace[kind] = found.byNamespace;
  }
  return { coverage, byNamespace };
}
