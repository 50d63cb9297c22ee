import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'network', severity: 'critical' } as const;
const avoid = ['Do not delete the pod again and again: the next one on this node fails the same way.'];

export const noAddress: CodeEntry = {
  ...base,
  code: 'pod.sandbox.no-address',
  title: 'No address left for the pod',
  means:
    "The node's (or subnet's) range of pod addresses is used up, so new pods there get no network and do not start.",
  recognised:
    'A recent event FailedCreatePodSandBox: "no IP addresses available in range set", "failed to assign an IP address to container" or the like.',
  nextSteps: [
    'Count the pods on the node against its pod range (`spec.podCIDR`); remove what is not needed, or spread it over more nodes.',
    'If far fewer pods run than addresses exist, the plugin has kept addresses of old pods: look at its state (host-local: /var/lib/cni/networks) and its log.',
  ],
  avoid,
};

export const pluginMissing: CodeEntry = {
  ...base,
  code: 'pod.sandbox.plugin-missing',
  title: 'A CNI program is missing on the node',
  means: "The node's network configuration names a plugin program that is not installed there, so pods get no network.",
  recognised: 'A recent event FailedCreatePodSandBox: "failed to find plugin ... in path".',
  nextSteps: [
    "Install the CNI plugins on the node (usually into /opt/cni/bin; the network's DaemonSet does it when it starts), or correct its configuration in /etc/cni/net.d.",
  ],
  avoid,
};

export const agentDown: CodeEntry = {
  ...base,
  code: 'pod.sandbox.agent-down',
  title: "The network's agent does not run on the node",
  means:
    'The CNI plugin asks an agent on the node (Calico, Cilium, Flannel, the AWS VPC CNI, ...), and that one is not there or not ready. New pods on this node do not start.',
  recognised: "A recent event FailedCreatePodSandBox that says that the agent's socket or file is missing or refuses.",
  nextSteps: ["Look at the network's pod on that node: its state and its log."],
  avoid,
};

export const accessRefused: CodeEntry = {
  ...base,
  code: 'pod.sandbox.access-refused',
  title: 'The API server refuses the network plugin',
  means:
    'The CNI plugin asks the API server with a kubeconfig that its agent writes onto the node, and that one is not accepted: its token has expired or belongs to an account that was made anew, its authority was replaced, or a role is missing. New pods on this node do not start.',
  recognised:
    'A recent event FailedCreatePodSandBox: "connection is unauthorized: Unauthorized", "x509: ..." of a request to the API, or "is forbidden: User ...".',
  nextSteps: [
    "Restart the network's pod on that node (delete it; its DaemonSet makes it anew): it writes the kubeconfig of the plugin with a fresh token.",
    'If pods fail again after some hours, see that the agent may renew its token (`serviceaccounts/token`, verb create) and that the clock of the node is right.',
  ],
  avoid,
};

export const apiUnreachable: CodeEntry = {
  ...base,
  code: 'pod.sandbox.api-unreachable',
  title: 'The network plugin does not reach the API server',
  means:
    'The CNI plugin asks the API server, mostly under the address of the Service "kubernetes", and gets no answer from this node. New pods on it do not start.',
  recognised:
    'A recent event FailedCreatePodSandBox in which a request to the API ("Get https://.../apis/...") fails to connect or runs out of time.',
  nextSteps: [
    'See whether kube-proxy (or what stands in its place) works on that node: the address of the Service "kubernetes" leads nowhere without it.',
    'From the node, ask the API server at its own address and at that of the Service (`curl -k https://ADDRESS/livez`): a firewall or a missing route shows there.',
  ],
  avoid,
};

export const networkNotReady: CodeEntry = {
  ...base,
  code: 'pod.sandbox.network-not-ready',
  title: 'The node has no network plugin',
  means: 'No CNI configuration is loaded on the node, so pods with a network of their own do not start there.',
  recognised:
    'A recent event NetworkNotReady or FailedCreatePodSandBox: "cni plugin not initialized", "no networks found in /etc/cni/net.d".',
  nextSteps: ['Install the network plugin, or look why its pod on this node has not written /etc/cni/net.d.'],
  avoid,
};

export const pauseImage: CodeEntry = {
  ...base,
  code: 'pod.sandbox.pause-image',
  title: 'The sandbox image cannot be pulled',
  means: 'Every pod needs the small pause image first, and the node cannot get it. No new pod starts on the node.',
  recognised: 'A recent event FailedCreatePodSandBox: "failed to get sandbox image".',
  nextSteps: [
    'Make the image that the message names available to the node: registry, mirror, proxy, or load it.',
    "Or set the container runtime's sandbox image to one that it can pull.",
  ],
  avoid,
};

