import type { Because, Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Ingress } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { controllerRefused } from './codes.ts';

const shortWhile = 15 * 60_000;
const often = 3;

/** Controllers announce each try, and only then say how it ended. */
const tryTakes = 60_000;

/** Warnings that no later word of the same component takes back, such as "reconciled". */
function standingWarnings(snapshot: Snapshot, ingress: Ingress): readonly ClusterEvent[] {
  const events = newestEvents(snapshot, refTo('Ingress', ingress));
  const at = ({ last }: ClusterEvent): number => Date.parse(last ?? '');
  const isTakenBack = (warning: ClusterEvent): boolean =>
    events.some((e) => e.type === 'Normal' && e.component === warning.component && at(e) > at(warning) + tryTakes);
  return events.filter((event) => event.type === 'Warning' && !isTakenBack(event));
}

const balancerGroup = 'alb.ingress.kubernetes.io/group.name';

/** Ingresses that share a balancer are refused together and with the same words, for what the last that joined asks. */
function joinedLast(snapshot: Snapshot, ingress: Ingress, { message }: ClusterEvent): readonly Because[] {
  const group = ingress.metadata.annotations[balancerGroup];
  if (group === undefined) return [];
  const [last] = snapshot
    .list('Ingress')
    .filter(
      (other) =>
        other.metadata.annotations[balancerGroup] === group &&
        standingWarnings(snapshot, other).some((event) => event.message === message),
    )
    .toSorted((a, b) => lastChange(b).localeCompare(lastChange(a)));
  return last === undefined || last.metadata.uid === ingress.metadata.uid
    ? []
    : [{ object: refTo('Ingress', last), codes: [controllerRefused.code] }];
}

/** What its controller says it cannot do for an Ingress. One that has its address works until the warnings go on. */
export function checkRefused(snapshot: Snapshot, ingress: Ingress): Finding | undefined {
  const served = ingress.status.loadBalancer.ingress.length > 0;
  const [event] = standingWarnings(snapshot, ingress).filter((e) =>
    served ? isRecent(snapshot, e.last, shortWhile) && e.count >= often : isRecent(snapshot, e.last),
  );
  if (event === undefined) return undefined;
  const ref = refTo('Ingress', ingress);
  const said = rootError(event.message) || event.reason;
  return finding(controllerRefused, {
    object: ref,
    severity: served ? 'warning' : 'critical',
    cause: `The controller of Ingress "${ingress.metadata.name}" cannot ${served ? 'bring it up to date' : 'set it up'}: ${said}.`,
    evidence: [fromEvent(event), ...(served ? [] : [fromStatus(ref, 'status.loadBalancer', '{}')])],
    since: event.first ?? '',
    facet: event.reason,
    because: joinedLast(snapshot, ingress, event),
  });
}
