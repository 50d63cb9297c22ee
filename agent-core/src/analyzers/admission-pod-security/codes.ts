import type { CodeEntry } from '@autodevops/domain/finding';

export const podSecurity: CodeEntry = {
  code: 'admission.pod-security',
  group: 'admission',
  severity: 'critical',
  title: 'Pod Security refuses the pods',
  means:
    'The namespace enforces a Pod Security level that the pod template does not meet, so its pods are refused before they exist. Pods from before the label was set keep running until they are replaced.',
  recognised:
    '"violates PodSecurity" in a FailedCreate event or a ReplicaFailure condition, while the owner lacks pods.',
  nextSteps: [
    'Change the template as the text says (each violation names the container and the field), usually securityContext.',
  ],
  avoid: ["Do not lower the namespace's enforce label for one workload: it opens the namespace to all."],
};

export const contextConstraint: CodeEntry = {
  code: 'admission.security-context-constraint',
  group: 'admission',
  severity: 'critical',
  title: 'No SecurityContextConstraints admit the pods',
  means:
    'On OpenShift a pod must fit a SecurityContextConstraints object that its service account may use. This template fits none, so its pods are refused before they exist: mostly an image that wants a certain user, or the host.',
  recognised:
    '"unable to validate against any security context constraint" in a FailedCreate event or a ReplicaFailure condition, while the owner lacks pods.',
  nextSteps: [
    'Leave out what the text objects to (runAsUser, fsGroup, capabilities, host access), so that the project gives its own values; the image must then run under any user.',
    'If the workload does need it, an administrator grants one constraint to its own service account: `oc adm policy add-scc-to-user SCC -z ACCOUNT -n NAMESPACE`.',
  ],
  avoid: [
    'Do not grant privileged or anyuid to the service account "default": every pod of the project would have it.',
  ],
};
