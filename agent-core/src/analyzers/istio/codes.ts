import type { CodeEntry } from '@autodevops/domain/finding';

export const subsetMissing: CodeEntry = {
  code: 'istio.route.subset-missing',
  group: 'network',
  title: 'Route leads to a subset that is not defined',
  severity: 'critical',
  means:
    'The proxies know no cluster for this destination: requests of the route are answered with 503 (NC, cluster_not_found).',
  recognised: 'A destination of the VirtualService names a subset that no DestinationRule of that host defines.',
  nextSteps: [
    'Let the route name a subset that a DestinationRule of the host defines, or add the subset there with the labels of its pods.',
  ],
  avoid: ['Do not delete the VirtualService before you know which other routes it holds.'],
};

export const subsetEmpty: CodeEntry = {
  code: 'istio.route.subset-empty',
  group: 'network',
  title: 'Route leads to a subset without pods',
  severity: 'critical',
  means:
    'The subset is defined, but no pod of the Service has its labels: requests of the route are answered with 503 (UH, no healthy upstream).',
  recognised: 'A VirtualService gives requests to a subset whose labels no living pod behind the Service has.',
  nextSteps: [
    'Compare the labels of the subset with those of the pods: `kubectl get pods --show-labels`.',
    'Until pods of the subset run, give its weight to a subset that has some.',
  ],
  avoid: ['Do not add the label to running pods by hand: the next rollout takes it off again.'],
};

export const hostMissing: CodeEntry = {
  code: 'istio.route.host-missing',
  group: 'network',
  title: 'Route leads to a host that does not exist',
  severity: 'critical',
  means: 'The mesh knows no Service of this name: requests of the route are answered with 503.',
  recognised:
    'A destination of the VirtualService is a name within the cluster, and there is neither such a Service nor a ServiceEntry.',
  nextSteps: [
    'Correct the host of the destination. A short name is looked for in the namespace of the VirtualService: write `NAME.NAMESPACE.svc.cluster.local` for another one.',
  ],
  avoid: ['Do not add a ServiceEntry for a name within the cluster only to silence it: it would lead nowhere.'],
};

export const strictForPlain: CodeEntry = {
  code: 'istio.mutual-tls.plain-client',
  group: 'network',
  title: 'Mutual TLS is demanded of a client outside of the mesh',
  severity: 'critical',
  means:
    'The sidecar of the called pod takes connections with a mesh certificate only. A client without a sidecar has none, and its connections are reset.',
  recognised:
    'A PeerAuthentication sets STRICT for the pods behind a Service, a pod without a sidecar is configured to call that Service, and its log says that the connection broke.',
  nextSteps: [
    'Bring the client into the mesh: label its namespace (`istio-injection=enabled`, or `istio.io/rev`) and restart its pods.',
    'Until then, let the PeerAuthentication be PERMISSIVE for the pods that it calls (`selector` and, for one port, `portLevelMtls`).',
  ],
  avoid: ['Do not set the whole mesh to PERMISSIVE for one client.'],
};

export const rulesMissing: CodeEntry = {
  code: 'istio.sidecar.rules-missing',
  group: 'network',
  title: 'The pod has no redirect rules of the mesh',
  severity: 'critical',
  means:
    'With the CNI plugin of Istio the rules that lead the traffic of a pod through its proxy are written while its sandbox is made. Here they were not, so the check of the proxy does not let the pod start; no restart of the container adds them.',
  recognised:
    'The init container istio-validation ends with an error and says that the iptables validation failed, or that nothing listens at 127.0.0.6:15002.',
  nextSteps: [
    'Delete the pod, so that it is made anew with its rules.',
    'See that istio-cni runs on that node and stands in its CNI configuration (`ls /etc/cni/net.d`); with `cni.repair.deletePods=true` it deletes such pods by itself.',
  ],
  avoid: ['Do not take the sidecar away from the workload: where mutual TLS is demanded nobody could reach it.'],
};

export const gatewayMissing: CodeEntry = {
  code: 'istio.route.gateway-missing',
  group: 'network',
  title: 'Route is bound to a Gateway that does not exist',
  severity: 'critical',
  means: 'No proxy at the edge takes the route up: requests from outside for its hosts are answered with 404.',
  recognised:
    '`spec.gateways` of the VirtualService names a Gateway that is not there; a name without a namespace is looked for in its own.',
  nextSteps: [
    'Write the Gateway with its namespace, `NAMESPACE/NAME`, as `kubectl get gateways.networking.istio.io -A` shows it.',
  ],
  avoid: ['Do not create a second Gateway of that name for the same port and hosts: the two would contend for them.'],
};

export const credentialMissing: CodeEntry = {
  code: 'istio.gateway.credential-missing',
  group: 'network',
  title: 'Gateway has no certificate to show',
  severity: 'critical',
  means: 'The proxies of the Gateway have no certificate for these hosts: TLS connections to them are closed.',
  recognised:
    '`tls.credentialName` of a server of the Gateway names a Secret that does not exist in the namespace in which the proxies run, which its `selector` chooses.',
  nextSteps: [
    'Let the Secret be in the namespace of the proxies: issue the certificate there (of a Certificate of cert-manager, move the Certificate), not in that of the Gateway.',
  ],
  avoid: ['Do not let the Gateway serve these hosts in plain to get them back.'],
};
