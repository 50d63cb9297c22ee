import type { CodeEntry } from '@autodevops/domain/finding';

export const notReady: CodeEntry = {
  code: 'keda.scaled-object.not-ready',
  group: 'ecosystem',
  title: 'KEDA cannot scale',
  severity: 'warning',
  means: 'The workload keeps the replicas that it has, whatever the load.',
  recognised: 'A ScaledObject or ScaledJob has Ready=False and is not paused.',
  nextSteps: [
    "Read the condition and the events: the target does not exist, a trigger's address or credentials are wrong, or another autoscaler already scales the target.",
  ],
  avoid: ['Do not add a HorizontalPodAutoscaler of your own beside it: the two would fight.'],
};

export const fallback: CodeEntry = {
  code: 'keda.scaled-object.fallback',
  group: 'ecosystem',
  title: 'KEDA scales by its fallback',
  severity: 'warning',
  means: "The trigger's metric cannot be read, so the fixed number of the fallback is used.",
  recognised: 'A ScaledObject has Fallback=True.',
  nextSteps: ['Repair the source of the metric that the events name.'],
  avoid: ['Do not scale the workload by hand: KEDA sets its fallback again.'],
};
