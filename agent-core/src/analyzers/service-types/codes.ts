import type { CodeEntry } from '@autodevops/domain/finding';

export const governingMissing: CodeEntry = {
  code: 'service.governing.missing',
  group: 'network',
  title: "The StatefulSet's own Service does not exist",
  severity: 'warning',
  means:
    "The names of the StatefulSet's pods (`pod.service`) come from the headless Service that it names. Without it none of them resolves, and members that call each other by name do not find each other.",
  recognised: '`spec.serviceName` of the StatefulSet names a Service that is not in its namespace.',
  nextSteps: ['Create a headless Service (`clusterIP: None`) of that name that selects the pods.'],
  avoid: ['Do not delete the StatefulSet without `--cascade=orphan`: its pods would go with it.'],
};

export const governingNotHeadless: CodeEntry = {
  code: 'service.governing.not-headless',
  group: 'network',
  title: 'Pod names do not resolve because their Service is not headless',
  severity: 'warning',
  means:
    'Something calls single pods of a StatefulSet by name. Such names exist only for a headless Service, and this one has a cluster IP.',
  recognised:
    'The Service that `spec.serviceName` names has a cluster IP, and the configuration of a pod names a host `pod.service` of it.',
  nextSteps: [
    "Create a headless Service (`clusterIP: None`) for the pods' names, and have the callers use it.",
    "A Service's `clusterIP` cannot be changed: it would have to be deleted and created anew.",
  ],
  avoid: ['Do not delete the present Service before its callers are known: they lose its address.'],
};

export const externalNameNotFound: CodeEntry = {
  code: 'service.external-name.not-found',
  group: 'network',
  title: 'ExternalName points to a name that does not exist',
  severity: 'critical',
  means:
    "The Service is an alias for another name, and the cluster's DNS does not know that name: every look-up fails.",
  recognised:
    "`spec.externalName` is a name within the cluster, and there is no such Service; or it lacks the cluster's domain after `.svc`, which an alias needs.",
  nextSteps: ['Correct `spec.externalName`: within the cluster it is `NAME.NAMESPACE.svc.cluster.local`.'],
  avoid: ['Do not restart CoreDNS: it answers correctly that there is no such name.'],
};

export const externalNameAddress: CodeEntry = {
  code: 'service.external-name.address',
  group: 'network',
  title: 'ExternalName is an IP address',
  severity: 'warning',
  means: 'An ExternalName becomes a DNS alias, and an alias cannot be an address: the look-up gives nothing.',
  recognised: '`spec.externalName` has the form of an IPv4 address.',
  nextSteps: ['Use a Service without selector and an EndpointSlice that holds the address, or a host name.'],
  avoid: ['Do not put a port or a scheme into `externalName`: it holds a name only.'],
};

export const loadBalancerPending: CodeEntry = {
  code: 'service.load-balancer.pending',
  group: 'network',
  title: 'Load balancer has no address',
  severity: 'warning',
  means:
    'The Service asks for a load balancer, and after minutes nobody has given it an address: it cannot be reached from outside by one. Its cluster IP and node ports work.',
  recognised:
    '`spec.type` is LoadBalancer, `status.loadBalancer.ingress` is empty, the Service is older than five minutes, and no controller says why.',
  nextSteps: [
    "Check that a controller for load balancers runs here (of the cloud, MetalLB, cloud-provider-kind), and that it serves the Service's `loadBalancerClass`.",
    'Where there is none, use a NodePort, an Ingress or `kubectl port-forward`.',
  ],
  avoid: ['Do not delete and recreate the Service: without a controller the new one waits too.'],
};

export const addressUnannounced: CodeEntry = {
  code: 'service.load-balancer.unannounced',
  group: 'network',
  title: 'Address of a load balancer is announced to nobody',
  severity: 'critical',
  means:
    'MetalLB gives the Service an address, and without an advertisement none of its speakers answers for it: within the cluster the address works, from outside nothing comes in.',
  recognised:
    'A Service has an address of a MetalLB IPAddressPool, and there is neither an L2Advertisement nor a BGPAdvertisement for that pool.',
  nextSteps: [
    'Create an advertisement in the namespace of MetalLB: `kind: L2Advertisement` with `spec.ipAddressPools` naming the pool (or with an empty spec for all pools), or a BGPAdvertisement where routers are peers.',
    'Then see from outside whether the address answers; `kubectl describe service` shows "announcing from node".',
  ],
  avoid: ['Do not recreate the Service: it has its address already.'],
};

export const loadBalancerFailed: CodeEntry = {
  code: 'service.load-balancer.failed',
  group: 'network',
  title: 'Load balancer could not be set up',
  severity: 'critical',
  means:
    'The controller for load balancers tried, and was refused: the Service cannot be reached from outside, or keeps an old state.',
  recognised:
    'A recent event of the Service: SyncLoadBalancerFailed, AllocationFailed and the like, while it has no address.',
  nextSteps: ['Do what the quoted message says: quota, permission, subnet, address pool or annotation.'],
  avoid: ['Do not change several annotations at once: each change starts another attempt at the cloud.'],
};

export const nodePortConflict: CodeEntry = {
  code: 'service.node-port.conflict',
  group: 'network',
  title: 'Address or port of the Service is taken twice',
  severity: 'warning',
  means:
    'The node port (or cluster IP) of the Service is used by something else, too: requests reach one of the two, not always the right one.',
  recognised:
    "An event PortAlreadyAllocated or ClusterIPAlreadyAllocated about the Service, or a pod whose `hostPort` is the Service's `nodePort`.",
  nextSteps: ['Give one of the two another port.'],
  avoid: ['Do not reuse a fixed `nodePort` in several manifests: leave it out and one is chosen.'],
};

export const internalLocal: CodeEntry = {
  code: 'service.traffic-policy.internal-local',
  group: 'network',
  title: 'Callers on some nodes reach nobody',
  severity: 'warning',
  means:
    'With `internalTrafficPolicy: Local` a pod only reaches endpoints on its own node. Pods that call this Service run on nodes without one: their connections are dropped.',
  recognised:
    'The policy is Local, the Service has ready endpoints, and a pod that names it in its configuration runs on a node without any.',
  nextSteps: ['Set `internalTrafficPolicy: Cluster`, or run the server on every node (a DaemonSet).'],
  avoid: ['Do not move the callers by hand: the next rescheduling brings it back.'],
};

export const externalLocal: CodeEntry = {
  code: 'service.traffic-policy.external-local',
  group: 'network',
  title: 'Node port answers on some nodes only',
  severity: 'info',
  means:
    'With `externalTrafficPolicy: Local` only nodes with a ready pod answer on the node port. That is by design, and a surprise to who asks another node.',
  recognised: 'A Service of type NodePort with that policy, and ready nodes without one of its ready pods.',
  nextSteps: [
    "Ask the nodes that run a pod, or set `externalTrafficPolicy: Cluster` if the client's address is not needed.",
  ],
  avoid: [],
};
