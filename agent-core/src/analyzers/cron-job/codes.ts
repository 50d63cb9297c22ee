import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;

export const cronSuspended: CodeEntry = {
  code: 'cronjob.suspended',
  group,
  severity: 'warning',
  title: 'CronJob is suspended',
  means: 'The CronJob starts no Jobs until it is resumed. Runs that fall into the pause are not made up for.',
  recognised: 'spec.suspend of the CronJob is true.',
  nextSteps: ['If it should run again: `kubectl patch cronjob/NAME -p \'{"spec":{"suspend":false}}\'`.'],
  avoid: ['Do not resume it without asking who paused it: it may be switched off for a migration.'],
};

export const scheduleInvalid: CodeEntry = {
  code: 'cronjob.schedule-invalid',
  group,
  severity: 'critical',
  title: "CronJob's schedule or time zone is not valid",
  means: 'The controller cannot read the schedule (or its time zone), so the CronJob never starts a Job.',
  recognised:
    'Events UnparseableSchedule, InvalidSchedule or UnknownTimeZone, or a schedule that is not of five valid fields.',
  nextSteps: ['Correct spec.schedule (minute hour day month weekday) or spec.timeZone (a name such as Europe/Berlin).'],
  avoid: ['Do not write TZ= into the schedule; use spec.timeZone.'],
};

export const pilingUp: CodeEntry = {
  code: 'cronjob.piling-up',
  group,
  severity: 'warning',
  title: 'Jobs of the CronJob pile up',
  means:
    'New Jobs start while earlier ones still run (concurrencyPolicy Allow), and they become more: each run takes longer than the interval, or hangs.',
  recognised: 'Three or more unfinished Jobs of one CronJob at once.',
  nextSteps: [
    'Suspend the CronJob, so that no more begin: runs that have begun go on.',
    'See why the runs do not end, remove those that hang, and set concurrencyPolicy to Forbid or Replace and an activeDeadlineSeconds.',
  ],
  avoid: ['Do not just delete the newest Job: the oldest one is where it hangs.'],
};

export const blocked: CodeEntry = {
  code: 'cronjob.blocked',
  group,
  severity: 'warning',
  title: 'CronJob waits for a Job that does not end',
  means: 'With concurrencyPolicy Forbid no run starts while an earlier one is active, and that one goes on and on.',
  recognised:
    'concurrencyPolicy Forbid, an active Job, and several scheduled times have passed since it began (JobAlreadyActive events say the same).',
  nextSteps: ['See why the running Job does not end; give it an activeDeadlineSeconds.'],
  avoid: ['Do not change to Allow to get around it: the hanging Jobs would pile up.'],
};

export const replaced: CodeEntry = {
  code: 'cronjob.replaced',
  group,
  severity: 'warning',
  title: 'Runs of the CronJob are cut off by the next',
  means:
    'With concurrencyPolicy Replace each start deletes the run before. The runs take longer than the interval, so that none comes to its end, and nothing fails visibly.',
  recognised:
    'concurrencyPolicy Replace, an active Job, no failed one, and several scheduled times have passed since status.lastSuccessfulTime.',
  nextSteps: [
    'Give the runs more time between two starts, or set concurrencyPolicy to Forbid: the run that works is then left to end.',
    'See why a run takes so long: its log, its CPU limit, what it waits for.',
  ],
  avoid: ['Do not raise backoffLimit or the history limits: no run fails, each is deleted.'],
};

export const missed: CodeEntry = {
  code: 'cronjob.missed',
  group,
  severity: 'critical',
  title: 'CronJob does not start on schedule',
  means:
    'Scheduled times have passed without a Job: the controller did not work then, or startingDeadlineSeconds is too short, or too many starts were missed.',
  recognised: 'Several scheduled times since the last start, or events MissSchedule or TooManyMissedTimes.',
  nextSteps: [
    'See whether kube-controller-manager works and its clock is right.',
    'Set startingDeadlineSeconds to at least 60 (below 10 no Job may ever start), which also ends "too many missed start times".',
  ],
  avoid: ['Do not start the missed runs all at once: they may work on the same data.'],
};
