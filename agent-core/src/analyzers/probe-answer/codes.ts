import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'probe', severity: 'critical' } as const;

export const unhealthy: CodeEntry = {
  ...base,
  code: 'pod.probe.app-unhealthy',
  title: 'Program says that it is not ready',
  means:
    'The probe reaches the program, and the program itself answers that it is not ready. The probe does its work: the cause is in the program or in what it depends on.',
  recognised:
    'A readiness or startup probe fails with a status code of 500 or more, NOT_SERVING, or a command of its own that ends with an error.',
  nextSteps: [
    'Read the log of the container around the failing probes; ask the health path by hand for its text.',
    'Look at what the program depends on: database, cache, other Services.',
  ],
  avoid: ['Do not change or remove the probe: it keeps users from a program that does not work.'],
};

export const nothingListens: CodeEntry = {
  ...base,
  code: 'pod.probe.nothing-listens',
  title: 'Nothing listens on the port of the probe',
  means:
    'The container runs, but nothing in it listens on the port that the probe asks: the program is still starting, hangs before it serves, or serves elsewhere.',
  recognised:
    'A readiness or startup probe fails with "connection refused" a minute and more after the start of the container, sooner where an alert about it fires.',
  nextSteps: [
    'Read the log of the container: how far does its start get?',
    'Check on which port and address the program listens.',
  ],
  avoid: ['Do not remove the probe.'],
};

export const probeTimeout: CodeEntry = {
  ...base,
  code: 'pod.probe.timeout',
  title: 'Program answers the probe too late',
  means:
    'The program accepts the probe and does not answer within its timeout: it is overloaded, throttled, blocked, or its health check does slow work.',
  recognised: 'A readiness or startup probe fails with "context deadline exceeded" or another timeout.',
  nextSteps: [
    'See whether the container is throttled at its CPU limit or waits for something (its log, its CPU).',
    'Make the health path cheap; raise timeoutSeconds only if the answer is slow for a reason.',
  ],
  avoid: ['Do not raise the timeout far: users wait as long as the probe does.'],
};

export const probeFails: CodeEntry = {
  ...base,
  code: 'pod.probe.failing',
  title: 'Probe fails',
  means: 'The probe of the container fails in a way that no other rule explains.',
  recognised: 'An Unhealthy event since the start of a container that is not ready.',
  nextSteps: ['Read the quoted message and the log of the container.'],
  avoid: ['Do not remove the probe.'],
};
