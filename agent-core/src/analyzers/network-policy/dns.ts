import type { Finding } from '@autodevops/domain/finding';
import type { NetworkPolicy } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromLog, fromSpec } from '../../evidence/finding.ts';
import { isStruggling, lookupTrouble } from '../../reading/connection-trouble.ts';
import { isIpv4 } from '../../reading/dns-name.ts';
import { podHostReferences } from '../../reading/host-references.ts';
import { inRange } from '../../reading/ip-range.ts';
import { lastChange } from '../../reading/last-change.ts';
import { peerIs, policiesOn, portsAdmit } from '../../reading/network-policy.ts';
import { workloadOf } from '../../reading/owner.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { conditionOf, isFinished, isTerminating } from '../../reading/pod-status.ts';
import { podsBehind } from '../../reading/service-pods.ts';
import { policyEvidence } from './blocked.ts';
import { dnsBlocked } from './codes.ts';

/** A cache for the DNS on every node listens here. */
const nodeLocal = '169.254.20.10';

const dnsOf = perSnapshot((snapshot) => {
  const services = ['kube-system', 'openshift-dns']
    .flatMap((namespace) => snapshot.listIn('Service', namespace))
    .filter((s) => s.metadata.name === 'kube-dns' || s.metadata.name === 'dns-default' || s.metadata.labels['k8s-app'] === 'kube-dns');
  const pods = services.flatMap((s) => podsBehind(snapshot, s).slice(0, 5));
  return { pods, addresses: [nodeLocal, ...services.map((s) => s.spec.clusterIP ?? '').filter((ip) => isIpv4(ip))] };
});

function admitsDns(snapshot: Snapshot, policy: NetworkPolicy): boolean {
  const { pods, addresses } = dnsOf(snapshot);
  return policy.spec.egress.some((rule) => {
    // The port behind the DNS Service may be another than 53 (5353 on OpenShift); networks see the one or the other.
    const asks = portsAdmit(rule.ports, undefined, 53, 'UDP') || portsAdmit(rule.ports, undefined, 5353, 'UDP');
    if (!asks) return false;
    if (rule.to.length === 0) return true;
    return rule.to.some((peer) => {
      if (peer.ipBlock !== undefined && addresses.some((ip) => inRange(peer.ipBlock?.cidr ?? '', ip) !== false)) return true;
      return pods.some((pod) => peerIs(snapshot, peer, policy, pod));
    });
  });
}

/** The policies that together keep a pod from the cluster DNS; none when it may ask, or when the DNS was not seen. */
function dnsBlockers(snapshot: Snapshot, pod: Pod): readonly NetworkPolicy[] {
  if (dnsOf(snapshot).pods.length === 0 || pod.spec.dnsPolicy === 'Default' || pod.spec.dnsPolicy === 'None') return [];
  const policies = policiesOn(snapshot, pod, 'Egress');
  return policies.some((policy) => admitsDns(snapshot, policy)) ? [] : policies;
}

function checkPod(snapshot: Snapshot, pod: Pod): Finding | undefined {
  const [policy] = dnsBlockers(snapshot, pod).toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  if (policy === undefined) return undefined;
  const line = lookupTrouble(snapshot, pod);
  const named = podHostReferences(snapshot, pod).find((r) => !isIpv4(r.host));
  const struggling = named !== undefined && isStruggling(snapshot, pod, named.container);
  if (line === undefined && !struggling) return undefined;
  const workload = workloadOf(snapshot, pod);
  const ref = refTo('Pod', pod);
  const ready = conditionOf(pod.status.conditions, 'Ready');
  return finding(dnsBlocked, {
    object: refTo('NetworkPolicy', policy),
    confidence: line === undefined ? 'medium' : 'high',
    cause: `NetworkPolicy "${policy.metadata.name}" does not let ${refText(workload)} ask the cluster DNS (UDP port 53), so no name is resolved there.`,
    evidence: [
      policyEvidence(policy, 'Egress'),
      ...(line === undefined ? [] : [fromLog(ref, line.container, line.previous, line.text, line.time)]),
      ...(line === undefined && ready !== undefined ? [fromCondition(ref, ready)] : []),
      ...(named === undefined ? [] : [fromSpec(ref, named.path, named.text)]),
    ],
    since: lastChange(policy),
    facet: refKey(workload),
  });
}

/** Once for each workload, with the pod that says most. */
export function checkDns(snapshot: Snapshot): readonly Finding[] {
  const found = new Map<string, Finding>();
  const namespaces = new Set(snapshot.list('NetworkPolicy').map((p) => p.metadata.namespace));
  for (const namespace of namespaces) {
    for (const pod of snapshot.listIn('Pod', namespace)) {
      if (isFinished(pod) || isTerminating(pod)) continue;
      const one = checkPod(snapshot, pod);
      if (one === undefined) continue;
      const before = found.get(one.facet);
      if (before === undefined || (before.confidence !== 'high' && one.confidence === 'high')) found.set(one.facet, one);
    }
  }
  return [...found.values()];
}
