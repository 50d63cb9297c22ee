import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = [
  "Do not empty the namespace's spec.finalizers through the /finalize call: what is left stays behind in the store, outside of any namespace, and comes back when the name is used again.",
];

export const discovery: CodeEntry = {
  code: 'namespace.stuck.discovery',
  group: 'life-cycle',
  title: 'Namespace stuck in deletion: an API group does not answer',
  severity: 'warning',
  means: 'The namespace controller must list every kind before it may finish, and one API group cannot be listed.',
  recognised: 'The namespace is Terminating and its condition NamespaceDeletionDiscoveryFailure is True.',
  nextSteps: [
    'Repair the APIService of the group that the condition names, or delete it if its software is gone for good.',
    'The namespace then finishes by itself.',
  ],
  avoid,
};

export const finalizers: CodeEntry = {
  code: 'namespace.stuck.finalizers',
  group: 'life-cycle',
  title: 'Namespace stuck in deletion: finalizers remain',
  severity: 'warning',
  means: 'Objects in the namespace wait for the controllers that own their finalizers to clean up.',
  recognised: 'The namespace is Terminating and its condition NamespaceFinalizersRemaining is True.',
  nextSteps: [
    'Look at the objects that the condition names, and at the controller that owns their finalizer: it must run to remove it.',
    'Only if that controller is gone for good and what it guards is cleaned up: remove the finalizer from those objects.',
  ],
  avoid,
};

export const content: CodeEntry = {
  code: 'namespace.stuck.content',
  group: 'life-cycle',
  title: 'Namespace stuck in deletion: content remains',
  severity: 'warning',
  means: 'Objects in the namespace could not be deleted, or are still ending.',
  recognised:
    'The namespace is Terminating for minutes and its conditions NamespaceContentRemaining or NamespaceDeletionContentFailure are True.',
  nextSteps: [
    'List what is left: `kubectl api-resources --verbs=list --namespaced -o name | xargs -n 1 kubectl get --ignore-not-found -n NAMESPACE`.',
    'See why those objects do not end (pods on a dead node, an admission webhook that refuses the deletion).',
  ],
  avoid,
};

export const unattended: CodeEntry = {
  code: 'namespace.stuck.unattended',
  group: 'life-cycle',
  title: 'Namespace stuck in deletion and nobody works on it',
  severity: 'warning',
  means: 'The namespace is marked for deletion and the namespace controller has said nothing about it.',
  recognised: 'The namespace is Terminating for more than ten minutes and has no condition.',
  nextSteps: [
    'See whether kube-controller-manager runs and what its log says of the namespace.',
    'Look at spec.finalizers and metadata.finalizers of the namespace: another controller may have put one there.',
  ],
  avoid,
};
