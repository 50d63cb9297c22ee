import type { Finding } from '@autodevops/domain/finding';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { olderRevision, undoTo } from '../../reading/workloads/previous-revision.ts';
import { rolloutPaused } from './codes.ts';
import { becauseOf, countText } from './revision-text.ts';
import type { Rollout } from './revision-text.ts';
import { failuresOf } from './spreading-failure.ts';

type Said = Pick<Finding, 'cause' | 'changes' | 'nextSteps'> & Partial<Pick<Finding, 'generic' | 'because'>>;

/** Pods of the new revision fail: the pause keeps what is left of the old one, and to resume would take that away. */
function holdsBack(rollout: Rollout, updated: string, failed: number): Said {
  const { deployment, ref, newest, older } = rollout;
  const { namespace, name } = deployment.metadata;
  const back = newest === undefined ? undefined : olderRevision([newest, ...older]);
  const undo =
    back === undefined ? [] : [undoTo({ target: ref, toRevision: back.number, images: new Map(), ready: back.ready })];
  return {
    cause: `Deployment is paused while its new revision fails: ${updated}, of which ${countText(failed, 'pod')} failed; what is left of the old one stays.`,
    generic: true,
    because: becauseOf(rollout),
    changes: undo,
    nextSteps: [
      ...(back === undefined
        ? []
        : [`Go back: \`kubectl -n ${namespace} rollout undo deployment/${name} --to-revision=${back.number}\`.`]),
      'Resume it only when its new pods keep running: it would take the old ones away.',
    ],
  };
}

function waits({ deployment, ref }: Rollout, updated: string): Said {
  const { namespace, name } = deployment.metadata;
  return {
    cause: `Deployment is paused, and its changed template is not rolled out: ${updated}.`,
    changes: [{ action: 'resume-rollout', target: ref, params: {}, risk: 'medium' }],
    nextSteps: [
      `Find out who paused it and whether the reason still holds, then \`kubectl -n ${namespace} rollout resume deployment/${name}\`.`,
    ],
  };
}

export function checkPaused(rollout: Rollout): readonly Finding[] {
  const { snapshot, deployment, ref, newest } = rollout;
  if (deployment.spec.paused !== true) return [];
  const desired = deployment.spec.replicas ?? 1;
  const updated = deployment.status.updatedReplicas ?? 0;
  const pending = desired > 0 && updated < desired;
  const progressing = conditionOf(deployment.status.conditions, 'Progressing');
  const failed = newest === undefined || !pending ? 0 : failuresOf(snapshot, newest).length;
  const counted = `${updated} of ${countText(desired, 'pod')} are of it`;
  const said = failed > 0 ? holdsBack(rollout, counted, failed) : waits(rollout, counted);
  return [
    finding(rolloutPaused, {
      object: ref,
      standing: pending ? 'current' : 'expected',
      since: progressing?.reason === 'DeploymentPaused' ? (progressing.lastTransitionTime ?? '') : '',
      evidence: [
        fromSpec(ref, 'spec.paused', 'true'),
        ...(progressing === undefined ? [] : [fromCondition(ref, progressing)]),
      ],
      ...said,
      ...(pending ? {} : { cause: 'Deployment is paused; its running pods are of the current template.', changes: [] }),
    }),
  ];
}
