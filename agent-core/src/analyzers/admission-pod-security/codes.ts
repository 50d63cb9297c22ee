import type { CodeEntry } from '@autodevops/domain/finding';

export const podSecurity: CodeEntry = {
  code: 'admission.pod-security',
  group: 'admission',
  severity: 'critical',
  title: 'Pod Security refuses the pods',
  means: 'The namespace enforces a Pod Security level that the pod template does not meet, so its pods are refused before they exist. Pods from before the label was set keep running until they are replaced.',
  recognised: '"violates PodSecurity" in a FailedCreate event or a ReplicaFailure condition, while the owner lacks pods.',
  nextSteps: ['Change the template as the text says (each violation names the container and the field), usually securityContext.'],
  avoid: ['Do not lower the namespace\'s enforce label for one workload: it opens the namespace to all.'],
};
