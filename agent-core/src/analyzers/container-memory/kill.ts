import { formatDuration } from '@autodevops/domain/duration';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod, Terminated } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { formatBytes, parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { runLength } from '../../reading/pods/crashes/crashing-container.ts';
import { heapBoundOf } from '../../reading/pods/crashes/heap-bound.ts';
import type { HeapBound } from '../../reading/pods/crashes/heap-bound.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { systemOomAt } from '../../reading/pods/crashes/system-oom.ts';
import { memoryLeak, memoryLimit, nodeMemory } from './codes.ts';

const longRun = 20 * 60_000;

/** A container that the kernel killed for memory. */
export interface Kill {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  readonly ended: Terminated;
  readonly since: string;
  readonly standing: Finding['standing'];
}

export function limitOf(view: ContainerView): string | undefined {
  return view.spec.resources.limits['memory'];
}

/** A container beside the one that does the work. */
export function roleOf(view: ContainerView): string {
  if (view.sidecar) return 'Sidecar';
  if (view.init) return 'Init container';
  return view.path === 'spec.containers[0]' ? 'Container' : 'Sidecar';
}

/** Beside the heap a runtime needs a fifth and more: code, threads, buffers. */
const mostForHeap = 0.85;

/** The heap that the program allows itself, where the limit has no room for it. */
export function oversizedHeap(snapshot: Snapshot, { pod, view }: Kill): HeapBound | undefined {
  const limit = parseQuantity(limitOf(view));
  const heap = heapBoundOf(snapshot, pod, view);
  return limit !== undefined && heap !== undefined && heap.bytes > limit * mostForHeap ? heap : undefined;
}

/** Killed for the node's memory, not for its own: the kernel took one of the node's processes. */
export function nodeEvent(snapshot: Snapshot, { pod, ended }: Kill): ClusterEvent | undefined {
  return isCertain(ended) ? undefined : systemOomAt(snapshot, pod.spec.nodeName ?? '', ended.finishedAt);
}

export function killCode(snapshot: Snapshot, kill: Kill, heap: HeapBound | undefined): CodeEntry {
  if (limitOf(kill.view) === undefined || nodeEvent(snapshot, kill) !== undefined) return nodeMemory;
  if (heap !== undefined) return memoryLimit;
  const length = runLength(kill.ended) ?? 0;
  return length >= longRun && (kill.view.status?.restartCount ?? 0) >= 2 ? memoryLeak : memoryLimit;
}

export const byLimitRange = 'kubernetes.io/limit-ranger';

/** The admission of LimitRanges notes what it filled in: `memory limit for container app`. */
export function limitIsDefault({ pod, view }: Kill): boolean {
  const note = pod.metadata.annotations[byLimitRange] ?? '';
  return note
    .split(';')
    .some(
      (part) => part.includes('limit for') && part.includes('memory') && part.split(/[\s,]+/).includes(view.spec.name),
    );
}

/** The status says so; otherwise it is concluded from a kill that nobody ordered. */
export function isCertain(ended: Terminated): boolean {
  return ended.reason === 'OOMKilled';
}

export function killSentence(code: CodeEntry, kill: Kill, heap: HeapBound | undefined): string {
  const { view, ended, pod } = kill;
  const length = runLength(ended);
  const after = length === undefined ? '' : ` after ${formatDuration(length)}`;
  const times = view.status?.restartCount ?? 0;
  const restarts = times === 0 ? '' : ` (${times} ${times === 1 ? 'restart' : 'restarts'})`;
  const who = `${roleOf(view)} "${view.spec.name}"`;
  const limit = limitOf(view) ?? '';
  if (code === nodeMemory) {
    return `${who} ${limit === '' ? 'has no memory limit and ' : ''}was killed${after} because node ${pod.spec.nodeName ?? ''} ran out of memory${limit === '' ? '' : `, not for its own limit of ${limit}`}${restarts}.`;
  }
  if (heap !== undefined) {
    return `${who} may let its heap grow to ${formatBytes(heap.bytes)} (${heap.option}) within a memory limit of ${limit}, which leaves no room beside it, and was killed${after}${restarts}.`;
  }
  if (code === memoryLeak && isCertain(ended)) {
    return `${who} reached its memory limit of ${limit}${after} and was killed, not for the first time${restarts}.`;
  }
  if (!isCertain(ended)) {
    return `${who} was killed (SIGKILL)${after} without the kubelet having ordered it: most likely it needs more than its memory limit of ${limit}${restarts}.`;
  }
  const given = limitIsDefault(kill)
    ? ', which a LimitRange of the namespace gives and the workload does not set,'
    : '';
  return `${who} needs more than its memory limit of ${limit}${given} and was killed${after}${restarts}.`;
}
