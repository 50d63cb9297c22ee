import type { CodeEntry } from '@autodevops/domain/finding';

export const preempted: CodeEntry = {
  code: 'pod.preempted',
  group: 'scheduling',
  severity: 'warning',
  title: 'Pod had to make room for one of higher priority',
  means:
    'The scheduler ended a pod to place another with a higher priority. Its replacement waits until there is room again.',
  recognised:
    'A Preempted event of the scheduler on a pod within the last hour; the problem is current while a pod of the same workload waits for a node.',
  nextSteps: [
    'See which pod came (the event names its uid or name) and whether it deserves its priority.',
    'Add room, lower the requests of the newcomer, or give this workload a PriorityClass that fits its importance.',
  ],
  avoid: ["Do not raise every workload's priority: preemption then only moves to the next."],
};
