import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { formatBytes, parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { HeapBound } from '../../reading/pods/crashes/heap-bound.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { limitOf } from './kill.ts';

function proposal(snapshot: Snapshot, pod: Pod, params: ProposedChange['params']): ProposedChange {
  return { action: 'set-resources', target: workloadOf(snapshot, pod), params, risk: 'low' };
}

/** `512m` is half a byte: the small letter stands for thousandths, where that for mebibytes was meant. */
export function meantFor(limit: string): string {
  return limit.replace(/m$/, 'Mi');
}

/** Twice the limit, in the container's workload, and no less than the heap that it allows itself needs. */
export function raise(snapshot: Snapshot, pod: Pod, view: ContainerView, heap?: HeapBound): readonly ProposedChange[] {
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
