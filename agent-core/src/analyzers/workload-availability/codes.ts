import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;

export const unavailable: CodeEntry = {
  code: 'workload.unavailable',
  group,
  severity: 'critical',
  title: 'Workload has fewer ready pods than it wants',
  means: 'Some or all pods of the workload are missing or not ready. With none ready nobody is served.',
  recognised: "The ready replicas in the workload's status are below the wanted number for longer than a start takes.",
  nextSteps: ["Look at the pods that are not ready, or at the owner's events when pods are missing."],
  avoid: ['Do not scale up to make up for it before you know why the pods fail.'],
};

export const notObserved: CodeEntry = {
  code: 'workload.not-observed',
  group,
  severity: 'critical',
  title: 'A change was not taken up by its controller',
  means:
    'Somebody changed the workload, and the controller that should act on it has not seen the change: kube-controller-manager does not work or is far behind.',
  recognised: 'metadata.generation is above status.observedGeneration for more than a minute after the last change.',
  nextSteps: ['Look at kube-controller-manager: its pods in kube-system, its lease and its log.'],
  avoid: ['Do not repeat the change: it is stored already.'],
};
