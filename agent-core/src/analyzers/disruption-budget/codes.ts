import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;
const severity = 'warning' as const;

export const blocksDrain: CodeEntry = {
  code: 'pdb.blocks-drain',
  group,
  severity,
  title: 'Disruption budget forbids every eviction',
  means:
    'The PodDisruptionBudget allows no pod to be evicted even when all are healthy, so a node with such a pod can never be drained: upgrades and scale-downs hang.',
  recognised:
    'status.disruptionsAllowed is 0 while all expected pods are healthy: minAvailable is as high as the number of replicas, or maxUnavailable is 0.',
  nextSteps: ['Run one replica more than minAvailable, or use maxUnavailable: 1.'],
  avoid: [
    'Do not delete the pods by hand to get a drain through: that goes around the budget and may end the service.',
  ],
};

export const overlap: CodeEntry = {
  code: 'pdb.overlap',
  group,
  severity,
  title: 'Pods are in two disruption budgets',
  means: 'The eviction API refuses to evict a pod that more than one PodDisruptionBudget selects, whatever they allow.',
  recognised: 'Pods match the selectors of two PodDisruptionBudgets of their namespace.',
  nextSteps: ['Narrow the selectors so that each pod is in one budget at most.'],
  avoid: ['Do not delete both budgets to get a drain through.'],
};
