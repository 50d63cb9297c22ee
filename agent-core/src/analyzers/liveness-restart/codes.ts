import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'probe', severity: 'critical' } as const;

export const killedByLiveness: CodeEntry = {
  ...base,
  code: 'pod.liveness.killed',
  title: 'Killed by its liveness probe',
  means:
    'The kubelet kills the container again and again because its liveness probe fails after it has run for a while: the program hangs, is too slow for the probe, or reports itself dead.',
  recognised: 'An event "failed liveness probe, will be restarted" for a container that crashes.',
  nextSteps: [
    'Find out why the program stops answering: its log before the kill, CPU throttling, a blocked pool.',
    'Make the liveness probe check the program alone, not what it depends on; give it a longer timeoutSeconds and failureThreshold if it is only slow.',
  ],
  avoid: ['Do not simply remove the probe before you know whether the program hangs.'],
};

export const startTooSlow: CodeEntry = {
  ...base,
  code: 'pod.liveness.startup-too-slow',
  title: 'Killed by its liveness probe while still starting',
  means:
    'The program needs longer to start than its liveness probe allows, is killed before it serves, and starts from the beginning.',
  recognised:
    'The liveness probe kills the container about as long after each start as the probe allows at the least, without an answer before; there is no startup probe.',
  nextSteps: [
    'Add a startup probe with the same check and enough time (failureThreshold × periodSeconds): liveness waits for it.',
    'Or see why the start takes so long: CPU limit, migrations, a dependency that it waits for.',
  ],
  avoid: ['Do not only raise initialDelaySeconds: every later restart then takes as long.'],
};

export const startBudgetExceeded: CodeEntry = {
  ...base,
  code: 'pod.startup.budget-exceeded',
  title: 'Killed because its start takes longer than its startup probe allows',
  means:
    'The startup probe gave the program its time, the program did not answer within it, and the kubelet starts it again.',
  recognised: 'An event "failed startup probe, will be restarted" for a container that crashes.',
  nextSteps: [
    'See in its log how far the start gets; raise failureThreshold of the startup probe if it only needs longer.',
  ],
  avoid: ['Do not remove the startup probe: liveness would kill the program even sooner.'],
};
