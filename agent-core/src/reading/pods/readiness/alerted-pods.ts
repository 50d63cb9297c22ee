import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { activeAlerts } from '../../measures/active-alerts.ts';
import { labelledObject } from '../../measures/labelled-object.ts';
import { servicesBefore } from '../../network/service-pods.ts';
import { perLook } from '../../per-look.ts';
import { workloadOf } from '../../workloads/owner.ts';

/** When the newest alert about an object began, in milliseconds, by the object's key. */
const beginnings = perLook((snapshot): ReadonlyMap<string, number> => {
  const newest = new Map<string, number>();
  for (const {
    severity,
    alert: { labels, startsAt },
  } of activeAlerts(snapshot)) {
    const began = Date.parse(startsAt);
    const object = severity === 'info' || Number.isNaN(began) ? undefined : labelledObject(snapshot, labels);
    if (object !== undefined) newest.set(refKey(object), Math.max(began, newest.get(refKey(object)) ?? began));
  }
  return newest;
});

/** Whether an alert about a pod, its workload or a Service in front of it has begun to fire since that time: its rule has waited already. */
export function isAlertedSince(snapshot: Snapshot, pod: Pod, since: string): boolean {
  const alerts = beginnings(snapshot);
  if (alerts.size === 0) return false;
  const about = [
    refTo('Pod', pod),
    workloadOf(snapshot, pod),
    ...servicesBefore(snapshot, pod).map((service) => refTo('Service', service)),
  ];
  return about.some((ref) => (alerts.get(refKey(ref)) ?? -Infinity) > Date.parse(since));
}
