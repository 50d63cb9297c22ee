import { AutoDevOpsError } from '@autodevops/domain/errors';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterReader, LogRequest, Progress, SnapshotRequest } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { ContainerLog, SnapshotParts } from '@autodevops/domain/snapshot';
import { stopIfAborted } from '@autodevops/domain/interruption';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { bundleBlindSpots } from './blind-spots.ts';
import { newestLogTime, newestTime } from './captured-at.ts';
import { apiServerVersion, clusterName } from './cluster-name.ts';
import { bundleCoverage } from './coverage.ts';
import type { BundleCoverage } from './coverage.ts';
import { defaultLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { loadBundle } from './load-bundle.ts';
import type { LoadedBundle } from './load-bundle.ts';
import { readLogs } from './logs/read-logs.ts';
import type { HasMetadata } from './objects/object-store.ts';
import type { BundleSource } from './source/bundle-source.ts';
import { openSource } from './source/open-source.ts';
import { shown } from './source/refuse.ts';

export interface OpenOptions {
  readonly signal?: AbortSignal;
  /** Bytes gone through, of those of the folder or archive. */
  readonly onProgress?: (progress: Progress) => void;
  /** For tests, and for bundles that are trusted and huge. */
  readonly limits?: Partial<Limits>;
}

interface Bundle {
  readonly path: string;
  readonly source: BundleSource;
  readonly limits: Limits;
  readonly loaded: LoadedBundle;
  readonly coverage: BundleCoverage;
  readonly capturedAt: string;
}

/** Enough of the logs' ends to learn when a bundle without objects was made. */
async function newestInLogs(source: BundleSource, loaded: LoadedBundle, limits: Limits): Promise<number> {
  let latest = 0;
  for (const { path } of loaded.logFiles.slice(0, 50)) {
    const file = await source.pick?.(path, limits);
    if (file?.tail !== undefined) {
      latest = Math.max(latest, newestLogTime(Buffer.from(await file.tail(4096)).toString('utf8')));
    }
  }
  return latest;
}

async function capturedAt(source: BundleSource, loaded: LoadedBundle, limits: Limits): Promise<string> {
  if (loaded.manifest?.capturedAt !== undefined) return loaded.manifest.capturedAt;
  const time = newestTime(loaded.reading.store) || (await newestInLogs(source, loaded, limits)) || loaded.modified;
  return new Date(time).toISOString();
}

function checkNotEmpty(path: string, loaded: LoadedBundle): void {
  const { store, problems } = loaded.reading;
  if (loaded.manifest !== undefined || store.byKind.size > 0 || store.custom.size > 0 || loaded.logs.size > 0) return;
  const [problem] = problems.values();
  const because =
    problem === undefined
      ? loaded.notes[0] === undefined
        ? ''
        : ` (${loaded.notes[0]})`
      : ` (${shown(problem.path)}, line ${problem.line}: ${problem.reason})`;
  throw new AutoDevOpsError(
    'bundle.not-a-bundle',
    `${shown(path)} holds no Kubernetes objects${because}.`,
    remedy`Pass a folder, archive or file with objects as "kubectl get -o yaml" prints them, a cluster-info dump, a must-gather, a support bundle, or what ${{ do: 'capture-bundle' }} wrote.`,
  );
}

function selected(bundle: Bundle, request: SnapshotRequest): Pick<SnapshotParts, 'objects' | 'custom'> {
  const { store } = bundle.loaded.reading;
  const wanted = request.namespaces === undefined ? undefined : new Set(request.namespaces);
  const inScope = ({ metadata }: HasMetadata): boolean =>
    wanted === undefined || metadata.namespace === '' || wanted.has(metadata.namespace);
  const objects: Record<string, HasMetadata[]> = {};
  for (const kind of new Set(request.kinds)) {
    if (bundle.coverage.coverage[kind] === 'none') continue;
    const held = [...(store.byKind.get(kind)?.values() ?? [])];
    objects[kind] = kinds[kind].namespaced ? held.filter(inScope) : held;
  }
  return {
    objects: objects as SnapshotParts['objects'] & object,
    custom: request.custom ? [...store.custom.values()].filter(inScope) : [],
  };
}

function requestedCoverage(
  bundle: Bundle,
  request: SnapshotRequest,
): Required<Pick<SnapshotParts, 'coverage' | 'coverageByNamespace'>> {
  const asked = new Set<KindName>(request.kinds);
  const only = <T>(of: { readonly [K in KindName]?: T }): { readonly [K in KindName]?: T } =>
    Object.fromEntries(Object.entries(of).filter(([kind]) => asked.has(kind as KindName)));
  const unasked = Object.fromEntries(
    kindNames.filter((kind) => !asked.has(kind)).map((kind) => [kind, 'none' as const]),
  );
  return {
    coverage: { ...unasked, ...only(bundle.coverage.coverage) },
    coverageByNamespace: only(bundle.coverage.byNamespace),
  };
}

function scopeOf(bundle: Bundle, request: SnapshotRequest): readonly string[] | undefined {
  const recorded = bundle.loaded.manifest?.namespaces;
  if (request.namespaces === undefined) return recorded;
  return recorded === undefined
    ? request.namespaces
    : request.namespaces.filter((namespace) => recorded.includes(namespace));
}

function partsOf(bundle: Bundle, request: SnapshotRequest): SnapshotParts {
  const { loaded } = bundle;
  const { store, problems, served } = loaded.reading;
  const { manifest } = loaded;
  const { coverage } = bundle.coverage;
  const spots = bundleBlindSpots({
    store,
    coverage,
    problems: [...problems.values()],
    notes: loaded.notes,
    logs: loaded.logs,
  });
  const namespaces = scopeOf(bundle, request);
  const serverVersion = manifest?.serverVersion ?? loaded.reading.serverVersion ?? apiServerVersion(store);
  const servedVersions = manifest?.servedVersions ?? (served.size === 0 ? undefined : [...served]);
  return {
    cluster: manifest?.cluster || clusterName(store, bundle.path),
    capturedAt: bundle.capturedAt,
    ...selected(bundle, request),
    ...requestedCoverage(bundle, request),
    alerts: loaded.alerts,
    series: loaded.series,
    blindSpots: [...(manifest?.blindSpots ?? []), ...spots],
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
    ...(servedVersions === undefined ? {} : { servedVersions }),
  };
}

async function snapshotOf(bundle: Bundle, request: SnapshotRequest, signal: AbortSignal): Promise<Snapshot> {
  stopIfAborted(signal);
  return new Snapshot(partsOf(bundle, request));
}

async function logsOf(
  bundle: Bundle,
  requests: readonly LogRequest[],
  signal: AbortSignal,
): Promise<readonly ContainerLog[]> {
  return readLogs(bundle.source, bundle.loaded.logs, requests, { limits: bundle.limits, signal });
}

/**
 * Opens a record of a cluster: our own bundle, a `kubectl cluster-info dump`, an OpenShift must-gather, a
 * troubleshoot.sh support bundle, or any folder, tar or zip archive, or file of objects. Reads all of it once; logs are read
 * when asked for. Nothing is written to disk.
 *
 * Throws `bundle.not-found`, `bundle.not-a-bundle` when nothing in it can be read, and `bundle.refused` for what no
 * honest bundle holds (names and links that lead out of it, decompression bombs, absurd sizes).
 */
export async function openBundle(path: string, options: OpenOptions = {}): Promise<ClusterReader> {
  const limits = { ...defaultLimits, ...options.limits };
  const signal = options.signal ?? new AbortController().signal;
  const { source, at } = await openSource(path, limits);
  const onBytes = (done: number, total: number): void =>
    options.onProgress?.({ step: 'reading the bundle', done, total });
  const loaded = await loadBundle(source, { limits, signal, onBytes });
  checkNotEmpty(path, loaded);
  const { store, seen } = loaded.reading;
  const coverage = bundleCoverage({ store, seen, manifest: loaded.manifest });
  const bundle: Bundle = {
    path: at,
    source,
    limits,
    loaded,
    coverage,
    capturedAt: await capturedAt(source, loaded, limits),
  };
  return {
    source: path,
    recorded: true,
    snapshot: (request, { signal: stop }) => snapshotOf(bundle, request, stop),
    logs: (requests, { signal: stop }) => logsOf(bundle, requests, stop),
    close: () => Promise.resolve(),
  };
}
