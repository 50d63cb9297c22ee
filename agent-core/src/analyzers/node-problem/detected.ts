import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent } from '../../evidence/finding.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { detected } from './codes.ts';

const present = 15 * 60_000;
/** Once or twice is a hiccup. */
const repeatedly = 3;

/** Ends of programs and of containers, which others tell better, and starts of services. */
const everyday = /^(?:OOMKilling|SystemOOM|UnregisterNetDevice|\w+Start|\w+Started|Rebooted|\w*Scheduled)$/;

/** Written by a program that watches the machine: each monitor of node-problem-detector, and the agents of clouds. */
function isOfDetector({ component }: ClusterEvent): boolean {
  return (
    component.endsWith('-monitor') ||
    component.endsWith('monitoring-agent') ||
    component.startsWith('node-problem-detector')
  );
}

/** What a detector reports again and again, for what has no condition: a full connection table, hung tasks, a bad disk. */
export function checkDetected(snapshot: Snapshot, node: Node): Finding[] {
  const ref = refTo('Node', node);
  // A detector writes the same words into a condition where it has one.
  const standing = node.status.conditions.filter((c) => c.status === 'True' && c.message !== '').map((c) => c.message);
  const isToldApart = ({ message }: ClusterEvent): boolean => !standing.some((words) => message.includes(words));
  const told = newestEvents(snapshot, ref).filter(
    (e) => e.type === 'Warning' && isOfDetector(e) && !everyday.test(e.reason) && isToldApart(e),
  );
  const byReason = Map.groupBy(told, (e) => e.reason);
  return [...byReason].flatMap(([reason, events]) => {
    const [newest] = events;
    const times = events.reduce((sum, e) => sum + e.count, 0);
    if (newest === undefined || times < repeatedly || !isRecent(snapshot, newest.last, present)) return [];
    const cause = `Node "${node.metadata.name}" reports ${said(reason, 80)} ${times} times, still in the last minutes: ${said(newest.message)}.`;
    const since = events.map((e) => e.first ?? e.last ?? '').toSorted()[0] ?? '';
    return [finding(detected, { object: ref, cause, since, evidence: [fromEvent(newest)], facet: reason })];
  });
}
