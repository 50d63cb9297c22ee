import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customOfKind, customOwnedBy, refToCustom } from '../../reading/platform/custom-objects.ts';
import { flagAt, textAt } from '../../reading/json-value.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { analysisFailed, degraded } from './codes.ts';

const group = 'argoproj.io';
const failedPhases = ['Failed', 'Error', 'Inconclusive'];

function failedRuns(snapshot: Snapshot, rollout: CustomObject): readonly CustomObject[] {
  const runs = customOwnedBy(snapshot, rollout.metadata.uid).filter(
    (o) => o.kind === 'AnalysisRun' && failedPhases.includes(textAt(o.status, 'phase')),
  );
  // Older failures are of older versions.
  return runs
    .toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''))
    .slice(0, 1);
}

function checkRun(run: CustomObject): Finding {
  const ref = refToCustom(run);
  const message = textAt(run.status, 'message');
  const phase = textAt(run.status, 'phase');
  return finding(analysisFailed, {
    object: ref,
    cause: `${refText(ref)} ended ${phase}${message === '' ? '' : `: ${said(message)}`}.`,
    since: run.metadata.creationTimestamp ?? '',
    evidence: [fromStatus(ref, 'status', `phase: ${phase}, message: ${message || '(none)'}`)],
  });
}

function checkRollout(snapshot: Snapshot, rollout: CustomObject): Finding[] {
  const told = conditionsOf(rollout).find(
    (c) => (c.type === 'Progressing' && c.status === 'False') || (c.type === 'InvalidSpec' && c.status === 'True'),
  );
  if (textAt(rollout.status, 'phase') !== 'Degraded' || rollout.metadata.deletionTimestamp !== undefined) return [];
  const ref = refToCustom(rollout);
  const message = textAt(rollout.status, 'message') || (told?.message ?? '');
  const runs = failedRuns(snapshot, rollout);
  const aborted = flagAt(rollout.status, 'abort') === true;
  const owned = snapshot.ownedBy(rollout.metadata.uid).map(({ kind, object }) => ({ object: refTo(kind, object) }));
  return [
    finding(degraded, {
      object: ref,
      cause: `${refText(ref)} is degraded${aborted ? ' after an abort' : ''}${message === '' ? '' : `: ${said(message)}`}.`,
      since: textAt(rollout.status, 'abortedAt') || (told?.lastTransitionTime ?? ''),
      evidence: [
        fromStatus(ref, 'status.phase', `phase: Degraded, message: ${message || '(none)'}`),
        ...(told === undefined ? [] : [fromCondition(ref, told)]),
      ],
      because: [...runs.map((run) => ({ object: refToCustom(run) })), ...owned],
      generic: true,
    }),
    ...runs.map(checkRun),
  ];
}

/** Rollouts of Argo Rollouts. Paused and progressing ones are as they should be. */
export const argoRollouts: Analyzer = {
  name: 'argo-rollouts',
  codes: [degraded, analysisFailed],
  analyze: (snapshot) => customOfKind(snapshot, group, 'Rollout').flatMap((rollout) => checkRollout(snapshot, rollout)),
};
