import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent } from '../../evidence/finding.ts';
import { kindNodes } from '../../reading/platform/kind-nodes.ts';
import { evictablePods } from '../../reading/pods/evictable-pods.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { systemOomEvent } from '../../reading/pods/crashes/system-oom.ts';
import type { Analyzer } from '../analyzer.ts';
import { detected, maintenance, rebooted, rebootedRepeatedly, reportedProblem, systemOom } from './codes.ts';
import { meaningOf } from './condition-polarity.ts';
import { checkDetected } from './detected.ts';

/** Conditions of a detector that died stay as they were; one that is refreshed says when. */
const longestSilence = 60 * 60_000;

/** What keeps pods from a machine that is ill; where it is cordoned and empty that is done, and nobody suffers. */
function wayOut(snapshot: Snapshot, node: Node): Pick<Finding, 'standing' | 'changes'> & { readonly says: string } {
  const target = refTo('Node', node);
  if (!snapshot.saw('Pod')) return { standing: 'current', changes: [], says: '' };
  const leaving = evictablePods(snapshot, node.metadata.name).length;
  const cordoned = node.spec.unschedulable === true;
  if (leaving === 0 && cordoned) {
    return {
      standing: 'expected',
      changes: [],
      says: ' It is cordoned, and nothing that could run elsewhere is on it.',
    };
  }
  const action = leaving === 0 ? 'cordon' : 'drain';
  return {
    standing: 'current',
    changes: [{ action, target, params: {}, risk: leaving === 0 ? 'low' : 'medium' }],
    says: '',
  };
}

function checkConditions(snapshot: Snapshot, node: Node): Finding[] {
  const ref = refTo('Node', node);
  const detectorWrites = node.metadata.managers.some((m) => m.manager.startsWith('node-problem-detector'));
  return node.status.conditions.flatMap((condition) => {
    const meaning = meaningOf(condition, detectorWrites);
    const heard = ageOf(snapshot, condition.lastHeartbeatTime);
    if (meaning === 'nothing' || (heard !== undefined && heard > longestSilence)) return [];
    const text = said(condition.message || condition.reason || `${condition.type}=${condition.status}`);
    const name = `Node "${node.metadata.name}"`;
    const { says, ...rest } = wayOut(snapshot, node);
    return finding(meaning === 'problem' ? reportedProblem : maintenance, {
      object: ref,
      ...rest,
      cause:
        meaning === 'problem'
          ? `${name} reports ${condition.type}=${condition.status}: ${text}.${says}`
          : `${name} is announced for maintenance (${condition.type}): ${text}.${says}`,
      since: condition.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, condition)],
      facet: condition.type,
    });
  });
}

function checkSystemOom(snapshot: Snapshot, node: Node): Finding[] {
  const event = systemOomEvent(snapshot, node);
  if (event === undefined) return [];
  const cause = `Node "${node.metadata.name}" ran out of memory as a whole and the kernel killed a process: ${said(event.message)}.`;
  const [shared] = kindNodes(snapshot);
  const because = shared === undefined ? [] : [{ object: refTo('Node', shared), codes: ['kind.out-of-memory'] }];
  const repeated = event.count > 1 || isRecent(snapshot, event.last, 15 * 60_000);
  return [
    finding(systemOom, {
      object: refTo('Node', node),
      cause,
      confidence: repeated ? 'high' : 'medium',
      standing: repeated ? 'current' : 'recovered',
      since: event.first ?? '',
      evidence: [fromEvent(event)],
      because,
    }),
  ];
}

const oftenRebooted = 3;

function checkReboot(snapshot: Snapshot, node: Node): Finding[] {
  const ref = refTo('Node', node);
  const events = newestEvents(snapshot, ref, 'Rebooted').filter((e) => isRecent(snapshot, e.last));
  const [event] = events;
  if (event === undefined) return [];
  const name = `Node "${node.metadata.name}"`;
  if (events.length < oftenRebooted) {
    return [
      finding(rebooted, {
        object: ref,
        cause: `${name} was rebooted.`,
        standing: 'recovered',
        since: event.last ?? '',
        evidence: [fromEvent(event)],
      }),
    ];
  }
  const cause = `${name} was rebooted ${events.length} times within an hour, each time with another boot id.`;
  return [
    finding(rebootedRepeatedly, {
      object: ref,
      cause,
      since: events.at(-1)?.first ?? '',
      evidence: events.slice(0, 3).map(fromEvent),
    }),
  ];
}

/** What detectors, the kernel and the provider say of a node's machine. */
export const nodeProblem: Analyzer = {
  name: 'node-problem',
  codes: [reportedProblem, detected, systemOom, rebooted, rebootedRepeatedly, maintenance],
  analyze: (snapshot) =>
    snapshot
      .list('Node')
      .flatMap((node) => [
        ...checkConditions(snapshot, node),
        ...checkDetected(snapshot, node),
        ...checkSystemOom(snapshot, node),
        ...checkReboot(snapshot, node),
      ]),
};
