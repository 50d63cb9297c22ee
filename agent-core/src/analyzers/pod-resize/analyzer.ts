import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition } from '../../evidence/finding.ts';
import { conditionOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { resizeDeferred, resizeFailed, resizeInfeasible } from './codes.ts';

const patience = 2 * 60_000;

function stateOf({ status }: Pod): { readonly code: CodeEntry; readonly condition: Condition } | undefined {
  const pending = conditionOf(status.conditions, 'PodResizePending');
  if (pending?.status === 'True' && pending.reason === 'Infeasible') {
    return { code: resizeInfeasible, condition: pending };
  }
  if (pending?.status === 'True' && pending.reason === 'Deferred') return { code: resizeDeferred, condition: pending };
  const doing = conditionOf(status.conditions, 'PodResizeInProgress');
  return doing?.status === 'True' && doing.reason === 'Error' ? { code: resizeFailed, condition: doing } : undefined;
}

const what = new Map<CodeEntry, string>([
  [resizeInfeasible, 'cannot give the resources to which it was changed; it runs on with what it had'],
  [resizeFailed, 'does not succeed in giving the resources to which it was changed'],
  [resizeDeferred, 'has no room now for the resources to which it was changed'],
]);

function check(snapshot: Snapshot, pod: Pod): Finding[] {
  const state = isFinished(pod) || isTerminating(pod) ? undefined : stateOf(pod);
  if (state === undefined || (ageOf(snapshot, state.condition.lastTransitionTime) ?? 0) < patience) return [];
  const { code, condition } = state;
  const ref = refTo('Pod', pod);
  const { nodeName } = pod.spec;
  const why = condition.message === '' ? '' : `: ${said(condition.message.replace(/\.\s*$/, ''), 200)}`;
  return [
    finding(code, {
      object: ref,
      cause: `${nodeName === undefined ? 'The node' : `Node ${nodeName}`} of pod ${pod.metadata.name} ${what.get(code) ?? ''}${why}.`,
      since: condition.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, condition)],
      because: nodeName === undefined ? [] : [{ object: refByName('Node', '', nodeName), codes: ['node.'] }],
    }),
  ];
}

/** Pods whose requests or limits were changed while they run. */
export const podResize: Analyzer = {
  name: 'pod-resize',
  codes: [resizeInfeasible, resizeFailed, resizeDeferred],
  analyze: (snapshot) => snapshot.list('Pod').flatMap((pod) => check(snapshot, pod)),
};
