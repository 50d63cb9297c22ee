import { metadata } from './metadata.ts';
import { name, number, object, text } from './shape.ts';
import type { Shape, Shaped } from './shape.ts';

const involved = object({ apiVersion: name, kind: name, namespace: name, name, uid: name, fieldPath: text });

/**
 * One event, whichever of the two APIs it came from (v1 or events.k8s.io/v1). `first` and `last` are RFC 3339 times,
 * `count` is at least 1.
 */
export interface ClusterEvent {
  readonly metadata: Shaped<typeof metadata>;
  readonly object: Shaped<typeof involved>;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly component: string;
  readonly host: string;
}

function field(raw: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = raw[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export const event: Shape<ClusterEvent> = {
  read: (v) => {
    const raw = (typeof v === 'object' && v !== null ? v : {}) as Record<string, unknown>;
    const meta = metadata.read(raw['metadata']);
    const series = field(raw, 'series');
    const source = field(raw, raw['deprecatedSource'] === undefined ? 'source' : 'deprecatedSource');
    const time = (key: string): string | undefined => text.read(raw[key]) || undefined;
    const eventTime = time('eventTime');
    const last =
      (text.read(series['lastObservedTime']) || undefined) ??
      time('lastTimestamp') ??
      time('deprecatedLastTimestamp') ??
      eventTime ??
      meta.creationTimestamp;
    return {
      metadata: meta,
      object: involved.read(raw['involvedObject'] ?? raw['regarding']),
      type: name.read(raw['type']),
      reason: name.read(raw['reason']),
      message: name.read(raw['message'] ?? raw['note']),
      count: number.read(series['count']) ?? number.read(raw['count']) ?? number.read(raw['deprecatedCount']) ?? 1,
      first: time('firstTimestamp') ?? time('deprecatedFirstTimestamp') ?? eventTime ?? meta.creationTimestamp,
      last,
      component: name.read(raw['reportingComponent']) || name.read(raw['reportingController']) || name.read(source['component']),
      host: name.read(source['host']) || name.read(raw['reportingInstance']),
    };
  },
};
