import type { Finding } from '@autodevops/domain/finding';
import type { HorizontalPodAutoscaler } from '@autodevops/domain/kubernetes/workload';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { listAt, textAt } from '../../reading/json-value.ts';
import { conflict } from './codes.ts';

function targetKey(hpa: HorizontalPodAutoscaler): string {
  const { kind, name } = hpa.spec.scaleTargetRef;
  return `${hpa.metadata.namespace}/${kind}/${name}`;
}

function sameTarget(hpas: readonly HorizontalPodAutoscaler[]): Finding | undefined {
  const [first, second] = hpas.toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  if (first === undefined || second === undefined) return undefined;
  const { kind, name } = first.spec.scaleTargetRef;
  const names = hpas.map((h) => h.metadata.name).toSorted();
  const ref = refTo('HorizontalPodAutoscaler', first);
  const other = refTo('HorizontalPodAutoscaler', second);
  return finding(conflict, {
    object: ref,
    cause: `HorizontalPodAutoscalers ${names.slice(0, 3).join(' and ')} both scale ${kind} "${name}".`,
    evidence: [
      fromSpec(ref, 'spec.scaleTargetRef', `${kind} ${name}`),
      fromSpec(other, 'spec.scaleTargetRef', `${kind} ${name}`),
    ],
    facet: name,
  });
}

/** The resources whose requests the vertical autoscaler changes by itself; empty when it only recommends. */
function changedResources(vertical: CustomObject): readonly string[] {
  const mode = textAt(vertical.spec, 'updatePolicy', 'updateMode') || 'Auto';
  if (mode === 'Off' || mode === 'Initial') return [];
  const controlled = listAt(vertical.spec, 'resourcePolicy', 'containerPolicies').flatMap((policy) =>
    listAt(policy, 'controlledResources'),
  );
  const named = controlled.filter((r): r is string => typeof r === 'string');
  return named.length > 0 ? named : ['cpu', 'memory'];
}

function withVertical(
  snapshot: Snapshot,
  byTarget: ReadonlyMap<string, readonly HorizontalPodAutoscaler[]>,
): readonly Finding[] {
  return snapshot.custom.flatMap((vertical): Finding[] => {
    if (vertical.kind !== 'VerticalPodAutoscaler') return [];
    const [hpa] =
      byTarget.get(
        `${vertical.metadata.namespace}/${textAt(vertical.spec, 'targetRef', 'kind')}/${textAt(vertical.spec, 'targetRef', 'name')}`,
      ) ?? [];
    const resources = changedResources(vertical);
    const shared = hpa?.spec.metrics
      .map((m) => m.resource)
      .find((r) => r?.target.type === 'Utilization' && resources.includes(r.name));
    if (hpa === undefined || shared === undefined) return [];
    const ref = refTo('HorizontalPodAutoscaler', hpa);
    return [
      finding(conflict, {
        object: ref,
        cause: `HorizontalPodAutoscaler ${hpa.metadata.name} scales by a percentage of requested ${shared.name}, which VerticalPodAutoscaler ${vertical.metadata.name} changes.`,
        evidence: [
          fromSpec(ref, 'spec.metrics', `${shared.name} Utilization ${shared.target.averageUtilization ?? ''}`),
          fromSpec(
            {
              apiVersion: vertical.apiVersion,
              kind: vertical.kind,
              namespace: vertical.metadata.namespace,
              name: vertical.metadata.name,
              uid: vertical.metadata.uid,
            },
            'spec.updatePolicy.updateMode',
            textAt(vertical.spec, 'updatePolicy', 'updateMode') || 'Auto (default)',
          ),
        ],
        facet: vertical.metadata.name,
      }),
    ];
  });
}

/** Autoscalers that work against one another. */
export function checkConflicts(snapshot: Snapshot): readonly Finding[] {
  const byTarget = Map.groupBy(
    snapshot
      .list('HorizontalPodAutoscaler')
      .filter((h) => h.metadata.deletionTimestamp === undefined && h.spec.scaleTargetRef.name !== ''),
    targetKey,
  );
  return [...[...byTarget.values()].flatMap((hpas) => sameTarget(hpas) ?? []), ...withVertical(snapshot, byTarget)];
}
