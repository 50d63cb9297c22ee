import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { formatDuration } from '@autodevops/domain/duration';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { unscheduledFinding } from '../../evidence/unscheduled-finding.ts';
import { ageOf } from '../../reading/recency.ts';
import { scheduledCondition, unscheduledPods, waitsForNode } from '../../reading/scheduling/unscheduled-pod.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { gated, notScheduled, otherReason, resourceClaim, schedulerSilent, schedulerUnknown } from './codes.ts';
import { checkSilent } from './silent-scheduler.ts';

const patience = 60_000;

function checkGated(snapshot: Snapshot, pod: Pod): readonly Finding[] {
  const gates = pod.spec.schedulingGates.map((gate) => gate.name);
  if (gates.length === 0) return [];
  const ref = refTo('Pod', pod);
  const condition = scheduledCondition(pod);
  const age = ageOf(snapshot, pod.metadata.creationTimestamp) ?? patience;
  return [
    finding(gated, {
      object: ref,
      standing: age < patience ? 'progressing' : 'current',
      cause: `Pod is held by scheduling gate ${gates.slice(0, 3).join(', ')} since ${formatDuration(age)}: nobody has removed it.`,
      since: pod.metadata.creationTimestamp ?? '',
      evidence: [
        fromSpec(ref, 'spec.schedulingGates', gates.join(', ')),
        ...(condition === undefined ? [] : [fromCondition(ref, condition)]),
      ],
      facet: gates.join(','),
    }),
  ];
}

function checkRefused(snapshot: Snapshot, unscheduled: UnscheduledPod): readonly Finding[] {
  const kind = unscheduled.blocking?.kind ?? 'other';
  const words = said(unscheduled.condition?.message ?? unscheduled.event?.message ?? '', 200);
  if (kind === 'resource-claim') {
    const claims = unscheduled.pod.spec.resourceClaims.map(
      (c) => c.resourceClaimName ?? c.resourceClaimTemplateName ?? c.name,
    );
    return [
      unscheduledFinding(snapshot, unscheduled, {
        code: resourceClaim,
        cause: `Device claim ${claims.map((c) => `"${c}"`).join(', ') || 'of the pod'} cannot be satisfied: ${words}.`,
        facet: claims.join(','),
      }),
    ];
  }
  if (kind !== 'other') return [];
  const cause =
    words === ''
      ? 'The scheduler cannot place the pod and gives no reason.'
      : `The scheduler cannot place the pod: ${words}.`;
  return [unscheduledFinding(snapshot, unscheduled, { code: otherReason, cause, confidence: 'medium', generic: true })];
}

export const schedulingWaiting: Analyzer = {
  name: 'scheduling-waiting',
  codes: [gated, schedulerUnknown, schedulerSilent, notScheduled, resourceClaim, otherReason],
  analyze: (snapshot) => {
    const waiting = snapshot.list('Pod').filter(waitsForNode);
    return [
      ...waiting.flatMap((pod) => checkGated(snapshot, pod)),
      ...unscheduledPods(snapshot).flatMap((unscheduled) => checkRefused(snapshot, unscheduled)),
      ...checkSilent(snapshot, waiting),
    ];
  },
};
