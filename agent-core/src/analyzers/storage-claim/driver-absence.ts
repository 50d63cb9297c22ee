import type { DaemonSet } from '@autodevops/domain/kubernetes/workload';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { keptOffNode } from '../../evidence/kept-off-node.ts';
import type { NodeAbsence } from '../../evidence/kept-off-node.ts';
import { driverPods } from '../../reading/platform/driver-pods.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';

/** What external-provisioner says of a node on which the driver has not registered. */
const unknownNode = /no topology key found on CSINode ([a-z0-9.-]{1,253})/;

function daemonSetOf(snapshot: Snapshot, driver: string): DaemonSet | undefined {
  const owners = driverPods(snapshot, driver).map(controllerOf);
  const owner = owners.find((ref) => ref?.kind === 'DaemonSet');
  return owner === undefined ? undefined : snapshot.get('DaemonSet', owner.namespace, owner.name);
}

/** Why a driver knows no topology of the node that was chosen for a pod: it does not run there. */
export function driverAbsence(snapshot: Snapshot, driver: string, message: string): NodeAbsence | undefined {
  const name = unknownNode.exec(message)?.[1]?.replace(/\.$/, '');
  const registered = name === undefined ? undefined : snapshot.get('CSINode', '', name);
  const node = name === undefined ? undefined : snapshot.get('Node', '', name);
  if (registered === undefined || node === undefined || registered.spec.drivers.some((d) => d.name === driver)) {
    return undefined;
  }
  const daemonSet = daemonSetOf(snapshot, driver);
  const kept = daemonSet === undefined ? undefined : keptOffNode(node, daemonSet, 'The driver');
  return (
    kept ?? {
      sentence: ' The driver has not registered on that node.',
      step: `See why the driver's pod on node ${node.metadata.name} is missing or not ready: it registers the driver with the kubelet.`,
      evidence: [],
    }
  );
}
