import { AutoDevOpsError } from '@autodevops/domain/errors';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Coverage, NamespaceCoverage } from '@autodevops/domain/snapshot';
import type { KubeClient } from '../../http/client.ts';
import type { Denied } from '../blind-spots.ts';
import type { ServedResource } from '../discovery/discovery.ts';
import { readList } from './list-pages.ts';
import { sourcesOf } from './list-source.ts';
import type { ListSource } from './list-source.ts';
import { newestEvents } from './newest-events.ts';
import type { Sharing } from './object-reader.ts';
import type { Turns } from './turns.ts';

/** What came of reading one kind. */
export interface KindRead {
  readonly kind: KindName;
  readonly objects: readonly object[];
  readonly coverage: Coverage;
  readonly byNamespace?: NamespaceCoverage;
  readonly denied?: Denied;
  /** Why it could not be read although it may be. */
  readonly error?: AutoDevOpsError;
  /** There is no such kind here. */
  readonly unserved?: boolean;
  /** The versions in which it is served, none of which is known here. */
  readonly strange?: readonly string[];
  /** How many events there were, when not all were kept. */
  readonly seenEvents?: number;
}

export interface KindReading {
  readonly client: KubeClient;
  readonly sharing: Sharing;
  readonly turns: Turns;
  readonly signal: AbortSignal;
  /** Only these; undefined: every namespace. */
  readonly namespaces: readonly string[] | undefined;
  /** Where to look when not every namespace may be read. */
  readonly allowedNamespaces: () => Promise<readonly string[]>;
  /** `apps/v1`...; undefined: not known. */
  readonly served: ReadonlySet<string> | undefined;
  /** What can be listed; undefined: not known. */
  readonly resources: readonly ServedResource[] | undefined;
  readonly mostEvents: number;
}

/** Where a connection to the API server itself is lost there is nothing more to read. */
const fatal: ReadonlySet<string> = new Set([
  'interrupted',
  'cluster.unauthorized',
  'cluster.refused',
  'cluster.name-not-resolved',
  'cluster.certificate-expired',
  'cluster.certificate-unknown-authority',
  'cluster.certificate-wrong-name',
  'kubeconfig.credentials',
]);

export function isFatal(error: unknown): boolean {
  return !(error instanceof AutoDevOpsError) || fatal.has(error.code);
}

function isCode(error: unknown, code: AutoDevOpsError['code']): boolean {
  return error instanceof AutoDevOpsError && error.code === code;
}

interface Collected {
  /** `of`: how many there were, when these are what was left of them. */
  readonly add: (items: readonly object[], of?: number) => void;
  readonly all: () => readonly object[];
  readonly seen: () => number;
}

function collector(kind: KindName, mostEvents: number): Collected {
  if (kind === 'Event') {
    const events = newestEvents(mostEvents);
    return { add: (items, of) => events.add(items as readonly ClusterEvent[], of), all: events.all, seen: events.seen };
  }
  const held: object[] = [];
  return {
    add: (items) => {
      for (const item of items) held.push(item);
    },
    all: () => held,
    seen: () => held.length,
  };
}

/** One list into the collector; a list that begins anew takes back what it gave. */
async function collect(
  source: ListSource,
  namespace: string | undefined,
  into: { collected: Collected; kind: KindName; reading: KindReading },
): Promise<void> {
  const { collected, kind, reading } = into;
  const { client, signal, turns, sharing, mostEvents } = reading;
  const { parser, read } = sharing.ofList(kind, source);
  let fresh = collector(kind, mostEvents);
  const letGo = sharing.memory.hold(() => fresh.all());
  try {
    await readList(
      { client, source, namespace, signal, turns, parser, onItem: (parsed) => fresh.add([read(parsed)]) },
      () => {
        fresh = collector(kind, mostEvents);
      },
    );
    collected.add(fresh.all(), fresh.seen());
  } finally {
    letGo();
  }
}

/** The versions in which a kind is served when none of them is one that can be read here. */
function strangeVersions(kind: KindName, { served, resources }: KindReading): readonly string[] {
  const { group, plural } = kinds[kind];
  if (served === undefined || group === '' || versionsToTry(kind, served).length > 0) return [];
  if (resources !== undefined && !resources.some((one) => one.group === group && one.plural === plural)) return [];
  return [...served].filter((version) => version.startsWith(`${group}/`));
}

function versionsToTry(kind: KindName, served: ReadonlySet<string> | undefined): readonly string[] {
  const { group, versions } = kinds[kind];
  if (served === undefined) return versions;
  return versions.filter((version) => served.has(joinApiVersion(group, version)));
}

