import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;

export const blockedByPod: CodeEntry = {
  code: 'statefulset.blocked-by-pod',
  group,
  severity: 'critical',
  title: 'StatefulSet waits for one of its pods',
  means:
    'A StatefulSet with OrderedReady makes its pods one after the other and goes on only when each is ready. One that does not become ready keeps all later ones from being made or updated.',
  recognised:
    'podManagementPolicy OrderedReady, fewer pods than wanted (or a waiting update), and the pod whose turn it is is not ready.',
  nextSteps: [
    'Repair the pod that is not ready; the rest follows by itself.',
    'If the pods need not start in order, use podManagementPolicy Parallel (the StatefulSet must be made anew for that).',
  ],
  avoid: ['Do not delete claims of the later pods: they are not the cause.'],
};

export const brokenRevision: CodeEntry = {
  code: 'statefulset.broken-revision',
  group,
  severity: 'critical',
  title: 'StatefulSet is stuck on a broken revision',
  means:
    'A pod of an earlier, broken revision does not become ready, and Kubernetes waits for it before it applies the corrected template. It is a known limitation: the pod must be deleted by hand.',
  recognised:
    "A pod fails whose controller-revision-hash is not the StatefulSet's updateRevision, with OrderedReady and RollingUpdate.",
  nextSteps: ['Delete the failing pod; it is made again from the current template: `kubectl delete pod NAME`.'],
  avoid: [
    'Do not delete its PersistentVolumeClaim: the new pod takes it over with its data.',
    'Do not change the template again: it would not be applied either.',
  ],
};

export const partitionLeft: CodeEntry = {
  code: 'statefulset.partition',
  group,
  severity: 'warning',
  title: 'StatefulSet updates only part of its pods',
  means:
    'updateStrategy.rollingUpdate.partition holds pods below its number at the old revision. It is meant for canaries and easily left behind.',
  recognised: 'partition is above 0, and updateRevision differs from currentRevision.',
  nextSteps: ['Lower the partition to 0 when the canary is good, or undo the change.'],
  avoid: ['Do not set it to 0 before the canary has been looked at: all pods are then updated.'],
};

export const onDelete: CodeEntry = {
  code: 'statefulset.on-delete',
  group,
  severity: 'warning',
  title: 'Changed template waits for pods to be deleted',
  means: 'With updateStrategy OnDelete a changed template is used only for pods that somebody deletes.',
  recognised: 'updateStrategy OnDelete, and updateRevision differs from currentRevision.',
  nextSteps: ['Delete the pods one by one when it suits, or use RollingUpdate.'],
  avoid: ['Do not delete all pods at once: they are replaced together, without waiting for one another.'],
};
