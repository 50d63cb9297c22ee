import type { NetworkPolicy, NetworkPolicyPeer } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { distinctBy } from '../distinct-by.ts';
import { workloadRef } from '../measures/labelled-object.ts';
import { peerIs } from './network-policy.ts';
import { matchesSelector } from '../selector.ts';

/** Some pods and not all: what lets everybody in, or a network, tells nothing of who calls. */
function isPrecise({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): boolean {
  return (
    podSelector !== undefined &&
    Object.keys(podSelector.matchLabels).length > 0 &&
    namespaceSelector === undefined &&
    ipBlock === undefined
  );
}

/** Pods of a policy's namespace to which it lets this pod go: as a caller that it admits, or by the peers that it names. */
function reachedBy(snapshot: Snapshot, policy: NetworkPolicy, pod: Pod): readonly Pod[] {
  const { podSelector, ingress, egress } = policy.spec;
  if (Object.keys(podSelector.matchLabels).length === 0) return [];
  const here = snapshot.listIn('Pod', policy.metadata.namespace);
  const admitted = ingress.some(({ from }) =>
    from.some((peer) => isPrecise(peer) && peerIs(snapshot, peer, policy, pod)),
  );
  const goes = matchesSelector(podSelector, pod.metadata.labels)
    ? egress.flatMap(({ to }) => to.filter(isPrecise))
    : [];
  return [
    ...(admitted ? here.filter((one) => matchesSelector(podSelector, one.metadata.labels)) : []),
    ...here.filter((one) => goes.some((peer) => peerIs(snapshot, peer, policy, one))),
  ];
}

/**
 * Workloads that network policies let these pods call by name. What may be called need not be; somebody who wrote such a
 * policy had a reason.
 */
export function callsAllowed(snapshot: Snapshot, pods: readonly Pod[]): readonly ObjectRef[] {
  const [pod] = pods;
  if (pod === undefined) return [];
  const reached = snapshot
    .listIn('NetworkPolicy', pod.metadata.namespace)
    .flatMap((policy) => reachedBy(snapshot, policy, pod));
  return distinctBy(
    reached.map((one) => workloadRef(snapshot, refTo('Pod', one))),
    refKey,
  );
}
