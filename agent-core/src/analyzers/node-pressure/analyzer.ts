import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent } from '../../evidence/finding.ts';
import { kindNodes } from '../../reading/platform/kind-nodes.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { diskPressure, evictedByLimit, evictedByNode, imageGcFailed, memoryPressure, pidPressure } from './codes.ts';
import { checkEvictions } from './evictions.ts';

const conditions: readonly (readonly [type: string, code: CodeEntry, what: string, events: readonly string[]])[] = [
  ['MemoryPressure', memoryPressure, 'memory', ['EvictionThresholdMet', 'SystemOOM']],
  ['DiskPressure', diskPressure, 'disk space', ['FreeDiskSpaceFailed', 'ImageGCFailed', 'EvictionThresholdMet']],
  ['PIDPressure', pidPressure, 'process ids', ['EvictionThresholdMet']],
];

function because(snapshot: Snapshot, code: string): Finding['because'] {
  const first = kindNodes(snapshot)[0];
  return first === undefined ? [] : [{ object: refTo('Node', first), codes: [code] }];
}

/** The condition is the same whether bytes or inodes run out; what the kubelet says to those that it evicts is not. */
function inodeWords(snapshot: Snapshot, node: Node): string | undefined {
  const evicted = podsOnNode(snapshot, node.metadata.name).find(
    ({ status }) => status.reason === 'Evicted' && (status.message ?? '').includes('resource: inodes'),
  );
  const reclaimed = newestEvents(snapshot, refTo('Node', node), 'EvictionThresholdMet').find(
    (e) => isRecent(snapshot, e.last) && e.message.includes('inodes'),
  );
  return evicted?.status.message ?? reclaimed?.message;
}

function checkPressure(snapshot: Snapshot, node: Node): Finding[] {
  const ref = refTo('Node', node);
  return conditions.flatMap(([type, code, what, reasons]) => {
    const condition = node.status.conditions.find((c) => c.type === type && c.status === 'True');
    if (condition === undefined) return [];
    const event = newestEvents(snapshot, ref, ...reasons).find((e) => isRecent(snapshot, e.last));
    const inodes = code === diskPressure ? inodeWords(snapshot, node) : undefined;
    return finding(code, {
      object: ref,
      cause: `Node "${node.metadata.name}" is short of ${inodes === undefined ? what : 'inodes'}: ${said(inodes ?? (condition.message || condition.reason))}.`,
      since: condition.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, condition), ...(event === undefined ? [] : [fromEvent(event)])],
      because:
        type === 'PIDPressure'
          ? []
          : because(snapshot, type === 'DiskPressure' ? 'kind.disk-full' : 'kind.out-of-memory'),
    });
  });
}

const gcWindow = 20 * 60_000;

/** "Threshold met" without pressure is over within minutes; a failed collection repeats every five. */
function checkImageGc(snapshot: Snapshot, node: Node): Finding[] {
  if (node.status.conditions.some((c) => c.type === 'DiskPressure' && c.status === 'True')) return [];
  const ref = refTo('Node', node);
  const event = newestEvents(snapshot, ref, 'FreeDiskSpaceFailed', 'ImageGCFailed').find((e) =>
    isRecent(snapshot, e.last, gcWindow),
  );
  // "failed to get image stats" and the like come once, when a kubelet starts.
  if (event === undefined || !/free|garbage collect required/i.test(event.message)) return [];
  return [
    finding(imageGcFailed, {
      object: ref,
      cause: `Node "${node.metadata.name}" could not free the disk space that it needs: ${said(event.message)}.`,
      since: event.first ?? '',
      evidence: [fromEvent(event)],
      because: because(snapshot, 'kind.disk-full'),
    }),
  ];
}

/** Nodes short of memory, disk or process ids, and the pods that were evicted for it. */
export const nodePressure: Analyzer = {
  name: 'node-pressure',
  codes: [memoryPressure, diskPressure, pidPressure, imageGcFailed, evictedByNode, evictedByLimit],
  analyze: (snapshot) => [
    ...snapshot.list('Node').flatMap((node) => [...checkPressure(snapshot, node), ...checkImageGc(snapshot, node)]),
    ...checkEvictions(snapshot),
  ],
};
