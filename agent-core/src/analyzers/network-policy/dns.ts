import type { Finding } from '@autodevops/domain/finding';
import type { NetworkPolicy } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromLog, fromSpec } from '../../evidence/finding.ts';
import { isStruggling, lookupTrouble } from '../../reading/output/connection-trouble.ts';
import { isIpv4 } from '../../reading/network/dns-name.ts';
import { podHostReferences } from '../../reading/network/host-references.ts';
import { inRange } from '../../reading/network/ip-range.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nameList } from '../../reading/name-list.ts';
import { peerIs, policiesOn, portsAdmit } from '../../reading/network/network-policy.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { conditionOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { policyEvidence, selectorWidth } from './blocked.ts';
import { dnsBlocked } from './codes.ts';

/** A cache for the DNS on every node listens here. */
const nodeLocal = '169.254.20.10';

/** The pods that answer for the names of the cluster, and the addresses at which they are asked. */
export const clusterDns = perSnapshot((snapshot) => {
  const services = ['kube-system', 'openshift-dns']
    .flatMap((namespace) => snapshot.listIn('Service', namespace))
    .filter(
      (s) =>
        s.metadata.name === 'kube-dns' ||
        s.metadata.name === 'dns-default' ||
        s.metadata.labels['k8s-app'] === 'kube-dns',
    );
  const pods = services.flatMap((s) => podsBehind(snapshot, s).slice(0, 5));
  return { pods, addresses: [nodeLocal, ...services.map((s) => s.spec.clusterIP ?? '').filter((ip) => isIpv4(ip))] };
});

/** Whether a policy lets the pods that it selects ask the cluster DNS. */
export function admitsDns(snapshot: Snapshot, policy: NetworkPolicy): boolean {
  const { pods, addresses } = clusterDns(snapshot);
  return policy.spec.egress.some((rule) => {
    // The port behind the DNS Service may be another than 53 (5353 on OpenShift); networks see the one or the other.
    const asks = portsAdmit(rule.ports, undefined, 53, 'UDP') || portsAdmit(rule.ports, undefined, 5353, 'UDP');
    if (!asks) return false;
    if (rule.to.length === 0) return true;
    return rule.to.some((peer) => {
      if (peer.ipBlock !== undefined && addresses.some((ip) => inRange(peer.ipBlock?.cidr ?? '', ip) !== false)) {
        return true;
      }
      return pods.some((pod) => peerIs(snapshot, peer, policy, pod));
    });
  });
}

/** The policies that together keep a pod from the cluster DNS; none when it may ask, or when the DNS was not seen. */
function dnsBlockers(snapshot: Snapshot, pod: Pod): readonly NetworkPolicy[] {
  const asksOthers = pod.spec.dnsPolicy === 'Default' || pod.spec.dnsPolicy === 'None';
  if (asksOthers || clusterDns(snapshot).pods.length === 0) return [];
  const policies = policiesOn(snapshot, pod, 'Egress');
  return policies.some((policy) => admitsDns(snapshot, policy)) ? [] : policies;
}

/** What shuts off speaks before what opens too little: a policy without rules, then the widest. */
function byOpenness(a: NetworkPolicy, b: NetworkPolicy): number {
  return (
    a.spec.egress.length - b.spec.egress.length ||
    selectorWidth(a) - selectorWidth(b) ||
    a.metadata.name.localeCompare(b.metadata.name)
  );
}

interface Blocked {
  readonly policy: NetworkPolicy;
  readonly workload: ObjectRef;
  readonly said: Omit<Parameters<typeof finding>[1], 'cause'> & Pick<Finding, 'confidence'>;
}

function checkPod(snapshot: Snapshot, pod: Pod): Blocked | undefined {
  const [policy] = dnsBlockers(snapshot, pod).toSorted(byOpenness);
  if (policy === undefined) return undefined;
  const line = lookupTrouble(snapshot, pod);
  const named = podHostReferences(snapshot, pod).find((r) => !isIpv4(r.host));
  const struggling = named !== undefined && isStruggling(snapshot, pod, named.container);
  if (line === undefined && !struggling) return undefined;
  const workload = workloadOf(snapshot, pod);
  const ref = refTo('Pod', pod);
  const ready = conditionOf(pod.status.conditions, 'Ready');
  const said: Blocked['said'] = {
    object: refTo('NetworkPolicy', policy),
    confidence: line === undefined ? 'medium' : 'high',
    evidence: [
      policyEvidence(policy, 'Egress'),
      ...(line === undefined ? [] : [fromLog(ref, line.container, line.previous, line.text, line.time)]),
      ...(line === undefined && ready !== undefined ? [fromCondition(ref, ready)] : []),
      ...(named === undefined ? [] : [fromSpec(ref, named.path, named.text)]),
    ],
    since: lastChange(policy),
    facet: refKey(workload),
    sharedWith: refKey(refTo('NetworkPolicy', policy)),
  };
  return { policy, workload, said };
}

function sentence(policy: NetworkPolicy, workloads: readonly ObjectRef[]): string {
  const opens = policy.spec.egress.length === 0 ? ', and no other policy does' : '';
  return `NetworkPolicy "${policy.metadata.name}" does not let ${nameList(workloads.map(refText))} ask the cluster DNS (UDP port 53)${opens}, so no name is resolved there.`;
}

/** Every workload that a policy keeps from the DNS is named in the same sentence. */
function namingAll(blocked: readonly Blocked[]): readonly Finding[] {
  return blocked.map(({ policy, said }) => {
    const workloads = blocked.filter((other) => other.policy === policy).map((other) => other.workload);
    return finding(dnsBlocked, { ...said, cause: sentence(policy, workloads) });
  });
}

/** Once for each workload, with the pod that says most. */
export function checkDns(snapshot: Snapshot): readonly Finding[] {
  const found = new Map<string, Blocked>();
  const namespaces = new Set(snapshot.list('NetworkPolicy').map((p) => p.metadata.namespace));
  for (const namespace of namespaces) {
    for (const pod of snapshot.listIn('Pod', namespace)) {
      if (isFinished(pod) || isTerminating(pod)) continue;
      const one = checkPod(snapshot, pod);
      if (one === undefined) continue;
      const key = refKey(one.workload);
      const before = found.get(key);
      if (before === undefined || (before.said.confidence !== 'high' && one.said.confidence === 'high')) {
        found.set(key, one);
      }
    }
  }
  return namingAll([...found.values()]);
}
