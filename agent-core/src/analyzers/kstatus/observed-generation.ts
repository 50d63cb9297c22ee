import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { numberAt } from '../../reading/json-value.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { ageOf } from '../../reading/recency.ts';
import { notObserved } from './codes.ts';
import { controllerOf } from './controller.ts';
import { minute } from './patience.ts';

/** An object whose newest change no controller has acted on. */
export function checkObserved(snapshot: Snapshot, object: CustomObject): Finding[] {
  const observed = numberAt(object.status, 'observedGeneration');
  const { generation } = object.metadata;
  const changed = lastChange(object);
  const age = ageOf(snapshot, changed);
  if (
    observed === undefined ||
    generation === undefined ||
    observed >= generation ||
    age === undefined ||
    age < 15 * minute
  ) {
    return [];
  }
  const ref = refToCustom(object);
  const well = conditionsOf(object).some((c) => c.type === 'Ready' && c.status === 'True');
  const heard = controllerOf(snapshot, object);
  return [
    finding(notObserved, {
      object: ref,
      severity: well ? 'info' : 'warning',
      cause: `${refText(ref)} was changed ${formatDuration(age)} ago (generation ${generation}) and its controller has acted on generation ${observed} only${heard.says === '' ? '' : `; it says in its log: ${heard.says}`}.`,
      confidence: well ? 'low' : 'medium',
      since: changed,
      evidence: [
        fromStatus(ref, 'status.observedGeneration', `observedGeneration: ${observed}, generation: ${generation}`),
        ...heard.evidence,
      ],
      because: heard.because,
      generic: true,
    }),
  ];
}
