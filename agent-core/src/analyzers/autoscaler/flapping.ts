import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { HorizontalPodAutoscaler } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { flapping } from './codes.ts';

const hour = 60 * 60_000;
const stillGoing = 15 * 60_000;
/** In each direction, within an hour: once in twelve minutes and oftener is no daily rhythm. */
const often = 5;
/** A size that stays within this is steered, not swung. */
const leastSwing = 2;

interface Rescale {
  readonly event: ClusterEvent;
  readonly size: number;
  readonly isDown: boolean;
  /** How often within the last hour, as far as an event that counts tells. */
  readonly times: number;
}

function timesIn(snapshot: Snapshot, { count = 1, first, last }: ClusterEvent): number {
  const [from, to] = [Date.parse(first ?? ''), Date.parse(last ?? '')];
  if (Number.isNaN(to) || snapshot.now - to > hour) return 0;
  const begins = snapshot.now - hour;
  if (Number.isNaN(from) || from >= begins || to <= from) return count;
  return Math.round((count * (to - begins)) / (to - from));
}

/** `New size: 12; reason: cpu resource utilization (percentage of request) above target`: the controller's words. */
function rescaleOf(snapshot: Snapshot, event: ClusterEvent): Rescale[] {
  if (event.reason !== 'SuccessfulRescale') return [];
  const size = Number(/^New size: (\d{1,6})/.exec(event.message)?.[1] ?? Number.NaN);
  const times = timesIn(snapshot, event);
  return Number.isNaN(size) || times === 0
    ? []
    : [{ event, size, isDown: event.message.includes('All metrics below target'), times }];
}

function total(rescales: readonly Rescale[]): number {
  return rescales.reduce((sum, { times }) => sum + times, 0);
}

/** An autoscaler that goes up and down again and again. */
export function checkFlapping(snapshot: Snapshot, hpa: HorizontalPodAutoscaler): readonly Finding[] {
  const ref = refTo('HorizontalPodAutoscaler', hpa);
  const rescales = snapshot.eventsOf(ref).flatMap((event) => rescaleOf(snapshot, event));
  const [down, up] = [rescales.filter((r) => r.isDown), rescales.filter((r) => !r.isDown)];
  if (Math.min(total(down), total(up)) < often) return [];
  const sizes = rescales.map(({ size }) => size);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const newest = rescales.toSorted((a, b) => (b.event.last ?? '').localeCompare(a.event.last ?? ''));
  const last = Date.parse(newest[0]?.event.last ?? '');
  if (most < least * leastSwing || snapshot.now - last > stillGoing) return [];
  const { kind, name } = hpa.spec.scaleTargetRef;
  const quoted = [up, down].flatMap((way) => newest.filter((r) => way.includes(r)).slice(0, 1));
  return [
    finding(flapping, {
      object: ref,
      confidence: 'medium',
      cause: `Autoscaler swings ${kind} "${name}" between ${least} and ${most} pods: ${total(up)} times up and ${total(down)} times down within the last hour, the last time ${formatDuration(snapshot.now - last)} ago.`,
      since:
        rescales
          .map(({ event }) => event.first ?? '')
          .filter((time) => time !== '')
          .toSorted()[0] ?? '',
      evidence: [
        ...quoted.map(({ event }) => fromEvent(event)),
        fromStatus(
          ref,
          'status',
          `currentReplicas ${hpa.status.currentReplicas ?? 0}, desiredReplicas ${hpa.status.desiredReplicas ?? 0}`,
          hpa.status.lastScaleTime ?? '',
        ),
      ],
    }),
  ];
}
