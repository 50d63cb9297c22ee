import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;
const severity = 'warning' as const;

export const noRequest: CodeEntry = {
  code: 'hpa.no-request',
  group,
  severity,
  title: 'Autoscaler has no request to compare with',
  means:
    'The HorizontalPodAutoscaler scales by a percentage of the requested CPU or memory, and a container of its target requests none, so it does nothing at all.',
  recognised:
    'ScalingActive=False with "missing request for …", or a container of the target without that request (sidecars count too).',
  nextSteps: [
    'Set the request in every container of the target, sidecars included, or scale by an average value or by one container (type ContainerResource).',
  ],
  avoid: ['Do not scale by hand meanwhile without noting it: the autoscaler takes over as soon as it can compute.'],
};

export const noMetricsApi: CodeEntry = {
  code: 'hpa.no-metrics-api',
  group,
  severity,
  title: 'Autoscaler gets no metrics',
  means:
    'The metrics API that the HorizontalPodAutoscaler reads does not answer, mostly because metrics-server is not installed or not healthy. Nothing is scaled.',
  recognised:
    'ScalingActive=False with FailedGetResourceMetric (or pods, object, external) and an error of the metrics API; the APIService of metrics.k8s.io is absent or not available.',
  nextSteps: [
    'Install or repair metrics-server (`kubectl get apiservice v1beta1.metrics.k8s.io`, `kubectl top pods`); for custom and external metrics the adapter.',
  ],
  avoid: ['Do not scale by hand and forget it: once metrics are back the autoscaler sets the size anew.'],
};

export const metricMissing: CodeEntry = {
  code: 'hpa.metric-missing',
  group,
  severity,
  title: 'Autoscaler does not find its metric',
  means:
    'The metrics API answers, but not with the metric that the HorizontalPodAutoscaler asks for, so it cannot compute a size.',
  recognised:
    'ScalingActive=False with FailedGetPodsMetric, FailedGetObjectMetric, FailedGetExternalMetric or FailedGetResourceMetric, and the metrics API itself works.',
  nextSteps: ["Check the metric's name and labels and that the target's pods are ready and export it."],
  avoid: ['Do not replace the metric by another only because that one is there: it may not follow the load.'],
};

export const targetMissing: CodeEntry = {
  code: 'hpa.target-missing',
  group,
  severity,
  title: "Autoscaler's target does not exist",
  means: 'The HorizontalPodAutoscaler points at a workload that is not there, so it does nothing.',
  recognised: 'AbleToScale=False with FailedGetScale and "not found", and no such workload in the namespace.',
  nextSteps: ['Correct scaleTargetRef, or delete the autoscaler if its workload was removed on purpose.'],
  avoid: ['Do not create a workload of that name to satisfy the autoscaler.'],
};

export const atMaximum: CodeEntry = {
  code: 'hpa.at-maximum',
  group,
  severity,
  title: 'Autoscaler is at its maximum and wants more',
  means: 'The load calls for more replicas than maxReplicas allows. Users may notice slowness.',
  recognised: 'ScalingLimited=True with reason TooManyReplicas while the current replicas equal maxReplicas.',
  nextSteps: [
    'Check whether the load is real (a retry storm, a slow dependency), then raise maxReplicas if the cluster and the dependencies can take it.',
  ],
  avoid: ['Do not raise the maximum before you know that a database behind it can take more connections.'],
};

export const conflict: CodeEntry = {
  code: 'hpa.conflict',
  group,
  severity,
  title: 'Two autoscalers fight over one workload',
  means:
    "Two autoscalers set the size (or one the size and one the requests it is computed from) of the same workload and undo one another's decisions.",
  recognised:
    'Two HorizontalPodAutoscalers with the same scaleTargetRef, or one and a VerticalPodAutoscaler in mode Auto on the same resource.',
  nextSteps: ['Keep one of them; several metrics can be in one HorizontalPodAutoscaler.'],
  avoid: ['Do not raise minReplicas of one to overrule the other: they then fight at another size.'],
};

export const unableToScale: CodeEntry = {
  code: 'hpa.unable-to-scale',
  group,
  severity,
  title: 'Autoscaler cannot change its target',
  means: "The HorizontalPodAutoscaler knows what size it wants and cannot read or write the target's scale.",
  recognised: 'AbleToScale=False with FailedGetScale or FailedUpdateScale while the target exists.',
  nextSteps: ['Read the text: permission of the controller, a webhook, or a kind without a scale subresource.'],
  avoid: ['Do not scale by hand before you know what refuses: the same will refuse the autoscaler again.'],
};

export const flapping: CodeEntry = {
  code: 'hpa.flapping',
  group,
  severity,
  title: 'Autoscaler goes up and down all the time',
  means:
    'The HorizontalPodAutoscaler adds many pods and takes them away again within minutes. Each turn costs starts, cold caches and dropped connections, and the load on the pods that remain sets off the next one.',
  recognised:
    'Events SuccessfulRescale in both directions, at least five each within the last hour, between sizes that are a factor of two or more apart.',
  nextSteps: [
    'Let it wait before it scales down: spec.behavior.scaleDown.stabilizationWindowSeconds of 300 or more, and a policy that takes away a few pods at a time.',
    'Check the request that utilization is computed from: one that is far below real use turns each ripple into a jump. Check that pods are counted only once they are ready (a readiness probe that holds during the start).',
  ],
  avoid: [
    'Do not switch the autoscaler off under load: set minReplicas to what the load needs until its behavior is mended.',
  ],
};
