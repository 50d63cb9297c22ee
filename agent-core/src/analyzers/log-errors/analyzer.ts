import { formatDuration } from '@autodevops/domain/duration';
import type { Because, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog } from '../../evidence/finding.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import { workloadRef } from '../../reading/measures/labelled-object.ts';
import { logLines } from '../../reading/output/log-lines.ts';
import { newErrors } from '../../reading/output/new-errors.ts';
import type { NewError } from '../../reading/output/new-errors.ts';
import { containersOf, isReady } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { callsKnown } from '../../reading/network/calls-known.ts';
import { servicesInText } from '../../reading/network/services-in-text.ts';
import type { Analyzer } from '../analyzer.ts';
import { errorsBegan, errorsPrevail } from './codes.ts';

const mostQuoted = 3;
const prevailing = { share: 0.5, count: 20 };

function because(snapshot: Snapshot, pod: Pod, errors: readonly NewError[]): readonly Because[] {
  const object = refTo('Pod', pod);
  const called = [...callsKnown(snapshot, object), ...errors.flatMap(({ text }) => servicesInText(snapshot, text, pod.metadata.namespace))];
  return [...signalBecause('said', [object, workloadRef(snapshot, object)]), ...signalBecause('called', called)];
}

function checkContainer(snapshot: Snapshot, pod: Pod, view: ContainerView): Finding[] {
  if (view.status?.state.running === undefined) return [];
  const errors = newErrors(logLines(snapshot, pod, view.spec.name, 'current'), snapshot.now);
  const [first] = errors;
  if (first === undefined) return [];
  const object = refTo('Pod', pod);
  const isMost = errors.reduce((sum, { share }) => sum + share, 0) >= prevailing.share && first.count >= prevailing.count;
  return [
    finding(isMost ? errorsPrevail : errorsBegan, {
      object,
      confidence: 'medium',
      cause: `The log of container "${view.spec.name}" of ${refText(object)} says ${first.count} times, and hardly ever in the ${formatDuration(first.quietFor)} before: ${said(first.text, 200)}`,
      since: new Date(first.since).toISOString(),
      evidence: errors.slice(0, mostQuoted).map(({ line }) => fromLog(object, view.spec.name, false, line.text, line.time)),
      because: because(snapshot, pod, errors),
      generic: true,
      facet: view.spec.name,
    }),
  ];
}

/** Pods that are ready and of which a log was read. */
function heard(snapshot: Snapshot): readonly Pod[] {
  const pods = (snapshot.parts.logs ?? []).flatMap(({ namespace, pod }) => snapshot.get('Pod', namespace, pod) ?? []);
  return [...new Set(pods)].filter(isReady);
}

/** Containers that run and are ready, and whose logs began to complain. */
export const logErrors: Analyzer = {
  name: 'log-errors',
  kinds: ['Pod'],
  codes: [errorsBegan, errorsPrevail],
  analyze: (snapshot) => heard(snapshot).flatMap((pod) => containersOf(pod).flatMap((view) => (view.init ? [] : checkContainer(snapshot, pod, view)))),
};
