import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;

export const podAdopted: CodeEntry = {
  code: 'workload.pod-adopted',
  group,
  severity: 'warning',
  title: 'A foreign pod was adopted by its labels',
  means:
    'A pod that was made by hand or by somebody else carries labels that a controller selects, so the controller counts it as its own and runs one proper pod less.',
  recognised: "A pod's controller is a ReplicaSet or StatefulSet of which it has neither the name nor the containers.",
  nextSteps: ['Give the foreign pod other labels: the controller then lets go of it and makes a proper one.'],
  avoid: ['Do not delete the controller to get rid of the pod: its proper pods go too.'],
};

export const podOrphaned: CodeEntry = {
  code: 'workload.pod-orphaned',
  group,
  severity: 'warning',
  title: 'A pod has lost its controller',
  means:
    'The pod was made by a ReplicaSet (it carries a pod-template-hash) and no controller owns it now: nobody replaces it when its node fails, and it keeps running what the workload ran then. A Service may still send requests to it.',
  recognised: 'A pod with the label pod-template-hash and without an owner.',
  nextSteps: ['Delete the pod if nobody keeps it on purpose (a pod is sometimes set aside for debugging).'],
  avoid: ['Do not add an owner by hand; delete the pod, or keep it knowingly.'],
};

export const selectorConflict: CodeEntry = {
  code: 'workload.selector-conflict',
  group,
  severity: 'warning',
  title: 'Two workloads select the same pods',
  means:
    "Two workloads of a namespace have selectors that match one another's pods. Autoscalers refuse to work on them, disruption budgets and Services count both, and a change of labels can make one take the other's pods.",
  recognised: 'An event or condition says so (AmbiguousSelector, ConflictingController), and the selectors overlap.',
  nextSteps: [
    "Give each workload a label of its own and select by it; a Deployment's selector cannot be changed, so it must be made anew.",
  ],
  avoid: ['Do not change labels of running pods by hand.'],
};
