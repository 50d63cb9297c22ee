import type { CodeEntry } from '@autodevops/domain/finding';

export const queueInactive: CodeEntry = {
  code: 'kueue.queue-inactive',
  group: 'ecosystem',
  title: 'Queue admits no work',
  severity: 'critical',
  means:
    'Kueue holds work back until a queue admits it, and this queue is not active: it names a flavour, an admission check or another queue that does not exist. Jobs stay suspended without an error of their own.',
  recognised:
    'The condition Active of a ClusterQueue or LocalQueue is False for more than two minutes, for another reason than that somebody stopped it.',
  nextSteps: [
    'Make what the condition says is missing, or correct the name in the queue.',
    'Then see that the waiting Workloads are admitted: `kubectl get workloads -A`.',
  ],
  avoid: ['Do not resume the Jobs by hand: Kueue suspends them again, and their resources would not be counted.'],
};
