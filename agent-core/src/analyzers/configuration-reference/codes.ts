import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'configuration', severity: 'critical' } as const;

export const configMapMissing: CodeEntry = {
  ...base,
  code: 'pod.config.config-map-missing',
  title: 'ConfigMap missing',
  means: 'The pod refers to a ConfigMap that does not exist in its namespace, so its containers are not started.',
  recognised:
    'A container waits with CreateContainerConfigError or a volume with FailedMount, and a ConfigMap that the pod refers to (not marked optional) does not exist.',
  nextSteps: ['Create the ConfigMap in the namespace of the pod, or correct the name in the pod template.'],
  avoid: ['Do not mark the reference optional to get past this: the program would start without its configuration.'],
};

export const secretMissing: CodeEntry = {
  ...base,
  code: 'pod.config.secret-missing',
  title: 'Secret missing',
  means: 'The pod refers to a Secret that does not exist in its namespace, so its containers are not started.',
  recognised:
    'A container waits with CreateContainerConfigError or a volume with FailedMount, and a Secret that the pod refers to (not marked optional) does not exist.',
  nextSteps: [
    'Create the Secret in the namespace of the pod, or correct the name in the pod template.',
    'If another tool makes it (cert-manager, External Secrets, Sealed Secrets), look at that object.',
  ],
  avoid: ['Do not write the values into the pod template or a ConfigMap.'],
};

export const configMapKeyMissing: CodeEntry = {
  ...base,
  code: 'pod.config.config-map-key-missing',
  title: 'Key missing in a ConfigMap',
  means: 'The ConfigMap exists, but does not have the key that the pod takes from it.',
  recognised:
    'A container waits with CreateContainerConfigError or a volume with FailedMount, and a referenced key is not in the ConfigMap.',
  nextSteps: ['Add the key to the ConfigMap, or correct the key in the pod template.'],
  avoid: ['Do not replace the whole ConfigMap: other keys of it are in use.'],
};

export const secretKeyMissing: CodeEntry = {
  ...base,
  code: 'pod.config.secret-key-missing',
  title: 'Key missing in a Secret',
  means: 'The Secret exists, but does not have the key that the pod takes from it.',
  recognised:
    'A container waits with CreateContainerConfigError or a volume with FailedMount, and a referenced key is not in the Secret.',
  nextSteps: ['Add the key to the Secret, or correct the key in the pod template.'],
  avoid: ['Do not replace the whole Secret: other keys of it are in use.'],
};
