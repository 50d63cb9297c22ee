import type { Because, Finding } from '@autodevops/domain/finding';
import type { EndpointSlice, Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { severityOf } from '../../reading/network/service-exposure.ts';
import { controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { conditionOf, isReady } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { notListed, otherAddressFamily } from './codes.ts';

const patience = 5 * 60_000;

function familyOf(address: string): 'IPv4' | 'IPv6' {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

function readySince(pod: Pod): string {
  return conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? '';
}

/** Ready long enough to be listed, whatever the controller has to do besides. */
function settled(snapshot: Snapshot, pods: readonly Pod[]): readonly Pod[] {
  return pods.filter(
    (pod) => isReady(pod) && (pod.status.podIP ?? '') !== '' && (ageOf(snapshot, readySince(pod)) ?? 0) >= patience,
  );
}

function controllers(snapshot: Snapshot): readonly Because[] {
  return controlPlanePods(snapshot, 'kube-controller-manager').map((pod) => ({ object: refTo('Pod', pod) }));
}

/** The EndpointSlices of the Service are there and empty, while pods that it selects are ready. */
export function checkUnlisted(
  snapshot: Snapshot,
  service: Service,
  slices: readonly EndpointSlice[],
  pods: readonly Pod[],
): Finding | undefined {
  const [slice] = slices;
  const ready = settled(snapshot, pods);
  const [pod] = ready;
  if (pod === undefined || slice === undefined || slices.some(({ endpoints }) => endpoints.length > 0)) {
    return undefined;
  }
  // An object that was changed a moment ago is being looked after.
  if ((ageOf(snapshot, lastChange(service)) ?? Infinity) < patience) return undefined;
  const ref = refTo('Service', service);
  const { name } = service.metadata;
  const address = pod.status.podIP ?? '';
  const [family, ...more] = service.spec.ipFamilies;
  const said = { object: ref, severity: severityOf(snapshot, service) };
  const evidence = fromStatus(refTo('Pod', pod), 'status.podIP', address);
  if (family !== undefined && more.length === 0 && family !== familyOf(address)) {
    const cause = `Service "${name}" is of ${family} only, and its pods have ${familyOf(address)} addresses: it can have no endpoint.`;
    return finding(otherAddressFamily, {
      ...said,
      cause,
      evidence: [fromSpec(ref, 'spec.ipFamilies', family), evidence],
      since: lastChange(service),
    });
  }
  const cause = `Service "${name}" has no endpoint, although ${ready.length} of the pods that it selects ${ready.length === 1 ? 'is' : 'are'} ready: the controller has not listed ${ready.length === 1 ? 'it' : 'them'}.`;
  return finding(notListed, {
    ...said,
    confidence: 'medium',
    cause,
    evidence: [fromSpec(refTo('EndpointSlice', slice), 'endpoints', '[]'), evidence],
    because: controllers(snapshot),
    since: readySince(pod),
  });
}
