import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'scheduling' as const;
const severity = 'critical' as const;

export const podAffinity: CodeEntry = {
  code: 'pod.unschedulable.pod-affinity',
  group,
  severity,
  title: 'No pod to be placed beside',
  means: 'The pod must run beside other pods (required pod affinity), and no node that it may use has such a pod.',
  recognised:
    'PodScheduled=False with "didn\'t match pod affinity rules"; the selector of the required podAffinity term matches no running pod, or only pods on nodes that cannot take this one.',
  nextSteps: [
    "Check that the pods it wants to be near exist and run, and that the term's labels and namespaces are spelt as theirs.",
    'Use preferred instead of required affinity if the nearness is only wanted.',
  ],
  avoid: ['Do not label another pod to satisfy the rule: the nearness would mean nothing.'],
};

export const podAntiAffinity: CodeEntry = {
  code: 'pod.unschedulable.pod-anti-affinity',
  group,
  severity,
  title: 'Anti-affinity leaves no node',
  means:
    'The pod must not share a node (or zone) with certain pods, or they not with it, and every node that it may use has one. Usually there are more replicas than nodes.',
  recognised:
    'PodScheduled=False with "didn\'t match pod anti-affinity rules" or "didn\'t satisfy existing pods anti-affinity rules".',
  nextSteps: [
    'Run at most as many replicas as there are suitable nodes (or zones), or add nodes.',
    'Turn the rule into preferredDuringScheduling if sharing is tolerable; for rolling updates set maxSurge to 0 or leave one node free.',
  ],
  avoid: ['Do not delete the pods that are in the way: they are the healthy replicas.'],
};

export const topologySpread: CodeEntry = {
  code: 'pod.unschedulable.topology-spread',
  group,
  severity,
  title: 'Topology spread leaves no node',
  means: 'A topology spread constraint with DoNotSchedule allows the pod only in zones or nodes that cannot take it.',
  recognised:
    'PodScheduled=False with "didn\'t match pod topology spread constraints"; "(missing required label)" when nodes lack the topology key.',
  nextSteps: [
    'See which domain is short of pods and why its nodes do not take one (full, cordoned, tainted, label missing).',
    'Raise maxSkew or use ScheduleAnyway if an uneven spread is tolerable.',
  ],
  avoid: ['Do not delete pods to even the spread out: it lowers the number that serve.'],
};
