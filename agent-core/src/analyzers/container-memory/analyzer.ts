import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { ContainerStatus, Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import { formatBytes, parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashBeganAt } from '../../reading/pods/crashes/crash-beginning.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import type { HeapBound } from '../../reading/pods/crashes/heap-bound.ts';
import { messageEnd } from '../../reading/long-message.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { containersOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { isRecent } from '../../reading/recency.ts';
import { startClassOf } from '../../reading/pods/starting/start-failure-class.ts';
import { narrowStart } from '../../reading/pods/starting/narrow-start.ts';
import { unstartedContainers } from '../../reading/pods/starting/start-failure.ts';
import type { UnstartedContainer } from '../../reading/pods/starting/start-failure.ts';
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
  roleOf,
} from './kill.ts';
import type { Kill } from './kill.ts';
import { checkProcessKills } from './process-kill.ts';

function proposal(snapshot: Snapshot, pod: Pod, params: ProposedChange['params']): ProposedChange {
  return { action: 'set-resources', target: workloadOf(snapshot, pod), params, risk: 'low' };
}

/** `512m` is half a byte: the small letter stands for thousandths, where that for mebibytes was meant. */
function meantFor(limit: string): string {
  return limit.replace(/m$/, 'Mi');
}

/** Twice the limit, in the container's workload, and no less than the heap that it allows itself needs. */
function raise(snapshot: Snapshot, pod: Pod, view: ContainerView, heap?: HeapBound): readonly ProposedChange[] {
  const limit = limitOf(view) ?? '';
  const bytes = parseQuantity(limit);
  if (bytes === undefined || bytes <= 0) return [];
  if (bytes < 1) return [proposal(snapshot, pod, { container: view.spec.name, limits: { memory: meantFor(limit) } })];
  const params = {
    container: view.spec.name,
    limits: { memory: formatBytes(Math.max(bytes * 2, (heap?.bytes ?? 0) * 1.25)) },
  };
  return [proposal(snapshot, pod, params)];
}

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

function unitSlip(limit: string): string {
  return /^\d+m$/.test(limit)
    ? `, which is less than a byte: "m" means thousandths, and ${meantFor(limit)} was meant, it seems`
    : '';
}

function checkStart(snapshot: Snapshot, { pod, ref, view, failure }: UnstartedContainer): Finding[] {
  if (startClassOf(failure.reason, failure.message) !== 'memory') return [];
  const limit = limitOf(view) ?? 'an unknown amount';
  return [
    finding(memoryLimit, {
      object: ref,
      cause: `${roleOf(view)} "${view.spec.name}" cannot even be started within its memory limit of ${limit}${unitSlip(limit)}.`,
      evidence: [
        fromStatus(ref, failure.path, messageEnd(failure.message)),
        fromSpec(ref, `${view.path}.resources.limits.memory`, limit),
      ],
      since: pod.metadata.creationTimestamp ?? '',
      facet: view.spec.name,
      nextSteps: unitSlip(limit) === '' ? memoryLimit.nextSteps : [`Write the limit as ${meantFor(limit)}.`],
      changes: raise(snapshot, pod, view),
    }),
  ];
}

/** The kernel may have killed the runtime's own start: then no status says so. */
function checkLostStart(snapshot: Snapshot, unstarted: UnstartedContainer): Finding[] {
  const narrow = narrowStart(unstarted);
  if (narrow === undefined) return [];
  const { pod, ref, view, failure } = unstarted;
  const { limit, volume } = narrow;
  const taken = `files in "${volume}", a volume in memory, count against it and outlive each container`;
  return [
    finding(memoryLimit, {
      object: ref,
      cause: `${roleOf(view)} "${view.spec.name}" is lost before its program begins; its memory limit of ${limit} leaves the start no room, it seems${volume === '' ? '' : `: ${taken}`}.`,
      evidence: [
        fromStatus(ref, failure.path, messageEnd(failure.message)),
        fromSpec(ref, `${view.path}.resources.limits.memory`, limit),
        ...(volume === '' ? [] : [fromSpec(ref, `spec.volumes[name=${volume}].emptyDir.medium`, 'Memory')]),
      ],
      since: pod.metadata.creationTimestamp ?? '',
      confidence: 'medium',
      facet: view.spec.name,
      nextSteps: [
        ...memoryLimit.nextSteps,
        ...(volume === '' ? [] : [`Or give the volume "${volume}" a sizeLimit well below the memory limit.`]),
      ],
      changes: raise(snapshot, pod, view),
    }),
  ];
}

export const containerMemory: Analyzer = {
  name: 'container-memory',
  codes: [memoryLimit, memoryLeak, nodeMemory, heapExhausted, processKilled],
  analyze: (snapshot) => [
    ...[...crashes(snapshot), ...recentKills(snapshot)].map((kill) => checkKill(snapshot, kill)),
    ...unstartedContainers(snapshot).flatMap((unstarted) => [
      ...checkStart(snapshot, unstarted),
      ...checkLostStart(snapshot, unstarted),
    ]),
    ...troubledContainers(snapshot).flatMap(checkHeap),
    ...checkProcessKills(snapshot),
  ],
};
