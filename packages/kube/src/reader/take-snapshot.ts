import { pluralOf } from '@autodevops/domain/count-words';
import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { CustomResourceDefinition } from '@autodevops/domain/kubernetes/cluster';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Progress, SnapshotRequest } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { SnapshotParts } from '@autodevops/domain/snapshot';
import type { KubeClient } from '../http/client.ts';
import { allowedNamespaces } from './permissions/allowed-namespaces.ts';
import { askerOf } from './permissions/asker.ts';
import { deniedSpots, failedSpots } from './blind-spots.ts';
import { boundedParallel } from './bounded-parallel.ts';
import { clockSpots } from './clock-spot.ts';
import { readCustomObjects } from './custom/custom-objects.ts';
import { customResources } from './custom/custom-resources.ts';
import { createEndurance } from './endurance.ts';
import type { Discovery } from './discovery/discovery.ts';
import { readKind } from './lists/kind-read.ts';
import type { KindRead, KindReading } from './lists/kind-read.ts';
import { logSpots } from './permissions/log-permission.ts';
import type { ServerFacts } from './discovery/server-facts.ts';
import { createSharing } from './lists/object-reader.ts';
import { createTurns } from './lists/turns.ts';

export interface SnapshotRun {
  readonly client: KubeClient;
  readonly facts: ServerFacts;
  readonly discovery: () => Promise<Discovery | undefined>;
  readonly signal: AbortSignal;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** Bytes that the objects may take. Absent: what this process has room for. */
  readonly mostHeld?: number | undefined;
}

const atOnce = 6;
export const mostEvents = 100_000;

/** Without these there is no saying that all is well; in a namespace's answer the nodes are left to those who may see them. */
const essential: ReadonlySet<KindName> = new Set<KindName>([
  'Pod',
  'Event',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'Service',
  'EndpointSlice',
  'PersistentVolumeClaim',
]);
/** The largest lists first, so that they do not come last and alone. */
const largestFirst: readonly KindName[] = ['Pod', 'Event', 'ReplicaSet', 'ConfigMap', 'Secret', 'EndpointSlice'];

function inOrder(kinds: readonly KindName[]): readonly KindName[] {
  const first = largestFirst.filter((kind) => kinds.includes(kind));
  return [...first, ...kinds.filter((kind) => !first.includes(kind))];
}

/** Kinds without which the answer is inconclusive where nothing was found. */
export function failedKinds(reads: readonly KindRead[], request: SnapshotRequest): readonly KindName[] {
  const needed = (kind: KindName): boolean =>
    essential.has(kind) || (kind === 'Node' && request.namespaces === undefined);
  return reads
    .filter((read) => read.error !== undefined || (read.coverage === 'none' && needed(read.kind)))
    .map((read) => read.kind);
}

function eventSpots(reads: readonly KindRead[]): readonly BlindSpot[] {
  return reads.flatMap(({ objects, seenEvents }) =>
    seenEvents === undefined
      ? []
      : [
          {
            what: 'older Events',
            why: `There are ${seenEvents.toLocaleString('en')}; the newest ${objects.length.toLocaleString('en')} were kept.`,
            remedy: 'Ask about one namespace.',
          },
        ],
  );
}

function strangeSpots(reads: readonly KindRead[]): readonly BlindSpot[] {
  return reads.flatMap(({ kind, strange }) =>
    strange === undefined
      ? []
      : [
          {
            what: pluralOf(kind),
            why: `The API server serves them in versions that are not known here (${strange.join(', ')}).`,
            remedy: 'Get a newer autodevops.',
          },
        ],
  );
}

