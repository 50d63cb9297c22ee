import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'admission' as const;
const severity = 'critical' as const;

export const policyDenied: CodeEntry = {
  code: 'admission.policy.denied',
  group,
  severity,
  title: 'ValidatingAdmissionPolicy refuses the pods',
  means: 'A policy of the API server itself (a CEL expression) refuses the pods of a workload.',
  recognised:
    '"ValidatingAdmissionPolicy … denied request" in a FailedCreate event or a ReplicaFailure condition, while the owner lacks pods.',
  nextSteps: [
    "Change the workload so that the policy's expression holds, or ask the policy's owners for an exception in its binding.",
  ],
  avoid: ['Do not delete the policy or its binding because of one workload.'],
};

export const priorityClassMissing: CodeEntry = {
  code: 'admission.priority-class-missing',
  group,
  severity,
  title: 'PriorityClass does not exist',
  means:
    'The pod template names a PriorityClass that the cluster does not have, so its pods are refused before they exist.',
  recognised: '"no PriorityClass with name … was found" in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: ['Correct priorityClassName in the workload, or create the PriorityClass.'],
  avoid: ['Do not use system-cluster-critical or system-node-critical for ordinary workloads.'],
};

export const runtimeClassMissing: CodeEntry = {
  code: 'admission.runtime-class-missing',
  group,
  severity,
  title: 'RuntimeClass does not exist',
  means:
    'The pod template names a RuntimeClass (gVisor, Kata, NVIDIA, ...) that the cluster does not have, so its pods are refused before they exist.',
  recognised: '"RuntimeClass … not found" in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: [
    'Correct runtimeClassName in the workload (`kubectl get runtimeclasses`), or install what brings the class.',
  ],
  avoid: ['Do not leave runtimeClassName out only to have it start, where the workload is to be isolated by it.'],
};

export const podsNotCreated: CodeEntry = {
  code: 'workload.pods-not-created',
  group,
  severity,
  title: 'Pods cannot be created',
  means: 'The workload lacks pods because the API server refuses to create them; there is no pod to look at.',
  recognised: 'A ReplicaFailure condition, or a FailedCreate event while the workload has fewer pods than it wants.',
  nextSteps: ["Read the API server's text: it says which rule refuses and what to change."],
  avoid: ['Do not scale up: every new pod is refused alike.'],
};
