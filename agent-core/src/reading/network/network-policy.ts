import type { NetworkPolicy, NetworkPolicyPeer } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { inRange } from './ip-range.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { matchesSelector } from '../selector.ts';

export type Direction = 'Ingress' | 'Egress';

type Rule = NetworkPolicy['spec']['ingress'][number]['ports'];

/** One connection: from a pod to a port of another. */
export interface Connection {
  readonly from: Pod;
  readonly to: Pod;
  /** The container's port: policies see connections after the Service has chosen a pod. */
  readonly port: number;
  readonly protocol: string;
}

function appliesTo(policy: NetworkPolicy, direction: Direction): boolean {
  const { policyTypes, egress } = policy.spec;
  if (policyTypes.length > 0) return policyTypes.includes(direction);
  return direction === 'Ingress' || egress.length > 0;
}

const byNamespace = perSnapshot((snapshot) => {
  const of = (direction: Direction) =>
    Map.groupBy(
      snapshot.list('NetworkPolicy').filter((p) => appliesTo(p, direction)),
      (p) => p.metadata.namespace,
    );
  return { Ingress: of('Ingress'), Egress: of('Egress') };
});

/** Policies that restrict a pod in a direction; with none of them everything is allowed. Host-network pods have none. */
export function policiesOn(snapshot: Snapshot, pod: Pod, direction: Direction): readonly NetworkPolicy[] {
  if (pod.spec.hostNetwork === true) return [];
  const policies = byNamespace(snapshot)[direction].get(pod.metadata.namespace) ?? [];
  return policies.filter((policy) => matchesSelector(policy.spec.podSelector, pod.metadata.labels));
}

function namespaceMatches(
  snapshot: Snapshot,
  peer: NetworkPolicyPeer,
  policy: NetworkPolicy,
  namespace: string,
): boolean {
  if (peer.namespaceSelector === undefined) return policy.metadata.namespace === namespace;
  const seen = snapshot.get('Namespace', '', namespace);
  // A namespace that could not be read might have any label.
  if (seen === undefined && !snapshot.saw('Namespace')) return true;
  return matchesSelector(peer.namespaceSelector, {
    'kubernetes.io/metadata.name': namespace,
    ...seen?.metadata.labels,
  });
}

/** Whether a peer of a rule is this pod. What cannot be told (IPv6, no address yet) counts as a match. */
export function peerIs(snapshot: Snapshot, peer: NetworkPolicyPeer, policy: NetworkPolicy, pod: Pod): boolean {
  if (peer.ipBlock !== undefined) {
    const address = pod.status.podIP ?? '';
    const inside = inRange(peer.ipBlock.cidr, address);
    if (inside === undefined) return true;
    return inside && !peer.ipBlock.except.some((cidr) => inRange(cidr, address) === true);
  }
  if (!namespaceMatches(snapshot, peer, policy, pod.metadata.namespace)) return false;
  return peer.podSelector === undefined || matchesSelector(peer.podSelector, pod.metadata.labels);
}

/** Whether a rule's ports admit a port of the pod that is connected to; no ports mean all. */
export function portsAdmit(ports: Rule, to: Pod | undefined, port: number, protocol: string): boolean {
  if (ports.length === 0) return true;
  return ports.some((p) => {
    if ((p.protocol ?? 'TCP') !== protocol) return false;
    if (p.port === undefined) return true;
    if (typeof p.port === 'number') {
      return port === p.port || (p.endPort !== undefined && port >= p.port && port <= p.endPort);
    }
    const named = to?.spec.containers
      .flatMap((c) => c.ports)
      .find((c) => c.name === p.port && (c.protocol ?? 'TCP') === protocol);
    return to === undefined || named?.containerPort === port;
  });
}

function admits(snapshot: Snapshot, policy: NetworkPolicy, direction: Direction, connection: Connection): boolean {
  const { from, to, port, protocol } = connection;
  const rules =
    direction === 'Ingress'
      ? policy.spec.ingress.map((rule) => ({ peers: rule.from, ports: rule.ports }))
      : policy.spec.egress.map((rule) => ({ peers: rule.to, ports: rule.ports }));
  const other = direction === 'Ingress' ? from : to;
  return rules.some((rule) => {
    const peer = rule.peers.length === 0 || rule.peers.some((p) => peerIs(snapshot, p, policy, other));
    return peer && portsAdmit(rule.ports, to, port, protocol);
  });
}

/** The policies that together leave no way for a connection in a direction; none when it is allowed. */
export function blockingPolicies(
  snapshot: Snapshot,
  direction: Direction,
  connection: Connection,
): readonly NetworkPolicy[] {
  const { from, to } = connection;
  // Traffic of host-network pods has the node's address: what the network does with it differs.
  if (from.spec.hostNetwork === true || to.spec.hostNetwork === true) return [];
  const policies = policiesOn(snapshot, direction === 'Ingress' ? to : from, direction);
  return policies.some((policy) => admits(snapshot, policy, direction, connection)) ? [] : policies;
}
