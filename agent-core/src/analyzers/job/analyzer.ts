import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Job } from '@autodevops/domain/kubernetes/workload';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { seriesOf } from '../../reading/workloads/job-series.ts';
import { doneByLaterRelease } from '../../reading/workloads/later-release.ts';
import { outputOf } from '../../reading/output/output-line.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { tellingLine } from '../../reading/output/alarming-line.ts';
import { detailLine, detailText } from '../../reading/output/detail-line.ts';
import { verdictOf } from '../../reading/output/output-verdict.ts';
import { podsOwnedBy } from '../../reading/pods/owned-pods.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { conditionOf, containersOf } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { backoffLimit, deadline, podPolicy, suspended } from './codes.ts';
import { attemptsText, deadlineText, neverPlaced, placeFirst, withoutPods } from './failure-text.ts';

const codeOf: ReadonlyMap<string, CodeEntry> = new Map([
  ['DeadlineExceeded', deadline],
  ['PodFailurePolicy', podPolicy],
]);

/** What a pod's finding must be to say more than the Job: not merely that a container ends with an error. */
const telling: readonly string[] = [
  ...[
    'bad-',
    'disk-',
    'exception',
    'file-',
    'gpu-',
    'kernel-',
    'key-',
    'line-',
    'mode-',
    'open-',
    'part-',
    'port-',
    'privileged-',
    'processor',
    'service-',
    'threads-',
    'unknown-user',
    'variable-',
    'volume-',
  ].map((kind) => `pod.crash.${kind}`),
  ...[
    'config',
    'data',
    'dependency',
    'evicted',
    'exit',
    'image',
    'init',
    'kubelet',
    'liveness',
    'memory',
    'node',
    'preempted',
    'probe',
    'sandbox',
    'sched',
    'start',
    'terminating',
    'unschedulable',
    'volume',
  ].map((kind) => `pod.${kind}`),
  'dns.',
  'network',
  'node.',
  'permission.',
  'storage.',
];

const day = 24 * 60 * 60_000;

function hasEnded(job: Job, type: 'Complete' | 'Failed'): Condition | undefined {
  const condition = conditionOf(job.status.conditions, type);
  return condition?.status === 'True' ? condition : undefined;
}

function startOf(job: Job): string {
  return job.metadata.creationTimestamp ?? job.status.startTime ?? '';
}

/** The newest run that ended, of each series. */
function newestEnded(snapshot: Snapshot): ReadonlyMap<string, Job> {
  const newest = new Map<string, Job>();
  for (const job of snapshot.list('Job')) {
    if (hasEnded(job, 'Complete') === undefined && hasEnded(job, 'Failed') === undefined) continue;
    const series = seriesOf(snapshot, job);
    const held = newest.get(series);
    if (held === undefined || startOf(job) > startOf(held)) newest.set(series, job);
  }
  return newest;
}

/** A success after it that left no Job: the CronJob itself remembers. */
function succeededSince(snapshot: Snapshot, job: Job, failed: Condition): boolean {
  const owner = controllerOf(job);
  const cron = owner?.kind === 'CronJob' ? snapshot.get('CronJob', owner.namespace, owner.name) : undefined;
  return (cron?.status.lastSuccessfulTime ?? '') > (failed.lastTransitionTime ?? '');
}

/** What the newest of its failed pods said last. */
function lastWords(
  snapshot: Snapshot,
  pods: readonly Pod[],
): { pod: Pod; view: ContainerView; line: OutputLine; detail: OutputLine | undefined } | undefined {
  const newest = pods.toSorted((a, b) =>
    (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''),
  );
  for (const pod of newest) {
    for (const view of containersOf(pod)) {
      const { exitCode } = view.status?.state.terminated ?? {};
      const output = exitCode === undefined || exitCode === 0 ? [] : outputOf(snapshot, pod, view);
      const line = verdictOf(output)?.line ?? tellingLine(output);
      if (line !== undefined) return { pod, view, line, detail: detailLine(output, line) };
    }
  }
  return undefined;
}

