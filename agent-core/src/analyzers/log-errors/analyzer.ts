import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog } from '../../evidence/finding.ts';
import { logLines } from '../../reading/output/log-lines.ts';
import { newErrors } from '../../reading/output/new-errors.ts';
import type { NewError } from '../../reading/output/new-errors.ts';
import { onlyError } from '../../reading/output/only-errors.ts';
import type { OnlyError } from '../../reading/output/only-errors.ts';
import { containersOf, isReady } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { isOfStrangers, saidBecause } from './because.ts';
import { errorsBegan, errorsPrevail, programBreaks, requestsFail } from './codes.ts';
import { checkRequests } from './failed-requests.ts';

const mostQuoted = 3;
const longest = 4000;
const prevailing = { share: 0.5, count: 20 };

/** Nobody foresaw it: a panic of Go or Rust, an exception or a rejection that nobody caught. */
const uncaught =
  /\bpanic(?:ked at|: | serving )|\b(?:unhandled|uncaught)\s*(?:promise\s*)?(?:exception|error|rejection)|\bexception in thread\b/i;

/** What a log began to say. */
function begun(snapshot: Snapshot, pod: Pod, view: ContainerView, errors: readonly [NewError, ...NewError[]]): Finding {
  const object = refTo('Pod', pod);
  const [first] = errors;
  const isMost =
    errors.reduce((sum, { share }) => sum + share, 0) >= prevailing.share && first.count >= prevailing.count;
  const texts = errors.map(({ text }) => text);
  const code = isMost
    ? errorsPrevail
    : texts.some((text) => uncaught.test(text.slice(0, longest)))
      ? programBreaks
      : errorsBegan;
  return finding(code, {
    object,
    severity: isOfStrangers(snapshot, pod, texts) ? 'info' : code.severity,
    confidence: 'medium',
    cause: `The log of container "${view.spec.name}" of ${refText(object)} says ${first.count} times, and hardly ever in the ${formatDuration(first.quietFor)} before: ${said(first.text, 200)}`,
    since: new Date(first.since).toISOString(),
    evidence: errors
      .slice(0, mostQuoted)
      .map(({ line }) => fromLog(object, view.spec.name, false, line.text, line.time)),
    because: saidBecause(snapshot, pod, texts),
    generic: true,
    facet: view.spec.name,
  });
}

/** What a log has said all the time. */
function always(
  snapshot: Snapshot,
  pod: Pod,
  view: ContainerView,
  { line, text, count, among, since }: OnlyError,
): Finding {
  const object = refTo('Pod', pod);
  return finding(errorsPrevail, {
    object,
    severity: isOfStrangers(snapshot, pod, [text]) ? 'info' : errorsPrevail.severity,
    confidence: 'low',
    cause: `The log of container "${view.spec.name}" of ${refText(object)} says in ${count} of its last ${among} entries: ${said(text, 200)}`,
    since: new Date(since).toISOString(),
    evidence: [fromLog(object, view.spec.name, false, line.text, line.time)],
    because: saidBecause(snapshot, pod, [text]),
    generic: true,
    facet: view.spec.name,
  });
}

function checkContainer(snapshot: Snapshot, pod: Pod, view: ContainerView): Finding[] {
  if (view.status?.state.running === undefined) return [];
  const lines = logLines(snapshot, pod, view.spec.name, 'current');
  const failed = checkRequests(snapshot, pod, view, lines);
  const [first, ...others] = newErrors(lines, snapshot.now);
  if (first !== undefined) return [...failed, begun(snapshot, pod, view, [first, ...others])];
  const only = onlyError(lines, snapshot.now);
  return only === undefined ? failed : [...failed, always(snapshot, pod, view, only)];
}

/** Pods that are ready and of which a log was read. */
function heard(snapshot: Snapshot): readonly Pod[] {
  const pods = (snapshot.parts.logs ?? []).flatMap(({ namespace, pod }) => snapshot.get('Pod', namespace, pod) ?? []);
  return [...new Set(pods)].filter(isReady);
}

/** Containers that run and are ready, and whose logs began to complain. */
export const logErrors: Analyzer = {
  name: 'log-errors',
  codes: [errorsBegan, errorsPrevail, programBreaks, requestsFail],
  analyze: (snapshot) =>
    heard(snapshot).flatMap((pod) =>
      containersOf(pod).flatMap((view) => (view.init ? [] : checkContainer(snapshot, pod, view))),
    ),
};