/** Reads as parts of a snapshot: objects, what was seen of each kind, and what could not be. */
export function partsOf(
  reads: readonly KindRead[],
  request: SnapshotRequest,
  asker: string,
): Pick<SnapshotParts, 'objects' | 'coverage' | 'coverageByNamespace' | 'failed' | 'blindSpots'> {
  const failed = reads.flatMap(({ kind, error }) => (error === undefined ? [] : [{ kind, error }]));
  const denied = reads.flatMap((read) => (read.denied === undefined ? [] : [read.denied]));
  return {
    objects: Object.fromEntries(reads.map(({ kind, objects }) => [kind, objects])),
    coverage: Object.fromEntries(reads.map(({ kind, coverage }) => [kind, coverage])),
    coverageByNamespace: Object.fromEntries(
      reads.flatMap(({ kind, byNamespace }) => (byNamespace === undefined ? [] : [[kind, byNamespace]])),
    ),
    failed: failedKinds(reads, request),
    blindSpots: [...failedSpots(failed), ...deniedSpots(denied, asker), ...strangeSpots(reads), ...eventSpots(reads)],
  };
}

/** When nothing at all came, the reason is the answer. */
function throwIfNothing(reads: readonly KindRead[]): void {
  const errors = reads.flatMap(({ error }) => (error === undefined ? [] : [error]));
  const [first] = errors;
  if (first !== undefined && errors.length === reads.filter(({ unserved }) => unserved !== true).length) {
    throw first satisfies AutoDevOpsError;
  }
}

function readingFor(request: SnapshotRequest, run: SnapshotRun, discovery: Discovery | undefined): KindReading {
  const { client, signal, mostHeld } = run;
  let allowed: Promise<readonly string[]> | undefined;
  return {
    client,
    signal,
    sharing: createSharing(mostHeld),
    turns: createTurns(),
    namespaces: request.namespaces,
    allowedNamespaces: () => (allowed ??= allowedNamespaces(client, signal)),
    served: discovery === undefined || discovery.versions.length === 0 ? undefined : new Set(discovery.versions),
    resources: discovery?.resources,
    mostEvents,
  };
}

/** One pass over the kinds. Throws when there is nothing to read at all, or interrupted. */
export async function takeSnapshot(request: SnapshotRequest, run: SnapshotRun): Promise<Snapshot> {
  const { client, facts, onProgress } = run;
  const discovery = await run.discovery();
  const reading = readingFor(request, run, discovery);
  const order = inOrder(request.kinds);
  const total = order.length + (request.custom ? 1 : 0);
  const endurance = createEndurance();
  let done = 0;
  // Asked as soon as it is known which pods there are to have logs.
  let logs: Promise<readonly BlindSpot[]> = Promise.resolve([]);
  const reads = await boundedParallel(order, atOnce, async (kind) => {
    const read = await endurance.read<KindRead>(
      () => readKind(kind, reading),
      (error) => ({ kind, objects: [], coverage: 'none', error }),
    );
    if (kind === 'Pod' && read.error === undefined) {
      logs = logSpots(client, read, { namespaces: request.namespaces, signal: run.signal });
    }
    logs.catch(() => undefined);
    done++;
    onProgress?.({ step: pluralOf(kind), done, total });
    return read;
  });
  throwIfNothing(reads);
  const definitions = reads.find(({ kind }) => kind === 'CustomResourceDefinition')?.objects as
    | readonly CustomResourceDefinition[]
    | undefined;
  const custom =
    request.custom && endurance.over() === undefined
      ? await readCustomObjects(customResources(discovery, definitions ?? []), reading)
      : { objects: [], blindSpots: [] };
  if (request.custom) onProgress?.({ step: 'custom resources', done: total, total });
  const parts = partsOf(reads, request, askerOf(client.access));
  return new Snapshot({
    ...parts,
    cluster: client.access.name,
    capturedAt: new Date(Date.now() + client.clockOffset()).toISOString(),
    custom: custom.objects,
    blindSpots: [
      ...(parts.blindSpots ?? []),
      ...(await logs),
      ...custom.blindSpots,
      ...clockSpots(client.clockOffset()),
    ],
    ...(request.namespaces === undefined ? {} : { namespaces: request.namespaces }),
    ...(facts.version === undefined ? {} : { serverVersion: facts.version }),
    ...(discovery === undefined ? {} : { servedVersions: discovery.versions }),
  });
}
