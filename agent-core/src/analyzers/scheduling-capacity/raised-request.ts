import type { Evidence } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec } from '../../evidence/finding.ts';
import { textAt } from '../../reading/json-value.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';

const note = 'vpaUpdates';

/** What is said of a request that a vertical autoscaler wrote into the pod in place of its template's. */
export interface RaisedRequest {
  readonly sentence: string;
  readonly evidence: Evidence;
  readonly step: string;
}

/** The autoscaler's admission notes what it wrote: `Pod resources updated by web: container 0: cpu request, memory request`. */
export function raisedRequest(
  snapshot: Snapshot,
  { pod, ref }: UnscheduledPod,
  resource: string,
): RaisedRequest | undefined {
  const value = pod.metadata.annotations[note] ?? '';
  if (!value.includes(`${resource} request`)) return undefined;
  const workload = workloadOf(snapshot, pod);
  const scaler = customOfKind(snapshot, 'autoscaling.k8s.io', 'VerticalPodAutoscaler').find(
    ({ metadata, spec }) =>
      metadata.namespace === workload.namespace &&
      textAt(spec, 'targetRef', 'kind') === workload.kind &&
      textAt(spec, 'targetRef', 'name') === workload.name,
  );
  const who = scaler === undefined ? 'a VerticalPodAutoscaler' : refText(refToCustom(scaler));
  return {
    sentence: ` Not its template asks for so much, but ${who}, which wrote the request into the pod.`,
    evidence: fromSpec(ref, `metadata.annotations.${note}`, value),
    step: `Set \`maxAllowed\` for ${resource} in the resource policy of ${who}, below what a node can give, and delete the waiting pod: its successor gets the bounded request.`,
  };
}
