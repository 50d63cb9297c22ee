import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'admission' as const;
const severity = 'critical' as const;
const avoid = ['Do not delete the quota: it protects the other namespaces of the cluster.'];

export const quotaCompute: CodeEntry = {
  code: 'admission.quota.compute',
  group,
  severity,
  title: 'CPU or memory quota of the namespace is used up',
  means:
    "The namespace may not ask for more CPU, memory or devices in all, so new pods are refused before they exist. There is no pod to look at, only the owner's event.",
  recognised:
    '"exceeded quota" with a compute resource in a FailedCreate event or a ReplicaFailure condition, while the owner lacks pods.',
  nextSteps: [
    'Lower requests and limits of workloads in the namespace, or scale down what is not needed.',
    'Raise the quota if the namespace is to grow; a rolling update needs room for its surge as well.',
  ],
  avoid,
};

export const quotaObjects: CodeEntry = {
  code: 'admission.quota.objects',
  group,
  severity,
  title: 'Quota of a number of objects is used up',
  means:
    'The namespace has as many objects of a kind (pods, services, claims, jobs) as its quota allows, so another is refused.',
  recognised:
    '"exceeded quota" with pods, services, persistentvolumeclaims or count/… in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: [
    'Delete objects of that kind that are not needed (finished Jobs and their pods count until they are removed), or raise the quota.',
  ],
  avoid,
};

export const quotaStorage: CodeEntry = {
  code: 'admission.quota.storage',
  group,
  severity,
  title: 'Storage quota of the namespace is used up',
  means:
    'The claims of the namespace ask for as much storage as its quota allows, so a new claim is refused and its pod cannot be made.',
  recognised: '"exceeded quota" with requests.storage or a storage class in a FailedCreate event.',
  nextSteps: ['Remove claims that are not needed (after a backup), ask for less, or raise the quota.'],
  avoid: [...avoid, 'Do not delete claims before you know what is on them.'],
};

export const quotaUnspecified: CodeEntry = {
  code: 'admission.quota.unspecified',
  group,
  severity,
  title: 'Quota demands requests or limits that the pod does not set',
  means:
    'A quota on CPU or memory makes requests or limits obligatory for every container of the namespace; pods without them are refused.',
  recognised: '"failed quota … must specify" in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: [
    "Set the named requests and limits in the workload's containers, or give the namespace a LimitRange with defaults.",
  ],
  avoid,
};

export const quotaContradiction: CodeEntry = {
  code: 'admission.quota.contradiction',
  group,
  severity,
  title: 'LimitRange and ResourceQuota contradict each other',
  means:
    'What the LimitRange gives or demands of a single container is more than the whole quota of the namespace, so such a pod can never be created.',
  recognised:
    "The LimitRange's min, or the default that the refused pod got, exceeds the quota's hard value of the same resource.",
  nextSteps: ["Bring the two in line: raise the quota, or lower the LimitRange's default or min."],
  avoid,
};

export const quotaScope: CodeEntry = {
  code: 'admission.quota.scope',
  group,
  title: 'No quota covers the priority of the pods',
  severity: 'critical',
  means:
    'The API server admits pods of this scope (mostly of a critical priority class) only in a namespace that has a ResourceQuota for it. Not one of these pods is created.',
  recognised: 'FailedCreate with "insufficient quota to match these scopes".',
  nextSteps: [
    'Create a ResourceQuota in the namespace with a `scopeSelector` for that scope and enough `pods`, if the workload deserves that priority.',
    'Otherwise take the priority class off the pod template.',
  ],
  avoid: ['Do not move the workload to kube-system only to be admitted.'],
};
