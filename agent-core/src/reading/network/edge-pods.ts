import type { Ingress, Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { isFinished, isTerminating } from '../pods/pod-status.ts';
import { carriesRequests } from '../platform/ingress-controllers.ts';
import { podsBehind } from './service-pods.ts';

type Addresses = Service['status']['loadBalancer']['ingress'];

function textsOf(addresses: Addresses): readonly string[] {
  return addresses.flatMap(({ ip, hostname }) => [ip ?? '', hostname ?? '']).filter((text) => text !== '');
}

const byAddress = perSnapshot((snapshot) => {
  const index = new Map<string, Service[]>();
  for (const service of snapshot.list('Service')) {
    if (service.spec.type === 'LoadBalancer') {
      for (const address of textsOf(service.status.loadBalancer.ingress)) pushTo(index, address, service);
    }
  }
  return index;
});

/** On ports of the nodes a controller writes their addresses, which lead to no Service: then its class tells the pods. */
function ofController(snapshot: Snapshot, ingress: Ingress): readonly Pod[] {
  const controller = snapshot.get('IngressClass', '', ingress.spec.ingressClassName ?? '')?.spec.controller ?? '';
  return controller === '' ? [] : snapshot.list('Pod').filter((pod) => carriesRequests(pod, controller));
}

/**
 * The pods through which the requests for an Ingress come in: a controller that runs in the cluster writes the address
 * of its own Service into the status of the Ingress. None where the cloud's own balancer serves it.
 */
export function edgePods(snapshot: Snapshot, ingress: Ingress): readonly Pod[] {
  const services = textsOf(ingress.status.loadBalancer.ingress).flatMap(
    (address) => byAddress(snapshot).get(address) ?? [],
  );
  const behind = services.flatMap((service) => podsBehind(snapshot, service));
  const pods = new Set(behind.length > 0 ? behind : ofController(snapshot, ingress));
  return [...pods].filter((pod) => !isFinished(pod) && !isTerminating(pod));
}