export const runtimeHandler: CodeEntry = {
  ...base,
  code: 'pod.sandbox.runtime-handler',
  title: "The node does not know the pod's runtime",
  means:
    'The pod asks for a RuntimeClass (gVisor, Kata, NVIDIA, ...) whose handler the container runtime of this node does not have.',
  recognised:
    'A recent event FailedCreatePodSandBox: "no runtime for ... is configured" or "failed to find runtime handler".',
  nextSteps: [
    "Configure the handler in the node's container runtime, or give the RuntimeClass a nodeSelector for nodes that have it.",
  ],
  avoid,
};

export const bridgeAddress: CodeEntry = {
  ...base,
  code: 'pod.sandbox.bridge-address',
  title: 'The bridge of the node has an address of another network',
  means:
    "The node's range of pod addresses has changed (it joined anew, or the network plugin was replaced), and the bridge of before is still there. New pods on this node do not start.",
  recognised:
    'A recent event FailedCreatePodSandBox: "failed to set bridge addr: "cni0" already has an IP address different from ...".',
  nextSteps: [
    "Drain the node, delete the bridge that the message names (`ip link delete cni0` on the node; the plugin makes it anew) and restart the network's pod there.",
    "Compare the node's `spec.podCIDR` with the address that the message asks for: if they differ, restart the network's pod first, so that it takes the present range.",
  ],
  avoid: [...avoid, 'Do not delete the bridge under running pods: they lose their network.'],
};

export const sandboxFailed: CodeEntry = {
  ...base,
  code: 'pod.sandbox.failed',
  title: "The pod's sandbox cannot be created",
  means: 'The container runtime or its network plugin fails before any container of the pod starts.',
  recognised:
    'Recent events FailedCreatePodSandBox on a pod that has not started, for a reason that no other code has.',
  nextSteps: ["Read the quoted message; then the logs of the container runtime and of the network's pod on that node."],
  avoid,
};

export const nodeStartsNothing: CodeEntry = {
  group: 'node',
  severity: 'critical',
  code: 'node.sandbox.failing',
  title: 'No new pod starts on the node',
  means:
    "The container runtime or the kubelet of the node fails before any container starts, and in the same way for pods of different workloads: it is the node's trouble, not theirs. What runs there goes on running.",
  recognised:
    'Recent events FailedCreatePodSandBox that say the same of waiting pods of two workloads or more on one node: that the sandbox image cannot be pulled, that a CNI program is missing, or what no other code has.',
  nextSteps: [
    'Read the quoted message; then the logs of the kubelet and the container runtime on the node (`journalctl -u kubelet -u containerd -n 200`).',
    'Cordon the node until it is mended, so that the scheduler takes others.',
  ],
  avoid,
};

export const sandboxesRemade: CodeEntry = {
  group: 'node',
  severity: 'critical',
  code: 'node.sandbox.remade',
  title: 'The kubelet makes running pods anew again and again',
  means:
    'The kubelet finds the sandboxes of its pods gone or changed, ends the containers and starts them anew, every few minutes. The programs in them are well; that etcd or the API server end, too, is a consequence.',
  recognised:
    'Events SandboxChanged, ten or more of one pod and the last of them minutes ago, about two pods or more of one node.',
  nextSteps: [
    'Compare the drivers of control groups: `cgroupDriver` of the kubelet (/var/lib/kubelet/config.yaml) and `SystemdCgroup` of containerd (/etc/containerd/config.toml) must both say systemd. `containerd config default` writes false: set it to true, then restart containerd and the kubelet.',
    'If they agree, read in the log of the kubelet why it finds no sandbox (`journalctl -u kubelet | grep -i sandbox`), and see whether something else on the node removes containers or restarts the runtime.',
  ],
  avoid: ['Do not look for the fault in the pods that end: they are told to.'],
};

export const kubeProxyFailing: CodeEntry = {
  ...base,
  code: 'network.kube-proxy.failing',
  title: 'kube-proxy does not run on a node',
  means:
    'Addresses of Services are not kept up to date on that node: connections from its pods to Services fail or go to pods that are gone.',
  recognised: 'A kube-proxy pod is not ready, on a node that is.',
  nextSteps: ['Read the log of that kube-proxy pod; compare its ConfigMap and image with those of other nodes.'],
  avoid: ['Do not delete the DaemonSet: the rules that stand on the nodes would age everywhere.'],
};

export const agentFailing: CodeEntry = {
  ...base,
  code: 'network.cni.agent-failing',
  title: "The network's agent does not work on a node",
  means: 'Pods on that node get no network when they start, and routes and policies there are not kept up to date.',
  recognised: "A pod of the network plugin's DaemonSet is not ready, on a node that is.",
  nextSteps: ['Read the log of that pod, also of its init containers.'],
  avoid: ['Do not restart the agents of all nodes at once: pods could lose the network everywhere.'],
};
