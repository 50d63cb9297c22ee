import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { SignalSources } from '@autodevops/domain/ports/signals';
import type { Alert } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { deadSource, readMetrics } from './read-metrics.ts';
import type { Until } from './read-metrics.ts';
import { signalsWanted } from './signal-wants.ts';

/** In milliseconds: what monitoring may hold an answer up for, where nobody said otherwise. */
export const usualWithin = 3_000;

/** So much time from now on, and none after the caller's signal. */
export function until(milliseconds: number, signal: AbortSignal): Until {
  const end = performance.now() + milliseconds;
  return { signal, left: () => Math.max(1, Math.ceil(end - performance.now())) };
}

interface ReadAlerts {
  /** Undefined: nobody said. */
  readonly alerts: readonly Alert[] | undefined;
  readonly blindSpots: readonly BlindSpot[];
}

/** Of Alertmanager, which knows what is silenced; else of Prometheus' own rules. */
async function readAlerts({ alerts, metrics }: SignalSources, { signal, left }: Until): Promise<ReadAlerts> {
  const source = alerts?.source ?? metrics?.source ?? '';
  try {
    const found =
      alerts === undefined
        ? await metrics?.firing({ signal, deadline: left() })
        : await alerts.alerts({ signal, deadline: left() });
    return { alerts: found, blindSpots: [] };
  } catch (error) {
    return { alerts: undefined, blindSpots: [deadSource(source, error)] };
  }
}

/** Each source once: one that is dead is dead for everything that was asked of it. */
function distinctSpots(spots: readonly BlindSpot[]): readonly BlindSpot[] {
  return [...new Map(spots.map((spot) => [spot.what, spot])).values()];
}

/**
 * The second tier beside the logs: alerts, unless somebody gave them already, the metrics that tell how
 * everything in scope does, and those that the findings call for, all within the sources' time. What cannot be had is a blind spot with its reason. Throws only when the signal ends it.
 */
export async function withSignals(
  snapshot: Snapshot,
  findings: readonly Finding[],
  sources: SignalSources,
  { signal, namespaces }: { readonly signal: AbortSignal; readonly namespaces?: readonly string[] | undefined },
): Promise<Snapshot> {
  const bounded = until(sources.within ?? usualWithin, signal);
  const known = snapshot.parts.alerts;
  const [alerts, metrics] = await Promise.all([
    known === undefined ? readAlerts(sources, bounded) : { alerts: undefined, blindSpots: [] },
    sources.metrics === undefined
      ? { series: [], blindSpots: [] }
      : readMetrics(sources.metrics, signalsWanted(snapshot, findings, namespaces), bounded),
  ]);
  return snapshot.withSignals({
    series: metrics.series,
    blindSpots: distinctSpots([...alerts.blindSpots, ...metrics.blindSpots]),
    ...(alerts.alerts === undefined ? {} : { alerts: alerts.alerts }),
  });
}
