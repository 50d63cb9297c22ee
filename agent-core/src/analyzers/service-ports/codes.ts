import type { CodeEntry } from '@autodevops/domain/finding';

export const targetNameUnknown: CodeEntry = {
  code: 'service.port.target-name-unknown',
  group: 'network',
  title: 'Service points to a port name that no container has',
  severity: 'critical',
  means:
    'The Service sends requests to a port by name, and no container of its pods has a port of that name (and protocol): this Service port has no endpoint, although the pods may be ready.',
  recognised:
    '`spec.ports[].targetPort` is a name that does not occur in `ports[].name` of any container of the selected pods.',
  nextSteps: ['Set `targetPort` to the name or number of the port on which the container listens.'],
  avoid: ['Do not restart the pods: the name is looked up in their specification, which a restart does not change.'],
};

export const targetNotDeclared: CodeEntry = {
  code: 'service.port.target-not-declared',
  group: 'network',
  title: 'Service points to a port on which no container seems to listen',
  severity: 'warning',
  means:
    'The Service sends requests to a port number that no container declares, while the port that they do declare is used by no Service. Connections are then refused.',
  recognised:
    "A numeric `targetPort` is in none of the containers' ports, probes, variables and arguments, and the declared port is the target of no Service.",
  nextSteps: ['Check on which port the container listens, and set `targetPort` to it.'],
  avoid: ["Do not add the number to the container's `ports`: that list is information only and opens nothing."],
};

export const protocolDiffers: CodeEntry = {
  code: 'service.port.protocol',
  group: 'network',
  title: 'Service and container speak different protocols on a port',
  severity: 'warning',
  means:
    'The Service forwards UDP where the container listens on TCP, or the other way round: nothing that it forwards is received.',
  recognised:
    'The target port is declared by a container, but only with another protocol than `spec.ports[].protocol`, and the Service has no port for that other protocol.',
  nextSteps: ['Set `protocol` of the Service port to that on which the container listens.'],
  avoid: ["Do not change the container's declaration only: it does not change on what the program listens."],
};

export const portNotServed: CodeEntry = {
  code: 'service.port.not-served',
  group: 'network',
  title: 'A program calls a Service on a port that it does not have',
  severity: 'critical',
  means:
    'The configuration of a pod names a port that the Service does not offer. Connections to it are refused or time out, however healthy the Service is.',
  recognised: 'A variable, argument or configuration file names a Service with a port that is not in its `spec.ports`.',
  nextSteps: ["Correct the port in the caller's configuration, or add it to the Service if something listens there."],
  avoid: ['Do not restart the service that is called: it is not what is wrong.'],
};

export const selectorTooBroad: CodeEntry = {
  code: 'service.selector.too-broad',
  group: 'network',
  title: 'Service sends part of its requests to the wrong workload',
  severity: 'warning',
  means:
    'The selector of the Service matches pods of several workloads, and not all of them serve its port: some of the requests fail.',
  recognised:
    'Ready pods of more than one workload match `spec.selector`, and of one of them no container declares the numeric target port while another does.',
  nextSteps: ['Add the label to the selector that tells the right workload from the others.'],
  avoid: ['Do not scale the other workload down as a cure: it has its own work, and the selector stays wrong.'],
};
