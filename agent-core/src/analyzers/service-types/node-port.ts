import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { nodePortConflict } from './codes.ts';

const taken = ['PortAlreadyAllocated', 'ClusterIPAlreadyAllocated'];

/** Pods by the ports that they take on their node: `30080/TCP`. */
const hostPorts = perSnapshot((snapshot) => {
  const index = new Map<string, Pod>();
  for (const pod of snapshot.list('Pod')) {
    if (isFinished(pod)) continue;
    for (const container of pod.spec.containers) {
      for (const port of container.ports) {
        if (port.hostPort !== undefined && port.hostPort > 0) {
          index.set(`${port.hostPort}/${port.protocol ?? 'TCP'}`, pod);
        }
      }
    }
  }
  return index;
});

export function checkNodePort(snapshot: Snapshot, service: Service): Finding | undefined {
  const ref = refTo('Service', service);
  const { name } = service.metadata;
  const [event] = newestEvents(snapshot, ref, ...taken).filter((e) => isRecent(snapshot, e.last));
  if (event !== undefined) {
    const what = event.reason === 'PortAlreadyAllocated' ? 'node port' : 'cluster IP';
    return finding(nodePortConflict, {
      object: ref,
      cause: `The ${what} of Service "${name}" is given to another Service, too.`,
      evidence: [fromEvent(event)],
      since: event.first ?? '',
    });
  }
  for (const [index, port] of service.spec.ports.entries()) {
    if (port.nodePort === undefined || port.nodePort === 0) continue;
    const pod = hostPorts(snapshot).get(`${port.nodePort}/${port.protocol ?? 'TCP'}`);
    if (pod === undefined) continue;
    return finding(nodePortConflict, {
      object: ref,
      confidence: 'medium',
      cause: `Service "${name}" has node port ${port.nodePort}, and pod "${pod.metadata.name}" in namespace "${pod.metadata.namespace}" takes the same port of its node as a host port.`,
      evidence: [
        fromSpec(ref, `spec.ports[${index}].nodePort`, String(port.nodePort)),
        fromSpec(refTo('Pod', pod), 'spec.containers[*].ports[*].hostPort', String(port.nodePort)),
      ],
    });
  }
  return undefined;
}
