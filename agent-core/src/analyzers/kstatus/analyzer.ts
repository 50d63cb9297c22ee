import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isSuspended } from '../../reading/workloads/suspended.ts';
import type { Analyzer } from '../analyzer.ts';
import { failed, notObserved, notReady, reconcileFailing } from './codes.ts';
import { checkFailingEvents } from './failing-events.ts';
import { checkConditions } from './conditions.ts';
import { checkObserved } from './observed-generation.ts';
import { checkParts } from './parts.ts';
import { checkPhase } from './phase.ts';
import { checkRun } from './run.ts';

/** Groups with rules of their own. */
const elsewhere = [
  'toolkit.fluxcd.io',
  'cert-manager.io',
  'kamaji.clastix.io',
  'cluster.x-k8s.io',
  'keda.sh',
  'machine.openshift.io',
  'velero.io',
];

const argoKinds = new Set(['Application', 'Rollout', 'AnalysisRun', 'Workflow']);

function isOurs(object: CustomObject): boolean {
  const group = groupOf(object.apiVersion);
  if (group === 'argoproj.io' && argoKinds.has(object.kind)) return false;
  if (group === 'karpenter.sh' && object.kind === 'NodeClaim') return false;
  return group.includes('.') && !elsewhere.some((g) => group === g || group.endsWith(`.${g}`));
}

function checkObject(snapshot: Snapshot, object: CustomObject): Finding[] {
  if (object.metadata.deletionTimestamp !== undefined || isSuspended(object)) return [];
  const run = checkRun(snapshot, object);
  if (!isOurs(object)) return run;
  const told =
    run.length > 0
      ? run
      : [
          ...checkConditions(snapshot, object),
          ...checkPhase(snapshot, object),
          ...checkParts(snapshot, object),
          ...checkFailingEvents(snapshot, object),
        ];
  return told.length > 0 ? told : checkObserved(snapshot, object);
}

/** Objects of any kind whose controller says in the usual conditions that they do not work. */
export const kstatus: Analyzer = {
  name: 'kstatus',
  codes: [notReady, failed, reconcileFailing, notObserved],
  analyze: (snapshot) => snapshot.custom.flatMap((object) => checkObject(snapshot, object)),
};
