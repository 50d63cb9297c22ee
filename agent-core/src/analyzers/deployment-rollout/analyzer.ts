import type { Finding } from '@autodevops/domain/finding';
import type { Deployment } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { revisionsOf } from '../../reading/pods/owned-pods.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { podProgress } from '../../reading/pods/readiness/pod-progress.ts';
import { ageOf } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { allowedMissing } from './allowed-missing.ts';
import { recreateWaits, rolloutPaused, rolloutSpreadsFailure, rolloutStuck, strategyOutage } from './codes.ts';
import { checkPaused } from './paused-rollout.ts';
import { checkRecreateWait } from './recreate-wait.ts';
import { becauseOf, countText, imageChange, readyText, undoOf } from './revision-text.ts';
import type { Rollout } from './revision-text.ts';
import { checkSpreadingFailure } from './spreading-failure.ts';

function rolloutOf(snapshot: Snapshot, deployment: Deployment): Rollout {
  const revisions = revisionsOf(snapshot, deployment.metadata.uid);
  const wanted = Number(deployment.metadata.annotations['deployment.kubernetes.io/revision']);
  const newest = revisions.find((revision) => revision.number === wanted) ?? revisions[0];
  const older = revisions.filter((revision) => revision !== newest && revision.number <= (newest?.number ?? 0));
  return { snapshot, deployment, ref: refTo('Deployment', deployment), newest, older };
}

function isComplete(deployment: Deployment): boolean {
  const { status, spec } = deployment;
  const desired = spec.replicas ?? 1;
  return (
    (status.updatedReplicas ?? 0) >= desired &&
    (status.replicas ?? 0) <= (status.updatedReplicas ?? 0) &&
    (status.availableReplicas ?? 0) >= desired
  );
}

const patience = 60_000;

/** Pods of the new revision fail although the deadline has not passed. */
function isFailing(rollout: Rollout): boolean {
  const { newest, older, snapshot } = rollout;
  if (newest === undefined || newest.ready > 0 || older.length === 0) return false;
  if ((ageOf(snapshot, newest.set.metadata.creationTimestamp) ?? 0) < patience) return false;
  return newest.pods.length > 0 && newest.pods.every((pod) => podProgress(snapshot, pod) === 'failing');
}

function checkStuck(rollout: Rollout): readonly Finding[] {
  const { deployment, ref, newest, older } = rollout;
  const progressing = conditionOf(deployment.status.conditions, 'Progressing');
  const timedOut = progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded';
  const rolling = progressing?.reason !== 'NewReplicaSetAvailable';
  if (isComplete(deployment) || (!timedOut && !(rolling && isFailing(rollout)))) return [];
  const serving = older.filter((revision) => revision.ready > 0);
  const served = (deployment.status.readyReplicas ?? 0) > 0;
  const since = newest?.set.metadata.creationTimestamp ?? progressing?.lastTransitionTime ?? '';
  return [
    finding(rolloutStuck, {
      object: ref,
      severity: served ? 'warning' : 'critical',
      cause: `${newest === undefined ? 'The rollout' : `Revision ${newest.number}${imageChange(rollout)}`} does not become available: ${readyText(rollout)}.`,
      since,
      evidence: [
        ...(progressing === undefined ? [] : [fromCondition(ref, progressing)]),
        fromStatus(
          ref,
          'status',
          `readyReplicas ${deployment.status.readyReplicas ?? 0}, updatedReplicas ${deployment.status.updatedReplicas ?? 0}, replicas ${deployment.status.replicas ?? 0} of ${deployment.spec.replicas ?? 1}`,
        ),
        ...serving
          .slice(0, 1)
          .map((revision) =>
            fromStatus(refTo('ReplicaSet', revision.set), 'status.readyReplicas', String(revision.ready)),
          ),
      ],
      generic: true,
      because: becauseOf(rollout),
      changes: undoOf(rollout),
      nextSteps: nextSteps(rollout),
    }),
  ];
}

function nextSteps(rollout: Rollout): readonly string[] {
  const { deployment, newest } = rollout;
  const { namespace, name } = deployment.metadata;
  const look =
    newest === undefined
      ? "See why the new revision's pods are not ready."
      : `See why the pods of ReplicaSet ${newest.set.metadata.name} are not ready.`;
  const [undo] = undoOf(rollout);
  if (undo === undefined) return [look];
  return [
    look,
    `If it cannot be repaired at once, go back: \`kubectl -n ${namespace} rollout undo deployment/${name} --to-revision=${String(undo.params['toRevision'])}\`.`,
  ];
}

function checkOutage(rollout: Rollout): readonly Finding[] {
  const { snapshot, deployment, ref, newest, older } = rollout;
  const { strategy } = deployment.spec;
  const desired = deployment.spec.replicas ?? 1;
  const progressing = conditionOf(deployment.status.conditions, 'Progressing');
  const rolling =
    progressing !== undefined &&
    progressing.reason !== 'NewReplicaSetAvailable' &&
    progressing.reason !== 'DeploymentPaused';
  if (
    desired === 0 ||
    !rolling ||
    (deployment.status.readyReplicas ?? 0) > 0 ||
    newest === undefined ||
    older.length === 0
  ) {
    return [];
  }
  if (allowedMissing(deployment, desired) < desired) return [];
  const recreate = strategy.type === 'Recreate';
  const age = ageOf(snapshot, newest.set.metadata.creationTimestamp) ?? Infinity;
  const broken = newest.pods.some((pod) => podProgress(snapshot, pod) === 'failing');
  const brief = progressing.status === 'True' && !broken && age < (recreate ? 2 * patience : patience / 2);
  const limit = String(strategy.rollingUpdate?.maxUnavailable ?? '');
  return [
    finding(strategyOutage, {
      object: ref,
      standing: brief ? 'progressing' : 'current',
      cause: `${recreate ? 'Strategy Recreate' : `maxUnavailable ${limit}`} ended every pod of the old revision before one of revision ${newest.number} is ready, so none of ${countText(desired, 'pod')} serves.`,
      since: newest.set.metadata.creationTimestamp ?? '',
      evidence: [
        fromSpec(ref, 'spec.strategy', recreate ? 'Recreate' : `RollingUpdate, maxUnavailable ${limit}`),
        fromStatus(ref, 'status.readyReplicas', String(deployment.status.readyReplicas ?? 0)),
        fromCondition(ref, progressing),
      ],
      // Pods that merely take their time would do no harm under another strategy; broken ones are the cause themselves.
      generic: broken,
      because: broken ? [...becauseOf(rollout), { object: ref, codes: ['workload.rollout-stuck'] }] : [],
      changes: undoOf(rollout),
    }),
  ];
}

function check(snapshot: Snapshot, deployment: Deployment): readonly Finding[] {
  const { metadata, spec, status } = deployment;
  const observed = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (metadata.deletionTimestamp !== undefined || !observed) return [];
  const rollout = rolloutOf(snapshot, deployment);
  if (spec.paused === true) return checkPaused(rollout);
  if ((spec.replicas ?? 1) === 0) return [];
  const waiting = checkRecreateWait(rollout);
  const spreading = checkSpreadingFailure(rollout);
  return [
    ...(spreading.length > 0 ? spreading : checkStuck(rollout)),
    ...(waiting.length > 0 ? waiting : checkOutage(rollout)),
  ];
}

export const deploymentRollout: Analyzer = {
  name: 'deployment-rollout',
  codes: [rolloutStuck, rolloutSpreadsFailure, rolloutPaused, strategyOutage, recreateWaits],
  analyze: (snapshot) => snapshot.list('Deployment').flatMap((deployment) => check(snapshot, deployment)),
};
