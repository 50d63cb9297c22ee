import type { Finding } from '@autodevops/domain/finding';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { HorizontalPodAutoscaler } from '@autodevops/domain/kubernetes/workload';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { targetMissing, unableToScale } from './codes.ts';
import { lasting } from './lasting.ts';
import type { Subject } from './subject.ts';

const groupOf: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'apps/v1'],
  ['StatefulSet', 'apps/v1'],
  ['ReplicaSet', 'apps/v1'],
  ['ReplicationController', 'v1'],
]);

/** A reference without a group, or with one that the API server does not have for this kind. */
function wrongGroup({ apiVersion, kind }: HorizontalPodAutoscaler['spec']['scaleTargetRef']): {
  readonly what: string;
  readonly step: string;
} {
  const right = groupOf.get(kind);
  return {
    what:
      apiVersion === ''
        ? 'its scaleTargetRef names no apiVersion'
        : `the API server has no ${kind} in ${apiVersion}, which its scaleTargetRef names`,
    step: `Set apiVersion ${right === undefined ? 'as `kubectl api-resources` shows it' : `\`${right}\``} in spec.scaleTargetRef.`,
  };
}

/** An autoscaler whose target is not there, or cannot be scaled. */
export function checkTarget({ snapshot, hpa, ref, target }: Subject): readonly Finding[] {
  const able = conditionOf(hpa.status.conditions, 'AbleToScale');
  const { namespace } = hpa.metadata;
  const absent = isKindName(target.kind) && snapshot.lacks(target.kind, namespace, target.name);
  if (absent) {
    const near = isKindName(target.kind)
      ? nearMatches(
          target.name,
          snapshot.listIn(target.kind, namespace).map((o) => o.metadata.name),
        )
      : [];
    return [
      finding(targetMissing, {
        object: ref,
        cause: `Autoscaler points at ${target.kind} "${target.name}", which does not exist in namespace ${namespace}${near.length > 0 ? `; there is ${near.join(', ')}` : ''}.`,
        since: able?.status === 'False' ? (able.lastTransitionTime ?? '') : '',
        evidence: [
          fromSpec(ref, 'spec.scaleTargetRef', `${target.kind} ${target.name}`),
          ...(able?.status === 'False' ? [fromCondition(ref, able)] : []),
        ],
      }),
    ];
  }
  if (!lasting(snapshot, able)) return [];
  const missing = able.message.includes('not found');
  const group = able.message.includes('no matches for kind') ? wrongGroup(hpa.spec.scaleTargetRef) : undefined;
  return [
    finding(missing ? targetMissing : unableToScale, {
      object: ref,
      cause: `Autoscaler cannot ${able.reason === 'FailedUpdateScale' ? 'change' : 'read'} the scale of ${target.kind} "${target.name}"${group === undefined ? '' : `, because ${group.what}`}: ${said(able.message, 200)}.`,
      ...(group === undefined ? {} : { nextSteps: [group.step] }),
      since: able.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, able)],
      because: [{ object: target }],
    }),
  ];
}
