import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { ClusterReader, LogRequest } from '@autodevops/domain/ports/cluster';
import type { Tracer } from '@autodevops/domain/ports/tracer';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { ContainerLog } from '@autodevops/domain/snapshot';
import { confirmedSkew } from '../../analyzers/clock-skew/analyzer.ts';
import { checkIgnored } from '../../analyzers/ingress/ignored.ts';
import { clusterDns } from '../../analyzers/cluster-dns/analyzer.ts';
import { logErrors } from '../../analyzers/log-errors/analyzer.ts';
import { permissionDenied } from '../../analyzers/permission-denied/analyzer.ts';
import { logsBesides, logsOfSignals } from './log-wants.ts';
import { readLogNeedles, sameLog } from './read-log-needles.ts';
import { until, usualWithin, withSignals } from './read-signals.ts';

/** What the first look leads to. */
export interface SecondTier {
  readonly findings: readonly Finding[];
  /** Logs that the findings point at. */
  readonly wanted: readonly LogRequest[];
  readonly tracer: Tracer;
  /** Absent: the whole cluster. */
  readonly namespaces?: readonly string[] | undefined;
}

interface RichLogs {
  readonly logs: readonly ContainerLog[];
  readonly blindSpots: readonly BlindSpot[];
}

/** Rules that conclude from the log of a pod that is well: its lines rose, what else is seen of the cluster confirms it, or the name service says that nobody answers it. */
const witnesses = [logErrors.analyze, permissionDenied.analyze, confirmedSkew, checkIgnored, clusterDns.analyze];

/**
 * Of a record, what the logs of pods say that nothing points at but that began to complain. The logs themselves are not
 * handed on to other rules: what a healthy program prints of others is no evidence of anything.
 */
async function complaints(
  reader: ClusterReader,
  first: Snapshot,
  wanted: readonly LogRequest[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (reader.recorded !== true) return [];
  const whole = new Snapshot({ ...first.parts, logs: await reader.logs(logsBesides(first, wanted), { signal }) });
  const found = witnesses.flatMap((analyze) => analyze(whole));
  return found.filter(({ evidence }) => evidence.some(({ source }) => source === 'log'));
}

/** The logs of the kubelets, and where they lack something what only a log store has. */
async function richLogs(
  reader: ClusterReader,
  first: Snapshot,
  wanted: readonly LogRequest[],
  signal: AbortSignal,
): Promise<RichLogs> {
  const { signals } = reader;
  const logs = wanted.length === 0 ? [] : await reader.logs(wanted, { signal });
  if (signals?.logs === undefined) return { logs, blindSpots: [] };
  const needles = await readLogNeedles(
    signals.logs,
    first,
    { wanted, logs },
    until(signals.within ?? usualWithin, signal),
  );
  const poorer = logs.filter((log) => !needles.logs.some((rich) => sameLog(rich, log)));
  return { logs: [...poorer, ...needles.logs], blindSpots: needles.blindSpots };
}

/** Alerts and metrics; told is how long that took, and how much was said. */
async function measured(
  { signals }: ClusterReader,
  first: Snapshot,
  { findings, tracer, namespaces }: SecondTier,
  signal: AbortSignal,
): Promise<Snapshot> {
  if (signals === undefined) return first;
  return await tracer.span({ name: 'signals', kind: 'client' }, async (span) => {
    const asked = await withSignals(first, findings, signals, { signal, namespaces });
    span.note({ 'signals.series': asked.series.length, 'signals.alerts': asked.alerts.length });
    return asked;
  });
}

/** What the second tier adds. */
export interface Added {
  /** The same cluster with logs and what monitoring says. */
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
}

/** What the findings point at, logs and what monitoring says, and what a record's other logs complain of: at the same time. */
export async function secondTier(
  reader: ClusterReader,
  first: Snapshot,
  tier: SecondTier,
  signal: AbortSignal,
): Promise<Added> {
  const [{ logs, blindSpots }, findings, snapshot] = await Promise.all([
    richLogs(reader, first, tier.wanted, signal),
    complaints(reader, first, tier.wanted, signal),
    measured(reader, first, tier, signal),
  ]);
  return { snapshot: snapshot.withLogs(logs).withSignals({ series: [], blindSpots }), findings };
}

/** Logs of what only monitoring knew of: longer ones, to compare with what was said before. None where it told nothing new. */
export async function measuredLogs(
  reader: ClusterReader,
  more: Snapshot,
  tier: SecondTier,
  signal: AbortSignal,
): Promise<Snapshot> {
  if (reader.signals === undefined) return more;
  const wanted = logsOfSignals(more, tier.findings, tier.wanted);
  return wanted.length === 0 ? more : more.withLogs(await reader.logs(wanted, { signal }));
}
