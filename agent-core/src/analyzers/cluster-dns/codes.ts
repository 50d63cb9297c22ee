import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'network', severity: 'critical' } as const;
const everybody =
  'Names are not resolved in the whole cluster, so nearly every program that calls another one fails sooner or later.';

export const scaledToZero: CodeEntry = {
  ...base,
  code: 'dns.coredns.scaled-to-zero',
  title: 'Cluster DNS is scaled to zero',
  means: everybody,
  recognised: 'The workload behind the DNS Service (`kube-dns` in kube-system) has `spec.replicas: 0`.',
  nextSteps: [
    'Scale it up again: `kubectl -n kube-system scale deployment coredns --replicas=2`.',
    'Find out who scaled it down: an autoscaler of its own may do it again.',
  ],
  avoid: ['Do not restart the programs that fail now: they work again once names are resolved.'],
};

export const missing: CodeEntry = {
  ...base,
  code: 'dns.coredns.missing',
  title: 'Nothing answers for the cluster DNS',
  means: everybody,
  recognised: 'The DNS Service exists, and neither a pod nor a workload has the labels that it selects.',
  nextSteps: [
    'Install CoreDNS again (kubeadm: `kubeadm init phase addon coredns`), or correct the labels that the Service selects.',
  ],
  avoid: ['Do not recreate the Service: its address stands in the configuration of every kubelet.'],
};

export const notReady: CodeEntry = {
  ...base,
  code: 'dns.coredns.not-ready',
  title: 'No pod of the cluster DNS is ready',
  means: everybody,
  recognised: 'Pods of the DNS Service exist, and the condition Ready of all of them is not True.',
  nextSteps: [
    'Look at the states and logs of the CoreDNS pods: `kubectl -n kube-system logs -l k8s-app=kube-dns --previous`.',
  ],
  avoid: ['Do not restart the programs that fail now: they work again once names are resolved.'],
};

export const configInvalid: CodeEntry = {
  ...base,
  code: 'dns.coredns.config-invalid',
  title: 'CoreDNS cannot read its configuration',
  means:
    'The Corefile has an error. Pods that start with it crash; pods that run keep the old one until they are restarted.',
  recognised:
    'The log of a CoreDNS pod says "Error during parsing", "Unknown directive" or the like of the Corefile, or that a reload failed.',
  nextSteps: [
    'Correct the Corefile in the ConfigMap `coredns` of kube-system at the line that the log names.',
    'Undo the last change of that ConfigMap, if the error is not clear.',
  ],
  avoid: ['Do not restart the CoreDNS pods that still run: they would come up with the broken file.'],
};

export const loop: CodeEntry = {
  ...base,
  code: 'dns.coredns.loop',
  title: 'CoreDNS forwards to itself',
  means:
    "CoreDNS asks a server that asks CoreDNS again. It notices and ends itself, again and again. Often the node's /etc/resolv.conf names a local stub (127.0.0.53).",
  recognised:
    'The log of a CoreDNS pod says "plugin/loop: Loop ... detected", or the Corefile forwards to the address of the DNS Service.',
  nextSteps: [
    "Let the kubelet use a resolv.conf with the real servers (`resolvConf: /run/systemd/resolve/resolv.conf`), or name the upstream servers in the Corefile's `forward`.",
  ],
  avoid: ['Do not remove `loop` from the Corefile: the loop stays, and eats the CPU instead.'],
};

export const noClusterZone: CodeEntry = {
  ...base,
  code: 'dns.coredns.no-cluster-zone',
  title: 'CoreDNS does not answer for Services',
  means:
    'The Corefile has no `kubernetes` plugin: names of Services and pods do not exist for it, only outside names do.',
  recognised:
    'The Corefile that the CoreDNS pods mount has no line that begins with `kubernetes`, and imports nothing.',
  nextSteps: [
    'Put the plugin back: `kubernetes cluster.local in-addr.arpa ip6.arpa { pods insecure; fallthrough in-addr.arpa ip6.arpa }`.',
  ],
  avoid: ['Do not add Services to `hosts` by hand instead.'],
};

export const upstreamTimeout: CodeEntry = {
  ...base,
  code: 'dns.coredns.upstream-timeout',
  title: 'CoreDNS gets no answer from its upstream servers',
  severity: 'warning',
  means: 'Names outside of the cluster are resolved late or not at all. Names of Services work.',
  recognised:
    'Many recent lines of the log of a CoreDNS pod are errors with "i/o timeout" or "connection refused" to port 53 of an upstream server.',
  nextSteps: [
    'Check from a node that the upstream server answers, and that nothing (firewall, NetworkPolicy) drops UDP and TCP 53.',
    "Name other servers in the Corefile's `forward`.",
  ],
  avoid: ['Do not only add replicas of CoreDNS: they ask the same server.'],
};

export const apiUnreachable: CodeEntry = {
  ...base,
  code: 'dns.coredns.api-unreachable',
  title: 'CoreDNS does not reach the API server',
  means: 'CoreDNS learns names from the API server. Without it, it is not ready or answers with what it last knew.',
  recognised: "A CoreDNS pod is not ready, and its log says that the API server's address could not be reached.",
  nextSteps: [
    "Check kube-proxy and the network plugin on the pod's node: the address of Service `kubernetes` must lead to the API server.",
  ],
  avoid: ['Do not restart CoreDNS again and again: it waits for the same connection.'],
};
