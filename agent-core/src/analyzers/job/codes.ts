import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;

export const backoffLimit: CodeEntry = {
  code: 'job.backoff-limit',
  group,
  severity: 'critical',
  title: 'Job failed after all its retries',
  means: 'Every attempt of the Job ended with an error, and it is not tried again.',
  recognised:
    'The Job has the condition Failed with reason BackoffLimitExceeded (or that of failed indexes), and no later run of the same Job succeeded.',
  nextSteps: [
    'Read the log of the failed pods (`kubectl logs job/NAME`), repair the cause, and make the Job anew: a failed Job does not start again.',
  ],
  avoid: ['Do not raise backoffLimit before you know why the attempts fail.'],
};

export const deadline: CodeEntry = {
  code: 'job.deadline',
  group,
  severity: 'critical',
  title: 'Job ran longer than it may',
  means: 'The Job was ended because it was not complete within activeDeadlineSeconds.',
  recognised: 'The Job has the condition Failed with reason DeadlineExceeded.',
  nextSteps: [
    'See what took so long (a pod that never started counts too: image, scheduling, volume), then raise the deadline or speed the work up.',
  ],
  avoid: ['Do not remove the deadline of a Job that can hang: it would hold its resources for ever.'],
};

export const podPolicy: CodeEntry = {
  code: 'job.pod-failure-policy',
  group,
  severity: 'critical',
  title: 'Job was ended by its pod failure policy',
  means: "A pod ended in a way for which the Job's policy says: do not try again.",
  recognised: 'The Job has the condition Failed with reason PodFailurePolicy.',
  nextSteps: ['See the exit code in the condition and what the program means by it.'],
  avoid: ['Do not remove the rule that ended it: the failure that it names is one that repeating does not cure.'],
};

export const suspended: CodeEntry = {
  code: 'job.suspended',
  group,
  severity: 'warning',
  title: 'Job is suspended',
  means: 'The Job does not run until somebody, or a queue such as Kueue, resumes it.',
  recognised: 'spec.suspend is true and the Job has not ended.',
  nextSteps: [
    'Resume it when it should run: `kubectl patch job/NAME --type=strategic -p \'{"spec":{"suspend":false}}\'`; a queued Job is resumed by its queue.',
  ],
  avoid: ['Do not resume by hand what a queue manages: it goes around the quota.'],
};