/** Every source of the first version that is served. False: none is. */
async function readIn(
  namespace: string | undefined,
  into: { collected: Collected; kind: KindName; reading: KindReading },
): Promise<boolean> {
  for (const version of versionsToTry(into.kind, into.reading.served)) {
    try {
      for (const source of sourcesOf(into.kind, version)) await collect(source, namespace, into);
      return true;
    } catch (error) {
      if (!isCode(error, 'cluster.not-found')) throw error;
    }
  }
  return false;
}

/** A kind that fails in this many namespaces is not asked for in the rest: each may cost a whole deadline. */
const mostFailures = 2;

async function readInEach(kind: KindName, namespaces: readonly string[], reading: KindReading): Promise<KindRead> {
  const collected = collector(kind, reading.mostEvents);
  reading.sharing.memory.hold(collected.all);
  const seen: string[] = [];
  const unseen: string[] = [];
  let failure: AutoDevOpsError | undefined;
  let failures = 0;
  for (const namespace of namespaces) {
    if (failures >= mostFailures) {
      unseen.push(namespace);
      continue;
    }
    try {
      await readIn(namespace, { collected, kind, reading });
      seen.push(namespace);
    } catch (error) {
      if (isFatal(error)) throw error;
      unseen.push(namespace);
      if (isCode(error, 'cluster.forbidden')) continue;
      failure = error as AutoDevOpsError;
      failures++;
    }
  }
  const whole = { kind, objects: collected.all(), ...cutEvents(collected) };
  const named = Object.fromEntries([
    ...seen.map((name) => [name, 'full'] as const),
    ...unseen.map((name) => [name, 'none'] as const),
  ]);
  return {
    ...whole,
    coverage: seen.length === 0 ? 'none' : 'partial',
    byNamespace: { named, elsewhere: 'none' },
    ...(failure === undefined ? {} : { error: failure }),
    ...(unseen.length > 0 && failure === undefined ? { denied: { kind, readIn: seen, askedIn: namespaces } } : {}),
  };
}

function cutEvents(collected: Collected): { readonly seenEvents?: number } {
  return collected.seen() > collected.all().length ? { seenEvents: collected.seen() } : {};
}

async function readEverywhere(kind: KindName, reading: KindReading): Promise<KindRead> {
  const collected = collector(kind, reading.mostEvents);
  const letGo = reading.sharing.memory.hold(collected.all);
  try {
    if (!(await readIn(undefined, { collected, kind, reading }))) {
      return { kind, objects: [], coverage: 'full', unserved: true };
    }
    const cut = cutEvents(collected);
    return { kind, objects: collected.all(), coverage: cut.seenEvents === undefined ? 'full' : 'partial', ...cut };
  } catch (error) {
    letGo();
    if (isFatal(error)) throw error;
    if (!isCode(error, 'cluster.forbidden')) {
      return { kind, objects: [], coverage: 'none', error: error as AutoDevOpsError };
    }
  }
  if (!kinds[kind].namespaced) {
    return { kind, objects: [], coverage: 'none', denied: { kind, readIn: [], askedIn: [] } };
  }
  const read = await readInEach(kind, await reading.allowedNamespaces(), reading);
  const readNamespaces = Object.entries(read.byNamespace?.named ?? {}).flatMap(([name, coverage]) =>
    coverage === 'full' ? [name] : [],
  );
  return { ...read, denied: { kind, readIn: readNamespaces, askedIn: [] } };
}

/**
 * Reads every object of a kind that may be read: everywhere, else in the namespaces that are allowed. A kind that is not
 * served is fully seen and empty. Throws only what ends the whole snapshot: no connection, no credentials, interrupted.
 */
export async function readKind(kind: KindName, reading: KindReading): Promise<KindRead> {
  const strange = strangeVersions(kind, reading);
  if (strange.length > 0) return { kind, objects: [], coverage: 'none', strange };
  if (reading.namespaces === undefined || !kinds[kind].namespaced) return readEverywhere(kind, reading);
  const read = await readInEach(kind, reading.namespaces, reading);
  const all = Object.values(read.byNamespace?.named ?? {}).every((coverage) => coverage === 'full');
  // In the scope that was asked for nothing is missing; the snapshot itself says which namespaces that is.
  if (!all || read.seenEvents !== undefined) return read;
  const { byNamespace: _byNamespace, ...rest } = read;
  return { ...rest, coverage: 'full' };
}
