import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';

/** `nvidia` of `nvidia.com/gpu`, `intel` of `gpu.intel.com/i915`. */
function vendorOf(resource: string): string {
  return (resource.split('/')[0] ?? '').split('.').at(-2) ?? '';
}

function offersDevices(pod: Pod, vendor: string): boolean {
  const words = [pod.metadata.name, ...pod.spec.containers.flatMap(({ name, image }) => [name, image])]
    .join(' ')
    .toLowerCase();
  return words.includes('device-plugin') || (vendor.length > 2 && words.includes(vendor));
}

/** Daemon pods that are not ready and by all appearances bring the resource to its nodes: those of the nodes that have lost it first. */
export function devicePlugins(snapshot: Snapshot, resource: string, lost: readonly NodeRoom[]): readonly Because[] {
  const vendor = vendorOf(resource);
  const nodes = new Set(lost.map(({ node }) => node.metadata.name));
  return snapshot
    .list('Pod')
    .filter(
      (pod) =>
        controllerOf(pod)?.kind === 'DaemonSet' && !isReady(pod) && !isFinished(pod) && offersDevices(pod, vendor),
    )
    .filter((pod) => nodes.size === 0 || nodes.has(pod.spec.nodeName ?? ''))
    .slice(0, 20)
    .map((pod) => ({ object: refTo('Pod', pod) }));
}
