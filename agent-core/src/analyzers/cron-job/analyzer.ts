import type { Finding } from '@autodevops/domain/finding';
import { formatDuration } from '@autodevops/domain/duration';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { CronJob, Job } from '@autodevops/domain/kubernetes/workload';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { podsOwnedBy } from '../../reading/pods/owned-pods.ts';
import { ageOf, newestEvents } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { blocked, cronSuspended, missed, pilingUp, replaced, scheduleInvalid } from './codes.ts';
import { checkReplaced } from './replaced.ts';
import { isTimeZone, readSchedule, scheduledBetween } from './schedule.ts';

interface Subject {
  readonly snapshot: Snapshot;
  readonly cron: CronJob;
  readonly ref: ObjectRef;
  /** Unfinished Jobs that exist, oldest first. */
  readonly active: readonly Job[];
}

function activeJobs(snapshot: Snapshot, cron: CronJob): readonly Job[] {
  const jobs = snapshot
    .ownedBy(cron.metadata.uid)
    .flatMap((owned) => (owned.kind === 'Job' ? [owned.object as Job] : []));
  const running = jobs.filter(
    (job) =>
      job.spec.suspend !== true &&
      !job.status.conditions.some((c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True'),
  );
  return running.toSorted((a, b) =>
    (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''),
  );
}

function author(cron: CronJob): string {
  const last = cron.metadata.managers
    .filter((m) => m.subresource === '')
    .toSorted((a, b) => a.time.localeCompare(b.time))
    .at(-1);
  return last === undefined ? '' : ` (written last by ${last.manager})`;
}

function checkSuspended({ snapshot, cron, ref }: Subject): readonly Finding[] {
  const last = cron.status.lastScheduleTime;
  const ago = ageOf(snapshot, last);
  return [
    finding(cronSuspended, {
      object: ref,
      standing: 'expected',
      cause: `${refText(ref)} is suspended${author(cron)}${ago === undefined ? '' : `; it ran last ${formatDuration(ago)} ago`}.`,
      since: '',
      evidence: [
        fromSpec(ref, 'spec.suspend', 'true'),
        ...(last === undefined ? [] : [fromStatus(ref, 'status.lastScheduleTime', last, last)]),
      ],
      changes: [{ action: 'resume-cronjob', target: ref, params: {}, risk: 'medium' }],
    }),
  ];
}

const invalidReasons = ['UnparseableSchedule', 'InvalidSchedule', 'UnParseableCronJobSchedule', 'UnknownTimeZone'];

function checkInvalid({ snapshot, cron, ref }: Subject): readonly Finding[] {
  const { schedule, timeZone } = cron.spec;
  const event = newestEvents(snapshot, ref, ...invalidReasons)[0];
  const readable = readSchedule(schedule) !== undefined;
  const known = timeZone === undefined || isTimeZone(timeZone);
  if (readable && known) return [];
  const cause = readable
    ? `Time zone "${timeZone ?? ''}" is not known.`
    : `Schedule "${schedule}" cannot be read: it must be minute, hour, day, month and weekday.`;
  return [
    finding(scheduleInvalid, {
      object: ref,
      confidence: event === undefined ? 'medium' : 'high',
      cause,
      since: event?.first ?? '',
      evidence: [
        readable ? fromSpec(ref, 'spec.timeZone', timeZone ?? '') : fromSpec(ref, 'spec.schedule', schedule),
        ...(event === undefined ? [] : [fromEvent(event)]),
      ],
    }),
  ];
}

function jobsBecause(snapshot: Snapshot, jobs: readonly Job[]): Finding['because'] {
  return jobs.slice(0, 10).flatMap((job) => [
    { object: refTo('Job', job) },
    ...podsOwnedBy(snapshot, job.metadata.uid)
      .slice(0, 5)
      .map((pod) => ({ object: refTo('Pod', pod) })),
  ]);
}

const most = 3;

function checkPilingUp({ snapshot, cron, ref, active }: Subject): readonly Finding[] {
  const [oldest] = active;
  if ((cron.spec.concurrencyPolicy ?? 'Allow') !== 'Allow' || active.length < most || oldest === undefined) return [];
  return [
    finding(pilingUp, {
      object: ref,
      cause: `${active.length} Jobs of ${refText(ref)} run at once, the oldest (${oldest.metadata.name}) for ${formatDuration(ageOf(snapshot, oldest.metadata.creationTimestamp) ?? 0)}, and concurrencyPolicy Allow starts more.`,
      since: oldest.metadata.creationTimestamp ?? '',
      evidence: [
        fromStatus(
          ref,
          'status.active',
          active
            .map((job) => job.metadata.name)
            .slice(0, 10)
            .join(', '),
        ),
        fromSpec(ref, 'spec.concurrencyPolicy', cron.spec.concurrencyPolicy ?? 'Allow (default)'),
      ],
      because: jobsBecause(snapshot, active),
      changes: [{ action: 'suspend-cronjob', target: ref, params: {}, risk: 'medium' }],
    }),
  ];
}

/** Scheduled times that have passed since a moment, without the last two minutes, in which a start may be under way. */
function passedSince({ snapshot, cron }: Subject, from: string | undefined): readonly number[] {
  const schedule = readSchedule(cron.spec.schedule);
  const start = Date.parse(from ?? '');
  if (schedule === undefined || Number.isNaN(start)) return [];
  return scheduledBetween(schedule, { from: start, to: snapshot.now - 120_000, timeZone: cron.spec.timeZone }, 100);
}

function checkBlocked(subject: Subject): readonly Finding[] {
  const { snapshot, cron, ref, active } = subject;
  const [oldest] = active;
  if (cron.spec.concurrencyPolicy !== 'Forbid' || oldest === undefined) return [];
  const passed = passedSince(subject, oldest.metadata.creationTimestamp).length;
  if (passed < most) return [];
  const event = newestEvents(snapshot, ref, 'JobAlreadyActive')[0];
  return [
    finding(blocked, {
      object: ref,
      cause: `Job ${oldest.metadata.name} runs for ${formatDuration(ageOf(snapshot, oldest.metadata.creationTimestamp) ?? 0)} and does not end, so ${passed >= 100 ? '100 and more' : passed} later runs of ${refText(ref)} were not started (concurrencyPolicy Forbid).`,
      since: oldest.metadata.creationTimestamp ?? '',
      evidence: [
        fromSpec(ref, 'spec.concurrencyPolicy', 'Forbid'),
        fromStatus(refTo('Job', oldest), 'status.active', String(oldest.status.active ?? 0)),
        ...(event === undefined ? [] : [fromEvent(event)]),
      ],
      because: jobsBecause(snapshot, [oldest]),
    }),
  ];
}

function missEvent(subject: Subject): ClusterEvent | undefined {
  const event = newestEvents(
    subject.snapshot,
    subject.ref,
    'TooManyMissedTimes',
    'FailedNeedsStart',
    'MissSchedule',
  )[0];
  if (event === undefined) return undefined;
  // A start after the event says that it works again.
  return (subject.cron.status.lastScheduleTime ?? '') > (event.last ?? '') ? undefined : event;
}

function checkMissed(subject: Subject): readonly Finding[] {
  const { snapshot, cron, ref } = subject;
  // A change (resumed, another schedule) starts the count anew.
  const from = [cron.status.lastScheduleTime ?? '', lastChange(cron)].toSorted().at(-1);
  const zoned = cron.spec.timeZone !== undefined;
  const passed = passedSince(subject, from);
  const event = missEvent(subject);
  if (passed.length < most || newestEvents(snapshot, ref, 'FailedCreate').length > 0) return [];
  const short = (cron.spec.startingDeadlineSeconds ?? 60) < 10;
  const why = short ? ` (startingDeadlineSeconds ${cron.spec.startingDeadlineSeconds ?? 0} is too short)` : '';
  return [
    finding(missed, {
      object: ref,
      // Without a time zone the schedule is that of the controller's machine; many passed times leave no doubt.
      confidence: event !== undefined || short ? 'high' : zoned || passed.length >= 24 ? 'medium' : 'low',
      cause: `${refText(ref)} should have started ${passed.length >= 100 ? '100 times and more' : `${passed.length} times`} since ${from ?? ''} and did not${why}.`,
      since: passed.length >= 100 ? '' : new Date(passed.at(-1) ?? snapshot.now).toISOString(),
      evidence: [
        fromSpec(ref, 'spec.schedule', cron.spec.schedule),
        fromStatus(ref, 'status.lastScheduleTime', cron.status.lastScheduleTime ?? 'never'),
        ...(event === undefined ? [] : [fromEvent(event)]),
      ],
      because: [{ object: refByName('Lease', 'kube-system', 'kube-controller-manager'), codes: ['control-plane.'] }],
    }),
  ];
}

function check(snapshot: Snapshot, cron: CronJob): readonly Finding[] {
  if (cron.metadata.deletionTimestamp !== undefined) return [];
  const subject: Subject = { snapshot, cron, ref: refTo('CronJob', cron), active: activeJobs(snapshot, cron) };
  const invalid = checkInvalid(subject);
  if (invalid.length > 0) return invalid;
  if (cron.spec.suspend === true) return checkSuspended(subject);
  const sinceSuccess = passedSince(
    subject,
    [cron.status.lastSuccessfulTime ?? cron.metadata.creationTimestamp ?? '', lastChange(cron)].toSorted().at(-1),
  ).length;
  const held = [
    ...checkPilingUp(subject),
    ...checkBlocked(subject),
    ...checkReplaced(snapshot, cron, { active: subject.active, missed: sinceSuccess }),
  ];
  const forbids =
    cron.spec.concurrencyPolicy === 'Forbid' && (subject.active.length > 0 || cron.status.active.length > 0);
  return held.length > 0 || forbids ? held : checkMissed(subject);
}

export const cronJob: Analyzer = {
  name: 'cron-job',
  codes: [cronSuspended, scheduleInvalid, pilingUp, blocked, replaced, missed],
  analyze: (snapshot) => snapshot.list('CronJob').flatMap((cron) => check(snapshot, cron)),
};
