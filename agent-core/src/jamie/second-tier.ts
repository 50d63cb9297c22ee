import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { ClusterReader, LogRequest } from '@autodevops/domain/ports/cluster';
import type { Tracer } from '@autodevops/domain/ports/tracer';
import type { ContainerLog, Snapshot } from '@autodevops/domain/snapshot';
import { readLogNeedles, sameLog } from './read-log-needles.ts';
import { until, usualWithin, withSignals } from './read-signals.ts';

/** What the first look leads to. */
export interface SecondTier {
  readonly findings: readonly Finding[];
  /** Logs that the findings point at. */
  readonly wanted: readonly LogRequest[];
  readonly tracer: Tracer;
}

interface RichLogs {
  readonly logs: readonly ContainerLog[];
  readonly blindSpots: readonly BlindSpot[];
}

/** The logs of the kubelets, and where they lack something what only a log store has. */
async function richLogs(reader: ClusterReader, first: Snapshot, wanted: readonly LogRequest[], signal: AbortSignal): Promise<RichLogs> {
  const { signals } = reader;
  const logs = wanted.length === 0 ? [] : await reader.logs(wanted, { signal });
  if (signals?.logs === undefined) return { logs, blindSpots: [] };
  const needles = await readLogNeedles(signals.logs, first, { wanted, logs }, until(signals.within ?? usualWithin, signal));
  const poorer = logs.filter((log) => !needles.logs.some((rich) => sameLog(rich, log)));
  return { logs: [...poorer, ...needles.logs], blindSpots: needles.blindSpots };
}

/** Alerts and metrics; told is how long that took, and how much was said. */
async function measured({ signals }: ClusterReader, first: Snapshot, { findings, tracer }: SecondTier, signal: AbortSignal): Promise<Snapshot> {
  if (signals === undefined) return first;
  return await tracer.span({ name: 'signals', kind: 'client' }, async (span) => {
    const asked = await withSignals(first, findings, signals, { signal });
    span.note({ 'signals.series': asked.series.length, 'signals.alerts': asked.alerts.length });
    return asked;
  });
}

/** The same cluster with what the findings point at: logs and what monitoring says, at the same time. */
export async function secondTier(reader: ClusterReader, first: Snapshot, tier: SecondTier, signal: AbortSignal): Promise<Snapshot> {
  const [{ logs, blindSpots }, snapshot] = await Promise.all([richLogs(reader, first, tier.wanted, signal), measured(reader, first, tier, signal)]);
  return snapshot.withLogs(logs).withSignals({ series: [], blindSpots });
}
