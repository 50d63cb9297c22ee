import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { alarmingLines } from '../../reading/output/alarming-line.ts';
import { isGrave } from '../../reading/output/log-level.ts';
import { outputOf } from '../../reading/output/output-line.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { containersOf, isFinished, isReady } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
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

/** What a device plugin says that runs and offers nothing: it waits for devices that it does not see. */
export interface PluginWords {
  readonly pod: Pod;
  readonly view: ContainerView;
  readonly line: OutputLine;
}

/** Device plugins of the vendor by their names, whatever their state. */
export function pluginsOf(snapshot: Snapshot, resource: string): readonly Pod[] {
  const vendor = vendorOf(resource);
  return snapshot.list('Pod').filter((pod) => {
    const named = [pod.metadata.name, ...pod.spec.containers.map(({ image }) => image)].join(' ').toLowerCase();
    return controllerOf(pod)?.kind === 'DaemonSet' && named.includes('device-plugin') && offersDevices(pod, vendor);
  });
}

/** The first grave line of a device plugin that is ready: those that follow are advice. */
export function pluginWords(snapshot: Snapshot, resource: string): PluginWords | undefined {
  for (const pod of pluginsOf(snapshot, resource).filter(isReady)) {
    for (const view of containersOf(pod)) {
      const line = alarmingLines(outputOf(snapshot, pod, view, 'current')).find(isGrave);
      if (line !== undefined) return { pod, view, line };
    }
  }
  return undefined;
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
