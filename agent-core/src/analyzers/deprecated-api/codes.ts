import type { CodeEntry } from '@autodevops/domain/finding';

export const removed: CodeEntry = {
  code: 'api.removed',
  group: 'life-cycle',
  title: 'An API that no longer exists is used',
  severity: 'warning',
  means: 'A program or a manifest asks for an API version that this Kubernetes does not serve any more: it fails.',
  recognised:
    'A log line, event, condition or reference names a removed version ("no matches for kind \\"Ingress\\" in version \\"extensions/v1beta1\\""), or an object of it is in the bundle and the server is newer.',
  nextSteps: [
    'Move the manifest or chart to the version that replaces it (`kubectl convert` helps), or upgrade the program.',
    'Helm keeps old manifests in its release: `helm mapkubeapis` repairs them.',
  ],
  avoid: ['Do not downgrade the cluster.'],
};

export const deprecated: CodeEntry = {
  code: 'api.deprecated',
  group: 'life-cycle',
  title: 'A deprecated API is used',
  severity: 'info',
  means: 'It works today and stops with a later version of Kubernetes.',
  recognised:
    'An object has a deprecated apiVersion, or a log line repeats the server\'s warning "is deprecated in v1.NN+".',
  nextSteps: ['Move to the version that replaces it before the next upgrade.'],
  avoid: [],
};
