// Written by `npm run generate` from the schemas of the actions.

/** The parameters that an action takes as text, whatever they look like: `8080` may be meant as letters. */
export const textParameters: Readonly<Record<string, readonly string[]>> = {
  'add-rbac-rule': ['subject', 'verb', 'apiGroup', 'resource', 'namespace', 'resourceName'],
  'alertmanager-silence-create': ['why'],
  'alertmanager-silence-expire': ['silence', 'mark'],
  'argocd-sync': ['revision'],
  'attach-pull-secret': ['secret'],
  'extend-pvc': ['size'],
  'load-image-into-kind': ['image'],
  'open-git-change': ['repository', 'base', 'title', 'why'],
  'patch-probe': ['container', 'probe', 'copyOf', 'path', 'scheme'],
  'patch-service-port': ['portName', 'protocol'],
  'remove-finalizer': ['finalizer'],
  'set-environment': ['container', 'name', 'value'],
  'set-image': ['container', 'image', 'givenBy'],
  'set-resources': ['container'],
};
