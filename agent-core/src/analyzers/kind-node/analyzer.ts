import type { Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, sinceOf } from '../../evidence/finding.ts';
import { kindNodes } from '../../reading/platform/kind-nodes.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { isRecent } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { systemOomEvent } from '../../reading/pods/crashes/system-oom.ts';
import type { Analyzer } from '../analyzer.ts';
import { diskFull, inotifyLimit, outOfMemory } from './codes.ts';
import { openFilesEvidence } from './open-files.ts';

function checkInotify(snapshot: Snapshot): Finding[] {
  const isKind = kindNodes(snapshot).length > 0;
  return snapshot.list('Pod').flatMap((pod) => {
    if (isReady(pod)) return [];
    const evidence = openFilesEvidence(snapshot, pod);
    if (evidence === undefined) return [];
    const where = isKind ? 'the machine that runs the Kind nodes' : `node "${pod.spec.nodeName ?? ''}"`;
    return finding(inotifyLimit, {
      object: refTo('Pod', pod),
      cause: `Pod ${pod.metadata.namespace}/${pod.metadata.name} cannot watch files because the inotify limits of ${where} are used up.`,
      confidence: isKind ? 'high' : 'medium',
      since: sinceOf(evidence),
      evidence: [evidence],
    });
  });
}

function checkDisk(snapshot: Snapshot): Finding[] {
  const nodes = kindNodes(snapshot);
  const [first] = nodes;
  const full = nodes.flatMap((node) =>
    node.status.conditions
      .filter((c) => c.type === 'DiskPressure' && c.status === 'True')
      .map((c) => fromCondition(refTo('Node', node), c)),
  );
  if (first === undefined || full.length < nodes.length) return [];
  const cause =
    nodes.length === 1
      ? `The disk of the Docker engine is full: the only Kind node, "${first.metadata.name}", reports disk pressure.`
      : `The disk of the Docker engine is full: all ${nodes.length} Kind nodes report disk pressure at once.`;
  const since = full.map((e) => e.time).toSorted()[0] ?? '';
  return [
    finding(diskFull, {
      object: refTo('Node', first),
      cause,
      confidence: nodes.length === 1 ? 'medium' : 'high',
      since,
      evidence: full.slice(0, 4),
    }),
  ];
}

/** The kernel is one for all nodes: a kill that is no container's own says that the machine has no memory left. */
function checkMemory(snapshot: Snapshot): Finding[] {
  const nodes = kindNodes(snapshot);
  const [first] = nodes;
  if (first === undefined) return [];
  const kills = nodes
    .map((node) => systemOomEvent(snapshot, node))
    .filter((e) => e !== undefined)
    .filter((e) => isRecent(snapshot, e.last, 15 * 60_000));
  const pressed = nodes.flatMap((node) =>
    node.status.conditions
      .filter((c) => c.type === 'MemoryPressure' && c.status === 'True')
      .map((c) => fromCondition(refTo('Node', node), c)),
  );
  const [kill] = kills;
  if (kill === undefined && pressed.length < nodes.length) return [];
  const why =
    kill === undefined
      ? `all ${nodes.length} Kind nodes report memory pressure at once`
      : `the kernel killed a process: ${said(kill.message)}`;
  const evidence = [...kills.slice(0, 2).map(fromEvent), ...pressed.slice(0, 2)];
  const since = evidence.map((e) => e.time).toSorted()[0] ?? '';
  return [
    finding(outOfMemory, {
      object: refTo('Node', first),
      cause: `The machine under the Kind nodes is out of memory: ${why}.`,
      confidence: nodes.length === 1 && kill === undefined ? 'medium' : 'high',
      since,
      evidence,
    }),
  ];
}

/** Trouble of the machine under a Kind cluster. */
export const kindNode: Analyzer = {
  name: 'kind-node',
  codes: [inotifyLimit, diskFull, outOfMemory],
  analyze: (snapshot) => [...checkInotify(snapshot), ...checkDisk(snapshot), ...checkMemory(snapshot)],
};
