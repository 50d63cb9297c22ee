import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'network', severity: 'critical' } as const;
const avoid = ['Do not delete the policy to make it work: it protects other things. Add the missing rule.'];

export const egressBlocked: CodeEntry = {
  ...base,
  code: 'network-policy.egress-blocked',
  title: 'NetworkPolicy does not let a pod reach what it needs',
  means:
    'A policy on the caller limits where it may connect to, and a Service or an address outside of the cluster that its configuration names is not among that. The connection times out.',
  recognised:
    'Policies with Egress select the caller, no rule of theirs admits the pods and the port behind a Service (or the address outside) that its configuration names, and the caller fails or logs that it cannot connect.',
  nextSteps: ['Add an egress rule for the pods and the port of the Service to a policy that selects the caller.'],
  avoid,
};

export const ingressBlocked: CodeEntry = {
  ...base,
  code: 'network-policy.ingress-blocked',
  title: 'NetworkPolicy does not let a caller in',
  means:
    'A policy on the pods behind a Service limits who may connect to them, and a caller that needs it, or the controller of an Ingress that leads there, is not among those. Its connection times out.',
  recognised:
    'Policies with Ingress select the pods behind the Service, no rule of theirs admits a pod whose configuration names the Service (or a pod of the Ingress controller), and that pod fails or logs that it cannot connect.',
  nextSteps: [
    "Add an ingress rule for the caller's pods and the port to a policy that selects the pods behind the Service.",
  ],
  avoid,
};

export const dnsBlocked: CodeEntry = {
  ...base,
  code: 'network-policy.dns-blocked',
  title: 'NetworkPolicy does not let a pod ask the DNS',
  means:
    'A policy on the pod limits where it may connect to, and the cluster DNS is not among that: no name is resolved, so every connection by name fails.',
  recognised:
    'Policies with Egress, of Kubernetes or of Cilium, select the pod, no rule of theirs admits UDP port 53 to the cluster DNS, and the pod fails or logs that look-ups time out.',
  nextSteps: [
    'Add an egress rule for UDP and TCP port 53 to the DNS pods: namespace kube-system (label `kubernetes.io/metadata.name`), pods `k8s-app: kube-dns`.',
    'Then add rules for what the pod calls.',
  ],
  avoid,
};
