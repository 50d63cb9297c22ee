import type { CodeEntry } from '@autodevops/domain/finding';

const lost =
  'Nothing new starts on the node, its pods count as not ready and leave their Services, and after five minutes they are evicted and started elsewhere where there is room.';
const avoid = [
  'Do not force-delete the pods of a StatefulSet before the machine is certainly off: two copies could write to one volume.',
  'Do not delete the Node object while its kubelet may still come back, unless the machine is gone for good.',
];

export const kubeletSilent: CodeEntry = {
  code: 'node.not-ready.kubelet-silent',
  group: 'node',
  title: 'Node lost: its kubelet reports nothing',
  severity: 'critical',
  means: `The kubelet has stopped talking to the API server: the machine is off, cut off or overloaded, the kubelet is stopped, or its client certificate is no longer accepted. ${lost}`,
  recognised:
    'The node\'s conditions are Unknown with "Kubelet stopped posting node status" (NodeStatusUnknown), and its Lease in kube-node-lease is no longer renewed.',
  nextSteps: [
    'Check that the machine is up and reaches the API server.',
    'On the machine: `systemctl status kubelet` and `journalctl -u kubelet -n 100`; start the kubelet if it is stopped.',
    'If its log says that the certificate is expired or unauthorized, renew the client certificate in /var/lib/kubelet/pki.',
  ],
  avoid,
};

export const runtimeDown: CodeEntry = {
  code: 'node.not-ready.runtime-down',
  group: 'node',
  title: 'Node not ready: container runtime does not answer',
  severity: 'critical',
  means: `The kubelet runs, but containerd, CRI-O or Docker on the node does not answer it. ${lost}`,
  recognised:
    'The node\'s Ready condition is False and its message says "container runtime is down", "PLEG is not healthy", or that the runtime\'s socket refuses connections.',
  nextSteps: [
    'On the machine: `systemctl status containerd` (or crio) and `journalctl -u containerd -n 100`; restart the runtime.',
    'If it answers slowly, look at the disk it writes to and at the number of containers; a full or slow disk hangs it.',
  ],
  avoid,
};

export const networkPlugin: CodeEntry = {
  code: 'node.not-ready.network-plugin',
  group: 'node',
  title: 'Node not ready: pod network is not set up',
  severity: 'critical',
  means:
    'The container runtime found no usable CNI configuration, so no pod with a network of its own can start on the node.',
  recognised:
    'The node\'s Ready condition is False with "NetworkPluginNotReady", "cni plugin not initialized" or "No CNI configuration file in /etc/cni/net.d/".',
  nextSteps: [
    'See whether the pod of the network plugin (calico, cilium, flannel, kindnet, ...) runs on this node, and read its log.',
    'On the machine: check that /etc/cni/net.d holds a configuration and /opt/cni/bin the plugins it names.',
    'If the cluster has no network plugin at all yet, install one.',
  ],
  avoid: ["Do not write a CNI configuration by hand over the one that the plugin's DaemonSet manages."],
};

export const networkUnavailable: CodeEntry = {
  code: 'node.network.unavailable',
  group: 'node',
  title: 'Node network is not configured',
  severity: 'warning',
  means:
    "The cloud provider or the network plugin says that the node's network does not work: pods on it cannot be reached from other nodes.",
  recognised: 'The node condition NetworkUnavailable is True.',
  nextSteps: [
    "Read the reason in the condition: routes of the cloud (NoRouteCreated) or the network plugin's pod on the node (CalicoIsDown and the like).",
  ],
  avoid,
};

export const shuttingDown: CodeEntry = {
  code: 'node.not-ready.shutting-down',
  group: 'node',
  title: 'Node is shutting down',
  severity: 'warning',
  means: 'The machine is being shut down or restarted and its kubelet ends the pods in order.',
  recognised: 'The node\'s Ready condition is False with "node is shutting down".',
  nextSteps: [
    'Wait for the machine to come back; if nobody restarts it, see who asked for the shutdown (spot instance, maintenance, power).',
  ],
  avoid,
};

export const notReady: CodeEntry = {
  code: 'node.not-ready.kubelet',
  group: 'node',
  title: 'Node not ready',
  severity: 'critical',
  means: `The kubelet says that its node is not able to run pods. ${lost}`,
  recognised: "The node's Ready condition is False with a message that is not about the runtime or the network plugin.",
  nextSteps: ['Read the message of the Ready condition.', 'On the machine: `journalctl -u kubelet -n 100`.'],
  avoid,
};

export const uninitialized: CodeEntry = {
  code: 'node.uninitialized',
  group: 'node',
  title: 'Node waits for the cloud provider',
  severity: 'warning',
  means:
    'The node joined, but the cloud controller manager has not initialised it, so that ordinary pods may not run there.',
  recognised: 'The node carries the taint node.cloudprovider.kubernetes.io/uninitialized minutes after it joined.',
  nextSteps: [
    'See whether the cloud-controller-manager runs and what its log says of this node.',
    'If there is no cloud provider, start the kubelet without --cloud-provider=external.',
  ],
  avoid: [
    'Do not remove the taint by hand while a cloud provider is meant to manage the node: addresses and zone would be missing.',
  ],
};

export const leaseStale: CodeEntry = {
  code: 'node.lease.stale',
  group: 'node',
  title: 'Node does not renew its lease',
  severity: 'warning',
  means:
    'The node still counts as ready, but its kubelet has not been heard for longer than the others: either it has just died, or nobody (the controller manager) marks dead nodes any more, or its clock is behind.',
  recognised:
    "The node's Lease in kube-node-lease was renewed more than a minute before the newest lease of the cluster, while the Ready condition is True.",
  nextSteps: [
    "Check the kubelet on the machine (`systemctl status kubelet`) and the machine's clock (`timedatectl`).",
    'Check that kube-controller-manager runs.',
  ],
  avoid,
};

export const podOnLostNode: CodeEntry = {
  code: 'pod.node-lost',
  group: 'node',
  title: 'Pod is on a node that is not ready',
  severity: 'warning',
  means:
    "Nobody knows whether the pod still runs. It is out of its Services, and is replaced once the node's taint evicts it.",
  recognised: 'The node that the pod is bound to has a Ready condition that is not True.',
  nextSteps: ['Bring the node back, or wait until the pod is evicted and started elsewhere.'],
  avoid,
};

export const flapping: CodeEntry = {
  code: 'node.not-ready.flapping',
  group: 'node',
  title: 'Node changes between ready and not ready',
  severity: 'warning',
  means:
    'The node is ready at this moment, and was not several times within the hour. Each time its pods leave their Services.',
  recognised:
    'Three events NodeNotReady or more about the node within an hour, the last within a quarter of an hour, while it is ready.',
  nextSteps: [
    "Read the kubelet's log around those times (`journalctl -u kubelet`): a runtime that hangs, a network that drops, a machine without CPU or memory to spare.",
  ],
  avoid: ['Do not lengthen node-monitor-grace-period to hide it.'],
};
