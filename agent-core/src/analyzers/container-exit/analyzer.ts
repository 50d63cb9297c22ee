import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashBeganAt } from '../../reading/pods/crashes/crash-beginning.ts';
import { crashingContainers, runLength } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { containersOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { completes, sidecarRunsOn } from './codes.ts';

function checkCompletion(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { ref, view, ended, ending, restarts, pod, output } = crash;
  if (ending !== 'completed' || (view.init && !view.sidecar)) return [];
  const length = runLength(ended);
  const which = view.status?.state.terminated === undefined ? 'lastState' : 'state';
  const line = output.at(-1);
  return [
    finding(completes, {
      object: ref,
      cause: `Container "${view.spec.name}" ends by itself without an error${length === undefined ? '' : ` after ${formatDuration(length)}`}, and its pod always starts it again (${restarts} ${restarts === 1 ? 'restart' : 'restarts'}).`,
      evidence: [
        fromStatus(
          ref,
          `status.containerStatuses[name=${view.spec.name}].${which}.terminated`,
          `${ended?.reason ?? 'Completed'}, exit code 0`,
          ended?.finishedAt ?? '',
        ),
        fromSpec(ref, 'spec.restartPolicy', pod.spec.restartPolicy ?? 'Always'),
        ...(line === undefined ? [] : [fromOutput(ref, view, line)]),
      ],
      since: crashBeganAt(snapshot, crash),
      facet: view.spec.name,
      // The kubelet may have asked it to end.
      because: [{ object: refByName('Node', '', pod.spec.nodeName ?? ''), codes: ['node.sandbox.remade'] }],
    }),
  ];
}

const patience = 5 * 60_000;

function isOfJob(pod: Pod): boolean {
  return controllerOf(pod)?.kind === 'Job' && pod.spec.restartPolicy !== 'Always';
}

/** One container did its work and another does not end. */
function checkSidecar(snapshot: Snapshot, pod: Pod): Finding[] {
  if (isFinished(pod) || isTerminating(pod) || pod.spec.containers.length < 2 || !isOfJob(pod)) return [];
  const views = containersOf(pod).filter((view) => !view.init);
  const done = views.filter((view) => view.status?.state.terminated?.exitCode === 0);
  const running = views.filter((view) => view.status?.state.running !== undefined);
  const doneAt =
    done
      .map((view) => view.status?.state.terminated?.finishedAt ?? '')
      .toSorted()
      .at(-1) ?? '';
  if (done.length === 0 || running.length === 0 || done.length + running.length < views.length) return [];
  if ((ageOf(snapshot, doneAt) ?? 0) < patience) return [];
  const ref = refTo('Pod', pod);
  const names = (list: typeof views): string => list.map((view) => `"${view.spec.name}"`).join(', ');
  return [
    finding(sidecarRunsOn, {
      object: ref,
      cause: `Container ${names(done)} has done its work, but ${names(running)} of the same pod runs on, so Job ${controllerOf(pod)?.name ?? ''} does not complete.`,
      evidence: [
        ...done.map((view) =>
          fromStatus(
            ref,
            `status.containerStatuses[name=${view.spec.name}].state.terminated`,
            `${view.status?.state.terminated?.reason ?? 'Completed'}, exit code 0`,
            doneAt,
          ),
        ),
        ...running.map((view) =>
          fromStatus(
            ref,
            `status.containerStatuses[name=${view.spec.name}].state.running.startedAt`,
            view.status?.state.running?.startedAt ?? '',
          ),
        ),
      ],
      since: doneAt,
      confidence: done.some((view) => view.path === 'spec.containers[0]') ? 'high' : 'medium',
      facet: names(running),
    }),
  ];
}

export const containerExit: Analyzer = {
  name: 'container-exit',
  codes: [completes, sidecarRunsOn],
  analyze: (snapshot) => [
    ...crashingContainers(snapshot).flatMap((crash) => checkCompletion(snapshot, crash)),
    ...snapshot.list('Pod').flatMap((pod) => checkSidecar(snapshot, pod)),
  ],
};
