import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const dependencyRefused: CodeEntry = {
  ...base,
  code: 'pod.dependency.refused',
  title: 'Dependency refuses connections',
  means:
    'The program needs something that has an address but does not listen there: the other side is down, has no ready pod, or listens on another port.',
  recognised: 'The last words of a container that crashes or is not ready are "connection refused" or its like.',
  nextSteps: [
    'Look at the dependency first: does it run, is it ready, and does it listen on that port?',
    'Let the program wait and try again instead of ending, so that the order of starts does not matter.',
  ],
  avoid: ['Do not restart this workload: it fails until the dependency answers.'],
};

export const dependencyWrongPort: CodeEntry = {
  ...base,
  code: 'pod.dependency.wrong-port',
  title: 'Dependency asked on a port that it does not have',
  means: 'The program connects to a Service on a port which that Service does not offer.',
  recognised:
    'The log names a Service and a port on which the connection fails, and the port is not among spec.ports of the Service.',
  nextSteps: ['Correct the port where the workload takes it from, or add the port to the Service.'],
  avoid: ['Do not restart either side: the numbers do not agree.'],
};

export const dependencyUnresolved: CodeEntry = {
  ...base,
  code: 'pod.dependency.unresolved',
  title: 'Name of a dependency not resolved',
  means:
    'DNS gives no address for a name that the program needs: it is misspelt, lies in another namespace, does not exist yet, the pod asks another DNS than that of the cluster, or DNS is broken.',
  recognised:
    'The last words of a container that crashes or is not ready are "no such host", ENOTFOUND or another failed look-up.',
  nextSteps: [
    'Check the name: a Service of another namespace is reached as NAME.NAMESPACE.',
    'If the name is right, look from a pod of the same namespace: `kubectl run -it --rm --image=busybox:1.36 dns -- nslookup NAME`.',
  ],
  avoid: ['Do not put IP addresses in place of names.'],
};

export const memberUnpublished: CodeEntry = {
  ...base,
  code: 'pod.dependency.member-unpublished',
  title: 'Members are found by name only once they are ready',
  means:
    'The members of a group (a quorum, a replica set) look each other up under their names in a headless Service, and that Service gives names to ready pods only. No member gets ready before it has found the others, so none ever does.',
  recognised:
    'A pod that is not ready cannot resolve the name of another pod of the same headless Service, which runs and is not ready either; `spec.publishNotReadyAddresses` of the Service is not set.',
  nextSteps: [
    'Set `publishNotReadyAddresses: true` on the headless Service by which the members find each other. Give clients a Service of their own without it.',
    'A StatefulSet whose members need each other to get ready also needs podManagementPolicy Parallel: OrderedReady waits for the first.',
  ],
  avoid: ['Do not take the readiness probe away: clients would reach members that cannot serve.'],
};

export const memberNotMade: CodeEntry = {
  ...base,
  code: 'pod.dependency.member-not-made',
  title: 'First member waits for members that are made only after it',
  means:
    'The members of a group (a quorum, a ring) get ready together, and their StatefulSet makes them one after the other: the first looks for a pod that is made only when the first is ready.',
  recognised:
    'A pod of a StatefulSet with podManagementPolicy OrderedReady is not ready or crashes, and cannot resolve the name of a later pod of the same set, which does not exist yet.',
  nextSteps: [
    'Let the readiness probe succeed for a member that waits for the others, if the program knows such a state.',
    'Set `publishNotReadyAddresses: true` on the headless Service by which the members find each other, too.',
  ],
  avoid: ['Do not delete the pod or its claim: the next one waits in the same way.'],
};

export const dependencyUnreachable: CodeEntry = {
  ...base,
  code: 'pod.dependency.unreachable',
  title: 'Dependency does not answer',
  means:
    'Packets to something that the program needs get no answer: a NetworkPolicy or firewall drops them, the address is of nobody (`hostAliases` of the pod may say an old one), or the other side hangs.',
  recognised:
    'The last words of a container that crashes or is not ready are a timeout while connecting, or "no route to host".',
  nextSteps: [
    'Check that network policies of both namespaces allow the connection, and that the address is right.',
    'See whether others reach it: a timeout for one client points to a policy, for all to the other side.',
  ],
  avoid: ['Do not only raise the timeout: a dropped packet never gets an answer.'],
};

export const unreachedFromNode: CodeEntry = {
  group: 'node',
  severity: 'critical',
  code: 'node.network.one-sided',
  title: 'Pods of one node do not reach what others reach',
  means:
    'Connections from the pods of one node get no answer, while pods of the same workloads reach the same from other nodes: a firewall on the node, its routes or what keeps the addresses of Services there is at fault.',
  recognised:
    'Containers of two workloads or more on one node say that the same address does not answer, none on another node says so, and a pod of one of these workloads is ready elsewhere.',
  nextSteps: [
    'On the node, see whether a firewall came back with a restart (`systemctl status firewalld ufw nftables`): stop it, or let it pass the networks of pods and Services.',
    'Then see whether the node has the routes of the others (`ip route`) and the rules of Services (`iptables-save | grep KUBE-SVC` or `nft list ruleset`).',
    'Cordon the node until it is mended.',
  ],
  avoid: ['Do not look for the fault in the programs: elsewhere they are well.'],
};
