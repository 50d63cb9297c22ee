import type { Because, Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import { numberAt, textAt } from '../../reading/json-value.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { conditionsOf, customNamed, customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { queueInactive } from './codes.ts';

const group = 'kueue.x-k8s.io';
const patience = 2 * 60_000;
/** Somebody stopped it, or it is on its way out. */
const intended = new Set(['Stopped', 'Terminating', 'Terminated', 'ClusterQueueStopped']);

/** Flavours that exist, those with names like the missing one before others. */
function alikeStep(snapshot: Snapshot, message: string): readonly string[] {
  const missing = /missing ResourceFlavor\(s\):\s*([\w.,\s-]{1,200})/.exec(message)?.[1] ?? '';
  const flavours = customOfKind(snapshot, group, 'ResourceFlavor').map(({ metadata }) => metadata.name);
  const alike = missing
    .split(/[,\s]+/)
    .map((name) => name.replace(/\.$/, ''))
    .flatMap((name) => nearMatches(name, flavours));
  const there = alike.length > 0 ? [...new Set(alike)] : flavours.slice(0, 3);
  return missing === '' || there.length === 0
    ? []
    : [`Check the spelling: there is ResourceFlavor ${there.map((name) => `"${name}"`).join(', ')}.`];
}

/** The queue of the cluster on which a queue of a namespace stands. */
function standsOn(snapshot: Snapshot, queue: CustomObject): readonly Because[] {
  const name = textAt(queue.spec, 'clusterQueue');
  const found = name === '' ? undefined : customNamed(snapshot, { group, kind: 'ClusterQueue', namespace: '', name });
  return found === undefined ? [] : [{ object: refToCustom(found), codes: ['kueue.'] }];
}

function check(snapshot: Snapshot, queue: CustomObject): Finding[] {
  const active = conditionsOf(queue).find(({ type }) => type === 'Active');
  if (active?.status !== 'False' || intended.has(active.reason) || queue.metadata.deletionTimestamp !== undefined) {
    return [];
  }
  if ((ageOf(snapshot, active.lastTransitionTime ?? queue.metadata.creationTimestamp) ?? 0) < patience) return [];
  const ref = refToCustom(queue);
  const pending = numberAt(queue.status, 'pendingWorkloads') ?? 0;
  const waiting = pending === 0 ? '' : `; ${pending} ${pending === 1 ? 'workload waits' : 'workloads wait'} in it`;
  return [
    finding(queueInactive, {
      object: ref,
      severity: pending === 0 ? 'warning' : 'critical',
      cause: `${refText(ref)} admits no work (${said(active.reason, 60)}): ${said(active.message.replace(/\.\s*$/, ''), 200)}${waiting}.`,
      since: active.lastTransitionTime ?? '',
      evidence: [
        fromCondition(ref, active),
        ...(pending === 0 ? [] : [fromStatus(ref, 'status.pendingWorkloads', String(pending))]),
      ],
      because: queue.kind === 'LocalQueue' ? standsOn(snapshot, queue) : [],
      nextSteps: [...alikeStep(snapshot, active.message), ...queueInactive.nextSteps],
    }),
  ];
}

/** The queues of Kueue. Work that waits in an active queue waits as it should. */
export const kueue: Analyzer = {
  name: 'kueue',
  codes: [queueInactive],
  analyze: (snapshot) =>
    [...customOfKind(snapshot, group, 'ClusterQueue'), ...customOfKind(snapshot, group, 'LocalQueue')].flatMap(
      (queue) => check(snapshot, queue),
    ),
};
