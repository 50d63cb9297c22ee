import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { DaemonSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec } from '../../evidence/finding.ts';
import { driverPods } from '../../reading/platform/driver-pods.ts';
import { taintText, untolerated } from '../../reading/scheduling/taints.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';

/** Why a driver knows no topology of the node that was chosen for a pod: it does not run there. */
interface DriverAbsence {
  readonly sentence: string;
  readonly step: string;
  readonly evidence: readonly Evidence[];
}

/** What external-provisioner says of a node on which the driver has not registered. */
const unknownNode = /no topology key found on CSINode ([a-z0-9.-]{1,253})/;

function daemonSetOf(snapshot: Snapshot, driver: string): DaemonSet | undefined {
  const owners = driverPods(snapshot, driver).map(controllerOf);
  const owner = owners.find((ref) => ref?.kind === 'DaemonSet');
  return owner === undefined ? undefined : snapshot.get('DaemonSet', owner.namespace, owner.name);
}

function keptOff(node: Node, daemonSet: DaemonSet): DriverAbsence | undefined {
  const [taint] = untolerated(daemonSet.spec.template.spec, node);
  if (taint === undefined) return undefined;
  const { name, namespace } = daemonSet.metadata;
  const text = taintText(taint);
  return {
    sentence: ` The driver does not run on that node: its DaemonSet ${namespace}/${name} does not tolerate the taint ${text}.`,
    step: `Give the DaemonSet "${name}" a toleration for ${text} (in the values of its chart), or keep pods with such volumes off the tainted nodes.`,
    evidence: [fromSpec(refTo('Node', node), 'spec.taints', text)],
  };
}

export function driverAbsence(snapshot: Snapshot, driver: string, message: string): DriverAbsence | undefined {
  const name = unknownNode.exec(message)?.[1]?.replace(/\.$/, '');
  const registered = name === undefined ? undefined : snapshot.get('CSINode', '', name);
  const node = name === undefined ? undefined : snapshot.get('Node', '', name);
  if (registered === undefined || node === undefined || registered.spec.drivers.some((d) => d.name === driver)) {
    return undefined;
  }
  const daemonSet = daemonSetOf(snapshot, driver);
  const kept = daemonSet === undefined ? undefined : keptOff(node, daemonSet);
  return (
    kept ?? {
      sentence: ' The driver has not registered on that node.',
      step: `See why the driver's pod on node ${node.metadata.name} is missing or not ready: it registers the driver with the kubelet.`,
      evidence: [],
    }
  );
}
