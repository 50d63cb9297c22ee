import type { Finding } from '@autodevops/domain/finding';
import type { NetworkPolicy } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog, fromSpec } from '../../evidence/finding.ts';
import { connectionTimeout, isStruggling } from '../../reading/output/connection-trouble.ts';
import { isIpv4 } from '../../reading/network/dns-name.ts';
import { podHostReferences, serviceOfHost } from '../../reading/network/host-references.ts';
import type { HostReference, PodHostReference } from '../../reading/network/host-references.ts';
import { inRange } from '../../reading/network/ip-range.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { policiesOn, portsAdmit } from '../../reading/network/network-policy.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { policyEvidence, speaking } from './blocked.ts';
import { egressBlocked } from './codes.ts';

const podAddresses = perSnapshot((snapshot) => new Set(snapshot.list('Pod').map((pod) => pod.status.podIP ?? '')));

/** Neither a Service nor a pod of this cluster: an address, or a name with a domain. */
function isOutside(snapshot: Snapshot, pod: Pod, { host }: PodHostReference): boolean {
  if (
    host.startsWith('127.') ||
    host === '0.0.0.0' ||
    serviceOfHost(snapshot, host, pod.metadata.namespace) !== undefined
  ) {
    return false;
  }
  if (isIpv4(host)) return !podAddresses(snapshot).has(host);
  return host.includes('.') && !/\.svc(?:\.|$)|\.cluster\.local$|^localhost/.test(host) && host.split('.').length > 2;
}

/** Only ranges of addresses, and rules for everybody, lead out of the cluster. Where a name leads cannot be told: any range may hold it. */
export function letsOut(policy: NetworkPolicy, { host, port }: HostReference): boolean {
  return policy.spec.egress.some((rule) => {
    if (port !== undefined && !portsAdmit(rule.ports, undefined, port, 'TCP')) return false;
    if (rule.to.length === 0) return true;
    return rule.to.some(
      ({ ipBlock }) =>
        ipBlock !== undefined &&
        (!isIpv4(host) ||
          (inRange(ipBlock.cidr, host) !== false && !ipBlock.except.some((cidr) => inRange(cidr, host) === true))),
    );
  });
}

function checkPod(snapshot: Snapshot, pod: Pod): Finding | undefined {
  const policies = policiesOn(snapshot, pod, 'Egress');
  if (policies.length === 0) return undefined;
  const reference = podHostReferences(snapshot, pod).find(
    (r) =>
      isStruggling(snapshot, pod, r.container) &&
      isOutside(snapshot, pod, r) &&
      !policies.some((policy) => letsOut(policy, r)),
  );
  // A refusal, or a name that is not resolved, is an answer: what a policy drops ends in silence.
  const line = reference === undefined ? undefined : connectionTimeout(snapshot, pod);
  const policy = speaking(policies);
  if (reference === undefined || line === undefined || policy === undefined) return undefined;
  const workload = workloadOf(snapshot, pod);
  const ref = refTo('Pod', pod);
  const to = `${reference.host}${reference.port === undefined ? '' : `:${reference.port}`}`;
  return finding(egressBlocked, {
    object: refTo('NetworkPolicy', policy),
    confidence: line.text.includes(reference.host) ? 'high' : 'medium',
    cause: `NetworkPolicy "${policy.metadata.name}" does not let ${refText(workload)} connect to ${to} outside of the cluster, which its configuration names, and it waits for an answer in vain.`,
    evidence: [
      policyEvidence(policy, 'Egress'),
      fromSpec(ref, reference.path, reference.text),
      fromLog(ref, line.container, line.previous, line.text, line.time),
    ],
    since: lastChange(policy),
    facet: `${refKey(workload)} ${to} Egress`,
    nextSteps: [
      `Add an egress rule with an \`ipBlock\` for the address of ${to} and its port to a policy that selects the caller.`,
    ],
  });
}

/** Workloads that wait in vain for something outside of the cluster to which no policy lets them: one finding for each. */
export function checkOutside(snapshot: Snapshot): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const namespace of new Set(snapshot.list('NetworkPolicy').map((p) => p.metadata.namespace))) {
    for (const pod of snapshot.listIn('Pod', namespace)) {
      const one = isFinished(pod) || isTerminating(pod) ? undefined : checkPod(snapshot, pod);
      if (one !== undefined && !found.has(one.facet)) found.set(one.facet, one);
    }
  }
  return [...found.values()];
}
