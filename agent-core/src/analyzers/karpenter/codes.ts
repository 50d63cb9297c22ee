import type { CodeEntry } from '@autodevops/domain/finding';

export const notLaunched: CodeEntry = {
  code: 'karpenter.claim.not-launched',
  group: 'ecosystem',
  title: 'The cloud gives Karpenter no machine',
  severity: 'critical',
  means: 'Karpenter has ordered a machine for pods that wait, and the cloud refuses the order again and again.',
  recognised: 'A NodeClaim of more than two minutes whose condition Launched is False, or has the reason LaunchFailed.',
  nextSteps: [
    "Do what the cloud's answer asks for: grant Karpenter's role the permission that it names, raise the quota, or allow other instance types, zones or capacity types in the NodePool.",
  ],
  avoid: ['Do not delete the NodeClaim to have it made anew: the next order is refused in the same way.'],
};

export const notStarted: CodeEntry = {
  code: 'karpenter.claim.not-initialized',
  group: 'ecosystem',
  title: 'A machine of Karpenter is never ready for pods',
  severity: 'critical',
  means:
    'The machine is a node of the cluster, and Karpenter still waits for something before it counts as started: for a startup taint to be taken away, or for a resource that its driver must offer.',
  recognised:
    'A NodeClaim that registered more than a quarter of an hour ago and whose condition Initialized is not True.',
  nextSteps: [
    'A startup taint must be taken away by somebody (an agent that runs on the node and removes it when it is ready). If it is to keep other pods off, it belongs in `taints` of the NodePool, not in `startupTaints`.',
    'For a resource that is not registered, look at its device plugin on that node.',
  ],
  avoid: ['Do not delete the node: the next one waits in the same way.'],
};

export const notRegistered: CodeEntry = {
  code: 'karpenter.claim.not-registered',
  group: 'ecosystem',
  title: 'A machine of Karpenter does not join the cluster',
  severity: 'critical',
  means:
    'The cloud has started the machine, and its kubelet has not registered as a node. Karpenter deletes it after a quarter of an hour and orders another one, for as long as pods wait.',
  recognised: 'A NodeClaim that was launched more than five minutes ago and whose condition Registered is not True.',
  nextSteps: [
    "Admit the machine's role to the cluster: on EKS as an access entry of type EC2_LINUX, or in the ConfigMap `aws-auth` with the groups system:bootstrappers and system:nodes.",
    "Read the kubelet's log on the machine (over SSM or its serial console): a wrong image, user data, or a subnet without a way to the API server show there.",
  ],
  avoid: ['Do not raise the limits of the NodePool: more machines would start, be paid for, and not join either.'],
};
