import type { CodeEntry } from '@autodevops/domain/finding';

export const experimentActs: CodeEntry = {
  code: 'chaos.experiment.acts',
  group: 'ecosystem',
  title: 'A chaos experiment acts on these pods',
  // By itself it is what somebody wants; what it breaks gives it its weight.
  severity: 'info',
  means:
    'Somebody injects a fault on purpose (Chaos Mesh, Litmus). What the pods and their callers suffer since then is its effect, and ends with it.',
  recognised:
    'An experiment of Chaos Mesh has desiredPhase Run and injected pods, or an engine of Litmus has a running experiment. Killing a pod is done in a moment and does not count.',
  nextSteps: ['Ask whoever started it whether it is to go on.'],
  avoid: [
    'Do not change the workloads that it acts on: they are not what is broken.',
    "Do not remove the experiment's finalizer: the fault would stay in the pods.",
  ],
};
