import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = ['Do not restart the pods: it changes nothing about which pods the Service selects.'];

export const selectorMatchesNothing: CodeEntry = {
  code: 'service.no-endpoints.selector',
  group: 'network',
  title: 'Service selects no pod',
  severity: 'critical',
  means: 'The Service has a name and an address, but no pod behind it: every connection to it is refused or times out.',
  recognised:
    'No pod in the namespace has all the labels of `spec.selector`. Where a workload there differs in one label, has the same value under another key, or has the name of the Service, it is named.',
  nextSteps: [
    'Compare `spec.selector` of the Service with the labels of the pods that should serve it.',
    "Change the selector of the Service (labels of a Deployment's selector cannot be changed afterwards).",
    'Check that endpoints appear: `kubectl get endpointslices -l kubernetes.io/service-name=NAME`.',
  ],
  avoid,
};

export const selectorInOtherNamespace: CodeEntry = {
  code: 'service.no-endpoints.namespace',
  group: 'network',
  title: 'Service selects pods that are in another namespace',
  severity: 'critical',
  means:
    'A Service only selects pods of its own namespace. The pods it is meant for run elsewhere, so nothing answers.',
  recognised:
    'No pod of the namespace has the labels of `spec.selector`; pods of another namespace have all of them, and no Service there selects them.',
  nextSteps: [
    'Create the Service in the namespace of the pods, and call it as `NAME.NAMESPACE`.',
    'To keep the old name, replace this Service by one of type ExternalName that points to `NAME.NAMESPACE.svc.cluster.local`.',
  ],
  avoid,
};

export const noPodHasRole: CodeEntry = {
  code: 'service.no-endpoints.role',
  group: 'network',
  title: 'No pod holds the role that the Service selects',
  severity: 'critical',
  means:
    'The Service follows a label that an operator or the application sets at run time on the leader. At present no pod has it, so writes and whatever else needs the leader fail.',
  recognised:
    "Pods have all other labels of `spec.selector`, the role label is not part of the workload's template, and no pod has the value for the leader.",
  nextSteps: [
    'Look why no leader is elected: the logs of the pods and of the operator that sets the label.',
    'Check that the majority of the members runs and reaches each other.',
  ],
  avoid: ['Do not set the role label by hand: two leaders may damage the data.'],
};

export const podsNotReady: CodeEntry = {
  code: 'service.no-endpoints.not-ready',
  group: 'network',
  title: 'No pod behind the Service is ready',
  severity: 'critical',
  means:
    'The Service selects the right pods, but none of them is ready (or none exists yet), so it sends requests to nobody.',
  recognised:
    'Pods match `spec.selector`, and the condition Ready of all of them is not True; or their workload wants pods and has none.',
  nextSteps: ["Find out why the pods are not ready: their containers' states, probes and logs."],
  avoid: [
    'Do not set `publishNotReadyAddresses` to make endpoints appear: requests would then reach pods that cannot answer.',
  ],
};

export const scaledToZero: CodeEntry = {
  code: 'service.no-endpoints.scaled-to-zero',
  group: 'network',
  title: 'The workload behind the Service is scaled to zero',
  severity: 'warning',
  means:
    'The workload that serves this Service is set to zero replicas, while something still sends requests to the Service.',
  recognised:
    'The workload whose pods the Service selects has `spec.replicas: 0`. It is only a problem where an Ingress, a route, a webhook or a running pod uses the Service.',
  nextSteps: ['Ask whether the scaling down was meant.', 'If not, scale the workload up again.'],
  avoid: ['Do not scale up without asking: it may have been stopped on purpose (maintenance, a migration, cost).'],
};

export const otherAddressFamily: CodeEntry = {
  code: 'service.no-endpoints.address-family',
  group: 'network',
  title: 'Service is of another address family than its pods',
  severity: 'critical',
  means:
    'A Service of one address family only gets endpoints of that family. Its pods have addresses of the other one, so it has none, although they are ready.',
  recognised:
    '`spec.ipFamilies` holds one family, the selected ready pods have an address of the other, and the EndpointSlices of the Service are empty.',
  nextSteps: [
    'Create the Service anew with the family of the pods (`ipFamilies: [IPv4]`): the first family of a Service cannot be changed.',
    'Or give the pods addresses of both families: the network plugin and the controller manager must be set up for dual stack.',
  ],
  avoid: ['Do not restart the pods: their addresses come from the network of the cluster.'],
};

export const notListed: CodeEntry = {
  code: 'service.no-endpoints.not-listed',
  group: 'network',
  title: 'Ready pods are not among the endpoints of their Service',
  severity: 'critical',
  means:
    'The pods are ready and selected, and the controller that writes endpoints has not listed them: connections to the Service find nobody.',
  recognised:
    'A Service has EndpointSlices without any endpoint, while pods that it selects have been ready for minutes.',
  nextSteps: [
    'See whether the controller manager runs and holds its lease: it writes the EndpointSlices.',
    'Read its log for this Service.',
  ],
  avoid: ['Do not write EndpointSlices by hand: the controller removes what is not its own work, and misses what is.'],
};
