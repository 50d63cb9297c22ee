import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { ContainerStatus, Pod, Terminated } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { concernsContainer } from '../event-container.ts';
import { failedPods } from './failed-pod.ts';
import { outputOf } from '../../output/output-line.ts';
import type { OutputLine } from '../../output/output-line.ts';
import { containersOf, isCrashing, isFinished, isTerminating, lastTermination } from '../pod-status.ts';
import { perLook } from '../../per-look.ts';
import type { ContainerView } from '../pod-status.ts';
import { isRecent, newestEvents } from '../../recency.ts';
import { soonestEnd } from '../readiness/probe-budget.ts';
import { startFailureOf } from '../starting/start-failure.ts';
import { unsettledPods } from '../unsettled-pods.ts';

/**
 * How a crashing container ends, as its status and events tell it. `never-started`: the runtime could not start its
 * command. `killed-by-probe`: the kubelet ended it because its liveness or startup probe failed. `failed`: by itself.
 */
export type Ending = 'out-of-memory' | 'never-started' | 'killed-by-probe' | 'completed' | 'failed';

/** A container that crashes now, or whose crash ended a pod that still matters. */
export interface CrashingContainer {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  readonly ended: Terminated | undefined;
  readonly ending: Ending;
  /** Of `killed-by-probe`: the kubelet's Killing event. */
  readonly killing: ClusterEvent | undefined;
  readonly output: readonly OutputLine[];
  readonly restarts: number;
}

const minute = 60_000;
/** Milliseconds that a run lasted; undefined when its times are not known. */
export function runLength(ended: Terminated | undefined): number | undefined {
  const length = Date.parse(ended?.finishedAt ?? '') - Date.parse(ended?.startedAt ?? '');
  return Number.isNaN(length) || length < 0 ? undefined : length;
}

/** Up again and ready, and either for much longer than its last run or after a last run that was long: no crash loop. */
function hasSettled(view: ContainerView, now: number): boolean {
  const { status } = view;
  const up = now - Date.parse(status?.state.running?.startedAt ?? '');
  if (Number.isNaN(up)) return false;
  const ended = status?.lastState.terminated;
  // A node that was restarted ends its containers too, and cannot say how.
  if (ended?.reason === 'Unknown' || ended?.reason === 'ContainerStatusUnknown') return true;
  if (status?.ready !== true) return false;
  const before = runLength(ended) ?? 0;
  return before > 30 * minute || up > 2 * Math.max(before, minute);
}

/** Ended by a signal, as the kubelet ends a container: SIGKILL or SIGTERM. */
function isEndedBySignal(ended: Terminated | undefined): boolean {
  return ended?.exitCode === 137 || ended?.exitCode === 143;
}

/** A program that ends in order when it is asked to shows no signal, but ran at least until its probe could have it killed. */
function endedInOrderForProbe(view: ContainerView, ended: Terminated | undefined): boolean {
  const length = runLength(ended);
  const probes = [view.spec.livenessProbe, view.spec.startupProbe].filter((probe) => probe !== undefined);
  return ended?.exitCode === 0 && length !== undefined && probes.some((probe) => length >= soonestEnd(probe));
}

/**
 * The kubelet's word that a probe ended the last run. It drops events of a pod that has many, so of a loop that goes on
 * only the first kills may be told: one of those counts too where the last run ended as a killed one does.
 */
function killingEvent(snapshot: Snapshot, pod: Pod, view: ContainerView): ClusterEvent | undefined {
  const last = lastTermination(view.status);
  const ended = Date.parse(last?.finishedAt ?? '');
  const grace = ((pod.spec.terminationGracePeriodSeconds ?? 30) + 60) * 1000;
  const kills = newestEvents(snapshot, refTo('Pod', pod), 'Killing').filter(
    (event) =>
      concernsContainer(event, view.spec.name) &&
      (event.message.includes('failed liveness probe') || event.message.includes('failed startup probe')),
  );
  const ofLastRun = kills.find((event) => Number.isNaN(ended) || Date.parse(event.last ?? '') >= ended - grace);
  return ofLastRun ?? (isEndedBySignal(last) || endedInOrderForProbe(view, last) ? kills[0] : undefined);
}

const leastKills = 3;

/**
 * Up for the moment, but its probe has it killed time and again: the last kill is not longer ago than two of the pauses
 * between them, so the next one is to be expected.
 */
