import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterReader, LogRequest, Progress } from '@autodevops/domain/ports/cluster';
import { redact } from '@autodevops/domain/redact';
import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { stopIfAborted } from '@autodevops/domain/interruption';
import { bundleVersion } from '../bundle-manifest.ts';
import { checkSink, openSink } from './bundle-sink.ts';
import type { BundleSink } from './bundle-sink.ts';
import { planLogs } from './log-plan.ts';
import type { LogScope } from './log-plan.ts';
import { writeFailure } from './write-failure.ts';
import { rawCustom, rawObject } from './raw-object.ts';
import { redactLog } from './redact-log.ts';
import { redactObject } from './redact-object.ts';

export interface CaptureOptions {
  /** A folder, or a file that ends in `.tar.gz` or `.tgz`. */
  readonly output: string;
  /** Replace what lies there, if it is a bundle. */
  readonly force?: boolean;
  /** Absent: every kind that Auto-DevOps reads. */
  readonly kinds?: readonly KindName[];
  /** Absent: every namespace. */
  readonly namespaces?: readonly string[];
  /** Objects of other kinds too; true when absent. */
  readonly custom?: boolean;
  /** `all` when absent. */
  readonly logs?: LogScope;
  /** The last lines of each log, 2,000 when absent. */
  readonly tailLines?: number;
  /** Bytes of one log, 256 KiB when absent; of all logs, 256 MiB; and how many logs at most, 2,000. */
  readonly logBytes?: number;
  readonly allLogBytes?: number;
  readonly mostLogs?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface CaptureResult {
  readonly output: string;
  readonly objects: number;
  /** How many of each kind; other kinds are under their own names. */
  readonly counts: Readonly<Record<string, number>>;
  readonly logs: number;
  readonly logBytes: number;
  /** Logs that the limits left out. */
  readonly logsLeftOut: number;
  readonly blindSpots: Snapshot['blindSpots'];
}

const objectsPerFile = 500;
const logsAtOnce = 16;

function manifestOf(snapshot: Snapshot, asked: readonly KindName[]): string {
  const { cluster, capturedAt, namespaces, serverVersion, servedVersions, coverageByNamespace } = snapshot.parts;
  const whole = asked.filter((kind) => snapshot.coverage(kind) === 'full' && coverageByNamespace?.[kind] === undefined);
  const partial = asked.filter((kind) => snapshot.coverage(kind) !== 'none' && !whole.includes(kind));
  const manifest = {
    version: bundleVersion,
    capturedAt,
    cluster: cluster ?? '',
    kinds: whole,
    partial,
    namespaces,
    serverVersion,
    servedVersions,
    blindSpots: snapshot.blindSpots,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function listOf(items: readonly object[]): string {
  return `{"apiVersion":"v1","kind":"List","items":[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]}\n`;
}

async function writeList(sink: BundleSink, path: string, items: readonly object[]): Promise<void> {
  if (items.length <= objectsPerFile) return sink.add(`${path}.json`, listOf(items));
  for (let from = 0; from < items.length; from += objectsPerFile) {
    const part = String(from / objectsPerFile + 1).padStart(4, '0');
    await sink.add(`${path}/${part}.json`, listOf(items.slice(from, from + objectsPerFile)));
  }
}

function safeSegment(name: string): boolean {
  return /^[a-zA-Z0-9](?:[-\w.]{0,251}[a-zA-Z0-9])?$/.test(name);
}

async function writeObjects(
  sink: BundleSink,
  snapshot: Snapshot,
  options: CaptureOptions,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const present = kindNames.filter((kind) => snapshot.list(kind).length > 0);
  for (const [done, kind] of present.entries()) {
    stopIfAborted(options.signal);
    options.onProgress?.({ step: 'recording objects', done, total: present.length });
    const objects = snapshot.list(kind);
    counts[kind] = objects.length;
    await writeList(
      sink,
      `objects/${kinds[kind].plural}`,
      objects.map((object) => rawObject(kind, object)),
    );
  }
  for (const [index, [kind, objects]] of [
    ...Map.groupBy(snapshot.custom, ({ apiVersion, kind }) => `${kind}.${apiVersion}`),
  ].entries()) {
    const name = kind.replaceAll('/', '_');
    counts[kind] = objects.length;
    await writeList(sink, `objects/custom/${safeSegment(name) ? name : `kind-${index + 1}`}`, objects.map(rawCustom));
  }
  return counts;
}

function seriesAnswer(query: string, series: readonly Series[]): string {
  const result = series.map(({ labels, points }) => ({
    metric: labels,
    values: points.map(([time, value]) => [time, String(value)]),
  }));
  return `${JSON.stringify({ status: 'success', query: redact(query), data: { resultType: 'matrix', result } })}\n`;
}

async function writeSignals(sink: BundleSink, snapshot: Snapshot): Promise<void> {
  if (snapshot.alerts.length > 0) {
    const alerts = snapshot.alerts.map((alert) => redactObject(alert, { custom: false, data: false }));
    await sink.add('alerts.json', `${JSON.stringify(alerts, null, 2)}\n`);
  }
  const byQuery = [...Map.groupBy(snapshot.series, ({ query }) => query)];
  for (const [index, [query, series]] of byQuery.entries()) {
    await sink.add(`metrics/${index + 1}.json`, seriesAnswer(query, series));
  }
}

interface LogsWritten {
  readonly logs: number;
  readonly logBytes: number;
  readonly logsLeftOut: number;
}

async function writeLogs(
  sink: BundleSink,
  reader: ClusterReader,
  job: { snapshot: Snapshot; options: CaptureOptions },
): Promise<LogsWritten> {
  const { snapshot, options } = job;
  const { tailLines = 2000, logBytes: limitBytes = 256 * 1024, allLogBytes = 256 * 2 ** 20, mostLogs = 2000 } = options;
  const plan = planLogs(snapshot, { scope: options.logs ?? 'all', tailLines, limitBytes, most: mostLogs });
  const requests = plan.requests.filter(({ namespace, pod, container }) =>
    [namespace, pod, container].every(safeSegment),
  );
  let [logs, logBytes, asked] = [0, 0, 0];
  while (asked < requests.length && logBytes < allLogBytes) {
    stopIfAborted(options.signal);
    options.onProgress?.({ step: 'recording logs', done: asked, total: requests.length });
    const batch: readonly LogRequest[] = requests.slice(asked, asked + logsAtOnce);
    asked += batch.length;
    for (const log of await reader.logs(batch, { signal: options.signal })) {
      const text = redactLog(log.text);
      if (text === '') continue;
      await sink.add(`logs/${log.namespace}/${log.pod}/${log.container}${log.previous ? '.previous' : ''}.log`, text);
      logs++;
      logBytes += text.length;
    }
  }
  return { logs, logBytes, logsLeftOut: plan.leftOut + requests.length - asked };
}

async function writeBundle(
  sink: BundleSink,
  reader: ClusterReader,
  job: { snapshot: Snapshot; options: CaptureOptions },
): Promise<CaptureResult> {
  const { snapshot, options } = job;
  await sink.add('bundle.json', manifestOf(snapshot, options.kinds ?? kindNames));
  const counts = await writeObjects(sink, snapshot, options);
  await writeSignals(sink, snapshot);
  const logs = await writeLogs(sink, reader, job);
  await sink.finish();
  const objects = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { output: options.output, objects, counts, ...logs, blindSpots: snapshot.blindSpots };
}

/**
 * Records a cluster (or a record of one) in our own bundle format, with what looks like a credential masked and without
 * the values of Secrets. All or nothing: until it is complete, nothing lies at the output's place. Throws `usage` when
 * something lies there already, `output.failed` when it cannot be written, and what the reader throws.
 */
export async function captureBundle(reader: ClusterReader, options: CaptureOptions): Promise<CaptureResult> {
  const { namespaces, signal, onProgress } = options;
  const sinkOptions = { output: options.output, force: options.force ?? false };
  const told = (error: unknown): never => {
    throw writeFailure(error, options.output);
  };
  // Before the reading, which takes long: a wrong output is said at once.
  await checkSink(sinkOptions).catch(told);
  const request = {
    kinds: options.kinds ?? kindNames,
    custom: options.custom ?? true,
    ...(namespaces === undefined ? {} : { namespaces }),
  };
  const snapshot = await reader.snapshot(request, { signal, ...(onProgress === undefined ? {} : { onProgress }) });
  const sink = await openSink({ ...sinkOptions, time: new Date(snapshot.now) }).catch(told);
  try {
    return await writeBundle(sink, reader, { snapshot, options });
  } catch (error) {
    await sink.abort();
    return told(error);
  }
}
