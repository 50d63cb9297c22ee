import type { CodeEntry } from '@autodevops/domain/finding';

export const classMissing: CodeEntry = {
  code: 'gateway.class.missing',
  group: 'network',
  title: 'GatewayClass does not exist',
  severity: 'critical',
  means:
    'The Gateway asks for a class that the cluster does not have: no controller takes it up, and none of its routes is served.',
  recognised: '`spec.gatewayClassName` names no existing GatewayClass.',
  nextSteps: [
    'Set `spec.gatewayClassName` to a class that exists: `kubectl get gatewayclasses`.',
    'Or install the controller that brings the class.',
  ],
  avoid: ['Do not create a GatewayClass without its controller: nobody would accept it.'],
};

export const classNotAccepted: CodeEntry = {
  code: 'gateway.class.not-accepted',
  group: 'network',
  title: 'GatewayClass is not accepted by a controller',
  severity: 'critical',
  means:
    'No controller has taken the class up (none runs under its `controllerName`, or it refuses the parameters), so Gateways of this class are not served.',
  recognised: 'The condition Accepted of the GatewayClass is not True, for minutes, and a Gateway uses the class.',
  nextSteps: [
    'Check that the controller that `spec.controllerName` names runs.',
    "Do what the condition's message says about the parameters.",
  ],
  avoid: ['Do not change `controllerName`: it cannot be changed, and Gateways depend on the class.'],
};

export const gatewayNotServed: CodeEntry = {
  code: 'gateway.not-programmed',
  group: 'network',
  title: 'Gateway is not served',
  severity: 'critical',
  means: 'The controller has not accepted the Gateway, or could not set it up: its listeners do not take connections.',
  recognised: 'The condition Accepted or Programmed of the Gateway is False, or still unknown after five minutes.',
  nextSteps: [
    "Do what the condition's message says.",
    'If nobody has written a condition, check that the controller of the class runs.',
  ],
  avoid: ['Do not delete and recreate the Gateway: its address may change.'],
};

export const listenerNotReady: CodeEntry = {
  code: 'gateway.listener.not-ready',
  group: 'network',
  title: 'A listener of the Gateway does not work',
  severity: 'critical',
  means: 'One port of the Gateway takes no connections, or has no certificate, while others may work.',
  recognised:
    'A condition of a listener says so: Accepted, Programmed or ResolvedRefs is False, or Conflicted is True.',
  nextSteps: [
    "Do what the message of the listener's condition says: port, protocol, certificate reference or ReferenceGrant.",
  ],
  avoid: ['Do not remove the other listeners: they are not affected.'],
};

export const parentMissing: CodeEntry = {
  code: 'gateway.route.parent-missing',
  group: 'network',
  title: 'Route belongs to a Gateway that does not exist',
  severity: 'critical',
  means: 'The route is attached to no Gateway, so its hosts and paths are not served.',
  recognised: 'A `spec.parentRefs` entry of the HTTPRoute names a Gateway (or listener) that does not exist.',
  nextSteps: ['Correct name, namespace or `sectionName` of the parent reference.'],
  avoid: ['Do not create a second Gateway of that name: it would need an address of its own.'],
};

export const routeNotAccepted: CodeEntry = {
  code: 'gateway.route.not-accepted',
  group: 'network',
  title: 'Gateway does not accept the route',
  severity: 'critical',
  means:
    'The Gateway refuses to serve the route: its namespace or kind is not allowed there, or no listener has its host names.',
  recognised: 'The condition Accepted of the HTTPRoute, for one of its parents, is False.',
  nextSteps: [
    "NotAllowedByListeners: allow the route's namespace in `allowedRoutes` of the listener.",
    'NoMatchingListenerHostname: make the host names of route and listener meet.',
  ],
  avoid: [
    "Do not open `allowedRoutes` to all namespaces without asking who may then publish under the Gateway's hosts.",
  ],
};

export const routeBackendMissing: CodeEntry = {
  code: 'gateway.route.backend-missing',
  group: 'network',
  title: 'Route sends requests to a Service that does not exist',
  severity: 'critical',
  means:
    'For requests of this rule there is nobody behind the Gateway: clients get an error (500 by the specification).',
  recognised: 'A `backendRefs` entry of the HTTPRoute names a Service that does not exist in its namespace.',
  nextSteps: ['Correct the name or namespace of the backend reference, or create the Service.'],
  avoid: ['Do not remove the rule to silence it: the path would fall to another rule.'],
};

export const routeBackendPort: CodeEntry = {
  code: 'gateway.route.backend-port-missing',
  group: 'network',
  title: 'Route uses a Service port that does not exist',
  severity: 'critical',
  means: 'The Service is there, but not with the port that the route asks for: clients get an error.',
  recognised:
    "The `port` of a backend reference is not among `spec.ports` of the Service (the Service's own port, not the container's).",
  nextSteps: ["Set `port` of the backend reference to one of the Service's ports."],
  avoid: ["Do not put the container's port there: a route names ports of the Service."],
};

export const routeNotPermitted: CodeEntry = {
  code: 'gateway.reference-not-permitted',
  group: 'network',
  title: 'A ReferenceGrant is missing',
  severity: 'critical',
  means:
    'The route or the Gateway refers to an object of another namespace, which that namespace has not allowed: the reference counts for nothing.',
  recognised: 'A condition ResolvedRefs of a route or listener is False with the reason RefNotPermitted.',
  nextSteps: [
    'Create a ReferenceGrant in the namespace of what is referred to, from the kind and namespace of what refers.',
  ],
  avoid: ['Do not copy Secrets between namespaces instead: the copies age.'],
};
