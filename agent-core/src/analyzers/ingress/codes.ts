import type { CodeEntry } from '@autodevops/domain/finding';

export const classMissing: CodeEntry = {
  code: 'ingress.class.missing',
  group: 'network',
  title: 'IngressClass does not exist',
  severity: 'critical',
  means:
    'The Ingress asks for a class that the cluster does not have, so no controller takes it up: its hosts are not served.',
  recognised: '`spec.ingressClassName` names no existing IngressClass, and the Ingress has no address in its status.',
  nextSteps: [
    'Set `spec.ingressClassName` to a class that exists: `kubectl get ingressclasses`.',
    'Or install the controller that brings the class.',
  ],
  avoid: ['Do not create an IngressClass by hand without its controller: nobody would serve it.'],
};

export const classNone: CodeEntry = {
  code: 'ingress.class.none',
  group: 'network',
  title: 'Ingress names no class, and there is no default class',
  severity: 'warning',
  means:
    'Most controllers ignore an Ingress without a class. Unless one is told to take them, its hosts are not served.',
  recognised:
    'Neither `spec.ingressClassName` nor the old annotation is set, no IngressClass is marked as default, and the Ingress has no address in its status.',
  nextSteps: [
    'Set `spec.ingressClassName`, or mark one class as default with the annotation `ingressclass.kubernetes.io/is-default-class: "true"`.',
  ],
  avoid: ['Do not mark two classes as default: new Ingresses without a class would then be refused.'],
};

export const controllerAbsent: CodeEntry = {
  code: 'ingress.controller.absent',
  group: 'network',
  title: 'No pod of the ingress controller was found',
  severity: 'critical',
  means: 'The class of the Ingress exists, but nothing that looks like its controller runs: its hosts are not served.',
  recognised:
    'The Ingress has had no address for minutes, and no pod has an image, name or label of the controller that its IngressClass names.',
  nextSteps: ['Check that the ingress controller is installed, and not scaled to zero.'],
  avoid: ['Do not delete the IngressClass: the controller uses it once it runs.'],
};

export const controllerRefused: CodeEntry = {
  code: 'ingress.controller.refused',
  group: 'network',
  title: 'Ingress controller cannot set the Ingress up',
  severity: 'critical',
  means:
    'The controller has taken the Ingress up and fails at it: the cloud refuses, or something in the Ingress is not as the controller needs it. Its hosts are not served, or not as the Ingress now says.',
  recognised:
    'The newest event of the controller about the Ingress is a warning of the last hour and the Ingress has no address; or it has one and the warnings go on.',
  nextSteps: [
    "Mend what the message names: permissions of the controller's account in the cloud, tags of subnets, an annotation of the Ingress.",
    'Then watch the events of the Ingress: the controller tries again by itself.',
  ],
  avoid: ['Do not delete the Ingress to start anew: its address and its DNS names would change.'],
};

export const backendMissing: CodeEntry = {
  code: 'ingress.backend.missing',
  group: 'network',
  title: 'Ingress sends requests to a Service that does not exist',
  severity: 'critical',
  means:
    'For this host and path there is nobody behind the Ingress: clients get an error (503 or 404, as the controller does).',
  recognised: 'A backend names a Service that is not in the namespace of the Ingress.',
  nextSteps: ['Correct the Service name in the Ingress, or create the Service in the same namespace.'],
  avoid: [
    'Do not point an Ingress at a Service of another namespace: it cannot cross; move the Ingress, or use a Gateway with a ReferenceGrant.',
  ],
};

export const backendPortMissing: CodeEntry = {
  code: 'ingress.backend.port-missing',
  group: 'network',
  title: 'Ingress uses a Service port that does not exist',
  severity: 'critical',
  means:
    'The Service is there, but not with the port that the Ingress asks for: clients get an error for this host and path.',
  recognised:
    "A backend's port number or name is not among `spec.ports` of its Service (the Service's own port, not the container's).",
  nextSteps: ["Set the backend's port to one of the Service's ports."],
  avoid: ["Do not put the container's port there: an Ingress names ports of the Service."],
};

export const hostConflict: CodeEntry = {
  code: 'ingress.host-conflict',
  group: 'network',
  title: 'Two Ingresses claim the same host and path',
  severity: 'warning',
  means: 'Only one of the two is served, usually the older one; requests for the other go to the wrong place.',
  recognised:
    'Two Ingresses of one class have a rule for the same host, path and path type that leads to different Services.',
  nextSteps: ['Remove the rule from one of the two, or give it another host or path.'],
  avoid: ['Do not delete the older one before it is clear who uses it: it is probably the one that is served.'],
};

export const controllerIgnores: CodeEntry = {
  code: 'ingress.controller.ignores',
  group: 'network',
  title: 'Ingress controller leaves the Ingress out',
  severity: 'critical',
  means:
    'The controller runs and serves others, and does not take this Ingress: requests for its hosts get the default answer (404), whatever address its status still holds.',
  recognised: 'The log of a ready controller says that it ignores or skips the Ingress, which was not changed since.',
  nextSteps: [
    'Do what the line says: take out the annotation that is not allowed, or correct its value.',
    "Snippets that are called risky: put the setting into the controller's own ConfigMap instead, or allow them there (`allow-snippet-annotations`, `annotations-risk-level`) if everybody who may write Ingresses is trusted.",
  ],
  avoid: ['Do not delete and recreate the Ingress: it would be left out again, and its address may change.'],
};
