import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'admission' as const;
const severity = 'critical' as const;
const avoid = ['Do not delete the LimitRange: other workloads of the namespace rely on its defaults.'];

export const limitMaximum: CodeEntry = {
  code: 'admission.limit-range.maximum',
  group,
  severity,
  title: 'Pod asks for more than the LimitRange allows',
  means:
    'The namespace allows a container, pod or claim at most so much, and this one sets more (or sets no limit where one is demanded), so it is refused.',
  recognised: '"maximum … usage per … is …" in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: ['Lower the request or limit in the workload to the maximum, or raise max in the LimitRange.'],
  avoid,
};

export const limitMinimum: CodeEntry = {
  code: 'admission.limit-range.minimum',
  group,
  severity,
  title: 'Pod asks for less than the LimitRange demands',
  means:
    'The namespace demands at least so much for a container, pod or claim, and this one sets less or nothing, so it is refused.',
  recognised: '"minimum … usage per … is …" in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: ['Raise the request in the workload to the minimum, or lower min in the LimitRange.'],
  avoid,
};

export const limitRatio: CodeEntry = {
  code: 'admission.limit-range.ratio',
  group,
  severity,
  title: 'Limit is too far above the request',
  means: 'The namespace bounds how far a limit may exceed its request, and this container goes beyond.',
  recognised: '"max limit to request ratio per …" in a FailedCreate event or a ReplicaFailure condition.',
  nextSteps: ['Raise the request or lower the limit in the workload until the ratio holds.'],
  avoid,
};

export const limitDefault: CodeEntry = {
  code: 'admission.limit-range.default-conflict',
  group,
  severity,
  title: "Default limit of the namespace is below the pod's request",
  means:
    "The container sets a request but no limit; the LimitRange's default limit is lower than that request, which is not allowed, so the pod is refused.",
  recognised:
    '"is invalid … must be less than or equal to … limit" in a FailedCreate event, while the container itself sets no such limit and a LimitRange gives a default.',
  nextSteps: ["Set a limit in the workload that is at least the request, or raise the LimitRange's default."],
  avoid,
};
