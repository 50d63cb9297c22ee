import type { CodeEntry } from '@autodevops/domain/finding';

export const initFailing: CodeEntry = {
  code: 'pod.init.failing',
  group: 'crash',
  title: 'Init container fails',
  severity: 'critical',
  means:
    'A container that has to succeed before the others start fails again and again, so the pod never gets to its own work.',
  recognised: 'An init container ends with a code other than 0, and its output gives no reason that is known here.',
  nextSteps: ['Read its log: `kubectl logs POD -c INIT-CONTAINER`.'],
  avoid: ['Do not remove the init container before you know what the others need from it.'],
};

export const initHanging: CodeEntry = {
  code: 'pod.init.hanging',
  group: 'crash',
  title: 'Init container does not end',
  severity: 'critical',
  means:
    'A container that has to end before the others start runs on: it usually waits for something that does not come.',
  recognised: 'An init container has been running for minutes while the pod is not initialized.',
  nextSteps: [
    'See what it waits for, in its command and its log: `kubectl logs POD -c INIT-CONTAINER`.',
    'Give such waits a limit, so that they fail with a sentence.',
  ],
  avoid: ['Do not delete the pod to retry: the new one waits for the same.'],
};
