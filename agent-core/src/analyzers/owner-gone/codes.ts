import type { CodeEntry } from '@autodevops/domain/finding';

export const orphaned: CodeEntry = {
  code: 'object.owner-gone',
  group: 'life-cycle',
  title: 'Objects of an owner that no longer exists',
  severity: 'warning',
  means:
    'The garbage collector deletes objects whose owners are gone, within seconds. These are still there: it does not work (the controller manager is down, or an API group cannot be listed), or the owner was not seen.',
  recognised:
    'The ownerReferences name only objects that do not exist, although all objects of those kinds were seen, and the object is older than ten minutes. Information only, unless the controller manager or an API group is down, which stops the garbage collector.',
  nextSteps: [
    'See whether kube-controller-manager runs, and whether every APIService is available: one that is not stops garbage collection.',
    'If the reference was written by hand or by a restore, delete the objects, or remove the reference to keep them.',
  ],
  avoid: ['Do not restart the garbage collector over an unavailable API group: it stops there again.'],
};

export const invalidReference: CodeEntry = {
  code: 'object.owner-invalid',
  group: 'life-cycle',
  title: 'Owner reference into another namespace',
  severity: 'warning',
  means:
    'An owner must be in the namespace of its object or cluster-scoped. The garbage collector takes such an owner for gone, and may delete the object.',
  recognised:
    'A recent event OwnerRefInvalidNamespace about the object. Information only for an object without a namespace, which the garbage collector leaves alone.',
  nextSteps: ['Correct or remove the owner reference that the event names.'],
  avoid: ['Do not recreate the dependent before the reference is right: the garbage collector deletes it again.'],
};