function isKilledAgain(snapshot: Snapshot, pod: Pod, view: ContainerView): boolean {
  const { status } = view;
  if (status?.state.running === undefined || (status.restartCount ?? 0) < leastKills) return false;
  const kill = killingEvent(snapshot, pod, view);
  if (kill === undefined || kill.count < leastKills || !isRecent(snapshot, kill.last)) return false;
  const pause = (Date.parse(kill.last ?? '') - Date.parse(kill.first ?? '')) / (kill.count - 1);
  return snapshot.now - Date.parse(kill.last ?? '') < 2 * pause;
}

const shellWords = ['not found', 'no such file or directory', 'permission denied', 'exec format error'];

/** What the runtime itself writes when the kernel does not take the command: `exec /run.sh: no such file or directory`. */
const execFailed =
  /^(?:standard_init_linux\.go:\d+: )?exec(?: user process caused(?: \d+)?|\s\S{1,400}): "?(?:no such file or directory|permission denied|exec format error|argument list too long)"?$/i;

/** The loader found the command, and not a library that it needs. */
const ofLoader = /shared librar|shared object file|error relocating/;

/** A shell that found nothing to run ends with 127, or 126 when it may not run it. */
function shellCouldNotStart(ended: Terminated | undefined, output: readonly OutputLine[]): boolean {
  if ((ended?.exitCode ?? 0) !== 0 && execFailed.test(output.at(-1)?.text.trim() ?? '')) return true;
  if (ended?.exitCode !== 126 && ended?.exitCode !== 127) return false;
  return output
    .slice(-5)
    .some((line) => shellWords.some((words) => line.lower.includes(words)) && !ofLoader.test(line.lower));
}

/**
 * The kernel's kill for memory does not always reach the status (a child of the first process, a runtime under load): a
 * SIGKILL of a container with a memory limit, which no event says that the kubelet sent.
 */
function isLikelyMemoryKill({ ended, killing, view }: Pick<CrashingContainer, 'ended' | 'killing' | 'view'>): boolean {
  return ended?.exitCode === 137 && killing === undefined && view.spec.resources.limits['memory'] !== undefined;
}

/** The kubelet kills a container whose postStart hook fails. */
function hookFailed(snapshot: Snapshot, pod: Pod, view: ContainerView): boolean {
  return newestEvents(snapshot, refTo('Pod', pod), 'FailedPostStartHook').some(
    (event) => concernsContainer(event, view.spec.name) && isRecent(snapshot, event.last),
  );
}

function endingOf(
  found: Pick<CrashingContainer, 'ended' | 'killing' | 'output' | 'view'>,
  known: { readonly neverStarted: boolean; readonly hookFailed: boolean },
): Ending {
  const { ended, killing, output } = found;
  if (ended?.reason === 'OOMKilled') return 'out-of-memory';
  if (known.neverStarted || shellCouldNotStart(ended, output)) return 'never-started';
  if (killing !== undefined) return 'killed-by-probe';
  if (!known.hookFailed && isLikelyMemoryKill(found)) return 'out-of-memory';
  return ended?.exitCode === 0 ? 'completed' : 'failed';
}

function describe(snapshot: Snapshot, pod: Pod, view: ContainerView): CrashingContainer {
  const ended = lastTermination(view.status);
  const partial = { view, ended, killing: killingEvent(snapshot, pod, view), output: outputOf(snapshot, pod, view) };
  const ending = endingOf(partial, {
    neverStarted: startFailureOf(snapshot, pod, view) !== undefined,
    hookFailed: hookFailed(snapshot, pod, view),
  });
  return { pod, ref: refTo('Pod', pod), ...partial, ending, restarts: view.status?.restartCount ?? 0 };
}

function find(snapshot: Snapshot): readonly CrashingContainer[] {
  const found: CrashingContainer[] = [];
  for (const pod of unsettledPods(snapshot)) {
    if (isFinished(pod) || isTerminating(pod) || !hasEnded(pod)) continue;
    for (const view of containersOf(pod)) {
      const loops = isCrashing(view, pod, snapshot.now) && !hasSettled(view, snapshot.now);
      if (loops || isKilledAgain(snapshot, pod, view)) {
        found.push(describe(snapshot, pod, view));
      }
    }
  }
  for (const pod of failedPods(snapshot)) {
    const failed = containersOf(pod).find((view) => (view.status?.state.terminated?.exitCode ?? 0) !== 0);
    if (failed !== undefined) found.push(describe(snapshot, pod, failed));
  }
  return found;
}

function hasEnded({ status }: Pod): boolean {
  const ended = (s: ContainerStatus): boolean => s.state.waiting !== undefined || lastTermination(s) !== undefined;
  return status.containerStatuses.some(ended) || status.initContainerStatuses.some(ended);
}

/** Every container that crashes now. Found once per snapshot. */
export const crashingContainers: (snapshot: Snapshot) => readonly CrashingContainer[] = perLook(find);
