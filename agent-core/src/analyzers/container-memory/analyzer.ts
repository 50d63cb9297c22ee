import type { Finding } from '@autodevops/domain/finding';
import type { ContainerStatus, Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import { formatBytes } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashBeganAt } from '../../reading/pods/crashes/crash-beginning.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import { containersOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { isRecent } from '../../reading/recency.ts';
import { unstartedContainers } from '../../reading/pods/starting/start-failure.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { heapExhausted, memoryLeak, memoryLimit, nodeMemory, processKilled } from './codes.ts';
import { checkHeap } from './heap.ts';
import {
  byLimitRange,
  isCertain,
  killCode,
  killSentence,
  limitIsDefault,
  limitOf,
  nodeEvent,
  oversizedHeap,
} from './kill.ts';
import type { Kill } from './kill.ts';
import { checkProcessKills } from './process-kill.ts';
import { raise } from './raise-limit.ts';
import { checkStart } from './start.ts';

function statusPath(view: ContainerView): string {
  const which = view.status?.state.terminated === undefined ? 'lastState' : 'state';
  return `status.${view.init ? 'initContainerStatuses' : 'containerStatuses'}[name=${view.spec.name}].${which}.terminated`;
}

/** Java before 8u372, 11.0.16 and 15 reads limits of control groups version 1 only, which newer nodes no longer have. */
const ownHeapStep =
  'The program works this size out by itself and does not see the limit: a JVM older than 8u372, 11.0.16 or 15 takes the memory of the node for its own on nodes with cgroup v2. Update it, or set -Xmx.';

function checkKill(snapshot: Snapshot, kill: Kill): Finding {
  const { pod, ref, view, ended, since, standing } = kill;
  const heap = oversizedHeap(snapshot, kill);
  const code = killCode(snapshot, kill, heap);
  const limit = limitOf(view);
  const event = nodeEvent(snapshot, kill);
  const nodeName = pod.spec.nodeName ?? '';
  return finding(code, {
    object: ref,
    cause: killSentence(code, kill, heap),
    evidence: [
      fromStatus(
        ref,
        statusPath(view),
        `${ended.reason ?? 'Error'}, exit code ${ended.exitCode ?? 137}`,
        ended.finishedAt ?? '',
      ),
      ...(event === undefined ? [] : [fromEvent(event)]),
      ...(limit === undefined ? [] : [fromSpec(ref, `${view.path}.resources.limits.memory`, limit)]),
      ...(heap?.field === undefined ? [] : [fromSpec(heap.field.object, heap.field.path, heap.option)]),
      ...(heap?.line === undefined ? [] : [fromOutput(ref, view, heap.line)]),
      ...(limitIsDefault(kill)
        ? [fromSpec(ref, `metadata.annotations.${byLimitRange}`, pod.metadata.annotations[byLimitRange] ?? '')]
        : []),
    ],
    ...(heap === undefined
      ? {}
      : {
          nextSteps: [
            ...(heap.field === undefined ? [ownHeapStep] : []),
            `Bring the two in line: a limit of ${formatBytes(heap.bytes * 1.25)} or more for ${heap.option}, or a heap of three quarters of the limit (for a JVM -XX:MaxRAMPercentage=75 in place of a fixed size).`,
          ],
        }),
    ...(heap === undefined && limitIsDefault(kill)
      ? {
          nextSteps: [
            'Give the container a memory limit of its own in the workload, which goes before the default of the LimitRange.',
            ...code.nextSteps,
          ],
        }
      : {}),
    since,
    standing,
    confidence: code === memoryLeak || !isCertain(ended) ? 'medium' : 'high',
    facet: view.spec.name,
    because:
      nodeName === ''
        ? []
        : [
            {
              object: refByName('Node', '', nodeName),
              codes: code === nodeMemory ? ['node.'] : ['node.sandbox.remade'],
            },
          ],
    changes: standing === 'current' && code !== nodeMemory ? raise(snapshot, pod, view, heap) : [],
  });
}

function crashes(snapshot: Snapshot): readonly Kill[] {
  return crashingContainers(snapshot).flatMap((crash) => {
    if (crash.ending !== 'out-of-memory' || crash.ended === undefined) return [];
    return [{ ...crash, ended: crash.ended, since: crashBeganAt(snapshot, crash), standing: 'current' as const }];
  });
}

function wasKilled({ status }: Pod): boolean {
  const killed = (s: ContainerStatus): boolean => s.lastState.terminated?.reason === 'OOMKilled';
  return status.containerStatuses.some(killed) || status.initContainerStatuses.some(killed);
}

/** Up again, but killed within the hour: lasting trouble when it was not the first time. */
function recentKills(snapshot: Snapshot): readonly Kill[] {
  const crashing = new Set(
    crashingContainers(snapshot).map((c) => `${c.ref.namespace}/${c.ref.name}/${c.view.spec.name}`),
  );
  return snapshot.list('Pod').flatMap((pod) => {
    if (!wasKilled(pod) || isFinished(pod) || isTerminating(pod)) return [];
    const ref = refTo('Pod', pod);
    return containersOf(pod).flatMap((view) => {
      const ended = view.status?.lastState.terminated;
      if (ended?.reason !== 'OOMKilled' || view.status?.state.running === undefined) return [];
      if (!isRecent(snapshot, ended.finishedAt) || crashing.has(`${ref.namespace}/${ref.name}/${view.spec.name}`)) {
        return [];
      }
      const again = (view.status.restartCount ?? 0) >= 3;
      return [
        {
          pod,
          ref,
          view,
          ended,
          since: ended.finishedAt ?? '',
          standing: again ? ('current' as const) : ('recovered' as const),
        },
      ];
    });
  });
}

export const containerMemory: Analyzer = {
  name: 'container-memory',
  codes: [memoryLimit, memoryLeak, nodeMemory, heapExhausted, processKilled],
  analyze: (snapshot) => [
    ...[...crashes(snapshot), ...recentKills(snapshot)].map((kill) => checkKill(snapshot, kill)),
    ...unstartedContainers(snapshot).flatMap((unstarted) => checkStart(snapshot, unstarted)),
    ...troubledContainers(snapshot).flatMap(checkHeap),
    ...checkProcessKills(snapshot),
  ],
};
