import { metadata } from './metadata.ts';
import { made, name, number, object, optional, text } from './shape.ts';
import type { Shape, Shaped } from './shape.ts';

const involved = object({ apiVersion: name, kind: name, namespace: name, name, uid: name, fieldPath: text });
const nobody = involved.read(undefined);
const source = object({ component: name, host: name });

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

/** The fields of both APIs, and the names that the older one has in the newer. */
const fields = object({
  metadata,
  involvedObject: optional(involved),
  regarding: optional(involved),
  type: name,
  reason: name,
  message: text,
  note: text,
  series: object({ count: number, lastObservedTime: text }),
  count: number,
  deprecatedCount: number,
  eventTime: text,
  firstTimestamp: text,
  lastTimestamp: text,
  deprecatedFirstTimestamp: text,
  deprecatedLastTimestamp: text,
  source: optional(source),
  deprecatedSource: optional(source),
  reportingComponent: name,
  reportingController: name,
  reportingInstance: name,
});

function eventOf(raw: Shaped<typeof fields>): ClusterEvent {
  const { series, eventTime, metadata: meta } = raw;
  const by = raw.deprecatedSource ?? raw.source;
  return {
    metadata: meta,
    object: raw.involvedObject ?? raw.regarding ?? nobody,
    type: raw.type,
    reason: raw.reason,
    message: raw.message ?? raw.note ?? '',
    count: series.count ?? raw.count ?? raw.deprecatedCount ?? 1,
    first: raw.firstTimestamp || raw.deprecatedFirstTimestamp || eventTime || meta.creationTimestamp,
    last:
      series.lastObservedTime ||
      raw.lastTimestamp ||
      raw.deprecatedLastTimestamp ||
      eventTime ||
      meta.creationTimestamp,
    component: raw.reportingComponent || raw.reportingController || (by?.component ?? ''),
    host: (by?.host ?? '') || raw.reportingInstance,
  };
}

export const event: Shape<ClusterEvent> = made(fields, eventOf);
