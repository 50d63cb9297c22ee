import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { recreateWaits } from './codes.ts';
import type { Rollout } from './revision-text.ts';

const patience = 2 * 60_000;

/** When the deletion was asked for: the API keeps the time at which the grace period is over. */
function endingSince({ metadata }: Pod): number {
  return Date.parse(metadata.deletionTimestamp ?? '') - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
}

/** The pod that has been ending longest, while the strategy allows no other beside it. */
export function checkRecreateWait({ deployment, snapshot, ref, newest, older }: Rollout): readonly Finding[] {
  if (
    deployment.spec.strategy.type !== 'Recreate' ||
    (deployment.status.readyReplicas ?? 0) > 0 ||
    deployment.spec.replicas === 0
  ) {
    return [];
  }
  const pods = [newest, ...older].flatMap((revision) => revision?.pods ?? []);
  if (pods.some((pod) => !isTerminating(pod) && !isFinished(pod))) return [];
  const last = pods.filter(isTerminating).toSorted((a, b) => endingSince(a) - endingSince(b))[0];
  const waited = last === undefined ? Number.NaN : snapshot.now - endingSince(last);
  if (last === undefined || !(waited >= patience)) return [];
  const { name, namespace } = last.metadata;
  const grace = last.metadata.deletionGracePeriodSeconds;
  const pod = refTo('Pod', last);
  return [
    finding(recreateWaits, {
      object: ref,
      cause: `No new pod is made before pod ${name} has ended, which has been terminating for ${formatDuration(waited)}${grace === undefined ? '' : ` (its grace period is ${formatDuration(grace * 1000)})`}: strategy Recreate.`,
      since: new Date(endingSince(last)).toISOString(),
      evidence: [
        fromSpec(ref, 'spec.strategy.type', 'Recreate'),
        fromSpec(pod, 'metadata.deletionTimestamp', last.metadata.deletionTimestamp ?? ''),
        ...(grace === undefined ? [] : [fromSpec(pod, 'metadata.deletionGracePeriodSeconds', String(grace))]),
      ],
      because: [
        { object: pod, codes: ['pod.terminating', 'object.'] },
        { object: refByName('Node', '', last.spec.nodeName ?? ''), codes: ['node.'] },
      ],
      nextSteps: [
        `See why it does not end: \`kubectl -n ${namespace} logs ${name} --since=${Math.max(1, Math.round(waited / 60_000))}m\`.`,
        `If nothing is lost by it, end it now: \`kubectl -n ${namespace} delete pod ${name} --grace-period=30\`.`,
      ],
    }),
  ];
}
