import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { strings } from '@autodevops/domain/kubernetes/shape';
import type { Json } from '@autodevops/domain/kubernetes/shape';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog, fromSpec } from '../../evidence/finding.ts';
import { flagAt, listAt, valueAt } from '../../reading/json-value.ts';
import { policiesOn } from '../../reading/network/network-policy.ts';
import { lookupTrouble } from '../../reading/output/connection-trouble.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { dnsBlocked } from './codes.ts';
import { admitsDns, clusterDns } from './dns.ts';

const kinds = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'] as const;
const namespaceLabels = ['io.kubernetes.pod.namespace', 'io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name'];
/** Entities among which the pods of the DNS are. */
const entities = new Set(['all', 'cluster', 'world']);
const ports = new Set(['53', '5353', '0', 'dns', 'dns-tcp', 'domain']);
/** Peers that are addresses, or of which nothing here knows what they are: they may be the DNS. */
const otherPeers = ['toCIDR', 'toCIDRSet', 'toServices', 'toGroups', 'toNodes'];

/** `k8s:app` and `any:app` are written for `app`. */
function plainLabels(selector: Json | undefined): Readonly<Record<string, string>> {
  const labels = strings.read(valueAt(selector, 'matchLabels'));
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key.replace(/^(?:k8s|any)[:.]/, ''), value]));
}

function hasExpressions(selector: Json | undefined): boolean {
  return listAt(selector, 'matchExpressions').length > 0;
}

/** By its labels; expressions are not read. Without a namespace a selector of a policy that has one means pods of its own. */
function selects(selector: Json | undefined, policy: CustomObject, pod: Pod): boolean {
  const { namespace, labels } = pod.metadata;
  const pairs = Object.entries(plainLabels(selector));
  const stated = pairs.find(([key]) => namespaceLabels.includes(key))?.[1];
  const home = stated ?? policy.metadata.namespace;
  if (home !== '' && home !== namespace) return false;
  return pairs.every(
    ([key, value]) => namespaceLabels.includes(key) || key.startsWith('io.cilium') || labels[key] === value,
  );
}

/** Policies that say to where their pods may connect. */
function egressPolicies(snapshot: Snapshot): readonly CustomObject[] {
  return kinds
    .flatMap((kind) => customOfKind(snapshot, 'cilium.io', kind))
    .filter(({ spec }) => listAt(spec, 'egress').length > 0);
}

/** Whether what no policy admits is denied because of this one; one without that admits all the same. */
function deniesTheRest({ spec }: CustomObject): boolean {
  return flagAt(spec, 'enableDefaultDeny', 'egress') !== false;
}

function portsAdmitDns(rule: Json): boolean {
  const listed = listAt(rule, 'toPorts');
  return (
    listed.length === 0 ||
    listed.some((entry) => listAt(entry, 'ports').some((port) => ports.has(String(valueAt(port, 'port') ?? '0'))))
  );
}

function peersAdmitDns(rule: Json, policy: CustomObject, dns: readonly Pod[]): boolean {
  const named = listAt(rule, 'toEntities');
  const endpoints = listAt(rule, 'toEndpoints');
  const others = otherPeers.some((key) => listAt(rule, key).length > 0);
  const hosts = listAt(rule, 'toFQDNs').length > 0;
  // A rule of ports alone is for every peer, and one of nothing is for none: so a policy is written that denies all.
  if (named.length === 0 && endpoints.length === 0 && !others && !hosts) return listAt(rule, 'toPorts').length > 0;
  return (
    others ||
    named.some((entity) => typeof entity === 'string' && entities.has(entity)) ||
    endpoints.some((selector) => hasExpressions(selector) || dns.some((pod) => selects(selector, policy, pod)))
  );
}

function checkPod(snapshot: Snapshot, pod: Pod, all: readonly CustomObject[]): Finding | undefined {
  const { pods: dns } = clusterDns(snapshot);
  const own = all.filter((policy) => selects(valueAt(policy.spec, 'endpointSelector'), policy, pod));
  // What any policy admits, of whichever kind, is admitted.
  const admitted =
    own.some((policy) =>
      listAt(policy.spec, 'egress').some((rule) => portsAdmitDns(rule) && peersAdmitDns(rule, policy, dns)),
    ) || policiesOn(snapshot, pod, 'Egress').some((policy) => admitsDns(snapshot, policy));
  const first = own.find(
    (policy) => deniesTheRest(policy) && !hasExpressions(valueAt(policy.spec, 'endpointSelector')),
  );
  const line = first === undefined || admitted ? undefined : lookupTrouble(snapshot, pod);
  if (first === undefined || line === undefined) return undefined;
  const ref = refToCustom(first);
  const workload = workloadOf(snapshot, pod);
  return finding(dnsBlocked, {
    object: ref,
    cause: `${ref.kind} "${ref.name}" does not let ${refText(workload)} ask the cluster DNS (UDP port 53), and no other policy does, so no name is resolved there.`,
    evidence: [
      fromSpec(ref, 'spec.egress', JSON.stringify(valueAt(first.spec, 'egress') ?? [])),
      fromLog(refTo('Pod', pod), line.container, line.previous, line.text, line.time),
    ],
    since: lastChange(first),
    facet: refKey(workload),
    sharedWith: refKey(ref),
  });
}

/** Pods of which a log was read: only what one of them says counts. */
function heard(snapshot: Snapshot): ReadonlySet<Pod> {
  return new Set(
    (snapshot.parts.logs ?? []).flatMap(({ namespace, pod }) => snapshot.get('Pod', namespace, pod) ?? []),
  );
}

/** Pods that policies of Cilium keep from the DNS, and that say so: once for each workload. */
export function checkCiliumDns(snapshot: Snapshot): readonly Finding[] {
  const all = egressPolicies(snapshot);
  if (!all.some(deniesTheRest) || clusterDns(snapshot).pods.length === 0) return [];
  const found = new Map<string, Finding>();
  for (const pod of heard(snapshot)) {
    if (isFinished(pod) || isTerminating(pod) || pod.spec.hostNetwork === true) continue;
    const one = checkPod(snapshot, pod, all);
    if (one !== undefined && !found.has(one.facet)) found.set(one.facet, one);
  }
  return [...found.values()];
}
