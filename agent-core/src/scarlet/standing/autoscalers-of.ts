import type { Manifest } from '@autodevops/domain/change/operation';
import type { Live } from '../action.ts';
import { fieldAt } from '../patches/field-patch.ts';

/** HorizontalPodAutoscalers that scale this workload. */
export async function autoscalersOf(workload: Manifest, live: Live): Promise<readonly Manifest[]> {
  const all = await live.cluster.list(
    { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace: workload.metadata.namespace ?? '' },
    { signal: live.signal },
  );
  return all.filter(
    (scaler) =>
      fieldAt(scaler, ['spec', 'scaleTargetRef', 'kind']) === workload.kind &&
      fieldAt(scaler, ['spec', 'scaleTargetRef', 'name']) === workload.metadata.name,
  );
}
