import type { Finding } from '@autodevops/domain/finding';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { atMaximum } from './codes.ts';
import type { Subject } from './subject.ts';

/** An autoscaler that would add replicas and may not. */
export function checkMaximum({ hpa, ref, target }: Subject): readonly Finding[] {
  const limited = conditionOf(hpa.status.conditions, 'ScalingLimited');
  const { maxReplicas = 0, minReplicas = 1 } = hpa.spec;
  if (
    limited?.status !== 'True' ||
    limited.reason !== 'TooManyReplicas' ||
    (hpa.status.currentReplicas ?? 0) < maxReplicas ||
    maxReplicas <= minReplicas
  ) {
    return [];
  }
  return [
    finding(atMaximum, {
      object: ref,
      cause: `Autoscaler runs ${target.kind} "${target.name}" with its maximum of ${maxReplicas} replicas, and the load calls for more.`,
      since: limited.lastTransitionTime ?? '',
      evidence: [
        fromCondition(ref, limited),
        fromSpec(ref, 'spec.maxReplicas', String(maxReplicas)),
        fromStatus(ref, 'status.currentReplicas', String(hpa.status.currentReplicas ?? 0)),
      ],
      because: [{ object: target }],
      // Half as many again: enough to see whether it helps, little enough to bear when it does not.
      changes: [
        {
          action: 'adjust-autoscaler',
          target: ref,
          params: { maxReplicas: Math.ceil(maxReplicas * 1.5) },
          risk: 'medium',
        },
      ],
    }),
  ];
}