function checkFailed(snapshot: Snapshot, job: Job): readonly Finding[] {
  const failed = hasEnded(job, 'Failed');
  if (
    failed === undefined ||
    job.metadata.deletionTimestamp !== undefined ||
    succeededSince(snapshot, job, failed) ||
    doneByLaterRelease(snapshot, job)
  ) {
    return [];
  }
  const age = ageOf(snapshot, failed.lastTransitionTime) ?? 0;
  if (age > 7 * day) return [];
  const ref = refTo('Job', job);
  const code = codeOf.get(failed.reason) ?? backoffLimit;
  const pods = podsOwnedBy(snapshot, job.metadata.uid);
  const words = lastWords(snapshot, pods);
  const unplaced = pods.length === 0 ? neverPlaced(snapshot, job) : undefined;
  const quoted =
    words === undefined
      ? ''
      : `; the last says: ${said(tellingPart(words.line), 160)}${words.detail === undefined ? '' : ` (${said(detailText(words.detail), 160)})`}`;
  const cause =
    code === deadline
      ? deadlineText(job, unplaced, quoted)
      : code === podPolicy
        ? `${refText(ref)} was ended by its pod failure policy: ${said(failed.message, 160)}${quoted}.`
        : `${refText(ref)} failed: ${attemptsText(job)}${quoted}.`;
  return [
    finding(code, {
      object: ref,
      severity: age > day ? 'warning' : code.severity,
      confidence: age > day ? 'low' : 'high',
      cause,
      since: failed.lastTransitionTime ?? '',
      evidence: [
        fromCondition(ref, failed),
        fromStatus(ref, 'status.failed', String(job.status.failed ?? 0)),
        ...(words === undefined
          ? []
          : [words.line, words.detail]
              .filter((line) => line !== undefined)
              .map((line) => fromOutput(refTo('Pod', words.pod), words.view, line))),
        ...(unplaced === undefined ? [] : [fromEvent(unplaced)]),
      ],
      because: [
        { object: ref, codes: ['admission.', 'workload.'] },
        ...pods.slice(0, 50).map((pod) => ({ object: refTo('Pod', pod), codes: telling })),
      ],
      nextSteps:
        unplaced !== undefined
          ? [placeFirst]
          : pods.length === 0 && snapshot.saw('Pod')
            ? withoutPods(job)
            : [
                `Read the log of the failed pods: \`kubectl -n ${job.metadata.namespace} logs job/${job.metadata.name}\`.`,
                ...code.nextSteps.filter((step) => !step.startsWith('Read the log')),
              ],
    }),
  ];
}

function checkSuspended(job: Job): readonly Finding[] {
  if (job.spec.suspend !== true || job.metadata.deletionTimestamp !== undefined) return [];
  if (hasEnded(job, 'Complete') !== undefined || hasEnded(job, 'Failed') !== undefined) return [];
  const ref = refTo('Job', job);
  const condition = conditionOf(job.status.conditions, 'Suspended');
  const queue = job.metadata.labels['kueue.x-k8s.io/queue-name'];
  return [
    finding(suspended, {
      object: ref,
      standing: 'expected',
      cause: `${refText(ref)} is suspended${queue === undefined ? '' : ` and waits in queue ${queue}`}.`,
      since: condition?.lastTransitionTime ?? job.metadata.creationTimestamp ?? '',
      evidence: [
        fromSpec(ref, 'spec.suspend', 'true'),
        ...(condition === undefined ? [] : [fromCondition(ref, condition)]),
      ],
    }),
  ];
}

export const job: Analyzer = {
  name: 'job',
  codes: [backoffLimit, deadline, podPolicy, suspended],
  analyze: (snapshot) => [
    ...[...newestEnded(snapshot).values()].flatMap((ended) => checkFailed(snapshot, ended)),
    ...snapshot.list('Job').flatMap(checkSuspended),
  ],
};
