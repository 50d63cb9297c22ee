import type { Finding } from '@autodevops/domain/finding';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromEvent, fromSpec } from '../../evidence/finding.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { driverPods } from '../../reading/platform/driver-pods.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { mountedText, driverOf } from './mounted.ts';
import type { MountCheck } from './mounted.ts';

/** DaemonSets that bring the driver to the nodes: why it is not on this one may be known of them. */
function bringers(snapshot: Snapshot, driver: string): Finding['because'] {
  if (driver === '') return [];
  const owners = driverPods(snapshot, driver)
    .map((pod) => workloadOf(snapshot, pod))
    .filter((ref) => ref.kind === 'DaemonSet');
  return distinctBy(owners, refKey).map((object) => ({ object, codes: ['daemonset.', 'pod.', 'workload.'] }));
}

/** The driver's own pods on the node: what fails there keeps its volumes away from the node. */
export function driverOn(snapshot: Snapshot, driver: string, node: string): Finding['because'] {
  if (driver === '') return [];
  return driverPods(snapshot, driver)
    .filter((pod) => pod.spec.nodeName === node && !isReady(pod))
    .map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.'] }));
}

/** A driver that has not registered with the kubelet of the node. */
export function tellDriver(check: MountCheck): Pick<Finding, 'cause' | 'evidence' | 'because'> {
  const node = check.pod.spec.nodeName ?? '';
  const driver = driverOf(check.mounted);
  const csiNode = check.snapshot.get('CSINode', '', node);
  const known = csiNode?.spec.drivers.map((d) => d.name).join(', ') ?? '';
  return {
    cause: `${mountedText(check.mounted)} needs CSI driver ${driver === '' ? 'that' : `"${driver}"`}, which is not registered on node ${node}.`,
    evidence: [
      fromEvent(check.event),
      ...(csiNode === undefined
        ? []
        : [fromSpec(refTo('CSINode', csiNode), 'spec.drivers', known === '' ? 'none' : known)]),
    ],
    because: [{ object: refByName('Node', '', node), codes: ['node.'] }, ...bringers(check.snapshot, driver)],
  };
}
