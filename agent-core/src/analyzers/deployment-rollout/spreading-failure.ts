import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod, Terminated } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import type { Revision } from '../../reading/pods/owned-pods.ts';
import { conditionOf, containersOf, isTerminating, lastTermination } from '../../reading/pods/pod-status.ts';
import { olderRevision, undoTo } from '../../reading/workloads/previous-revision.ts';
import { allowedMissing } from './allowed-missing.ts';
import { rolloutSpreadsFailure } from './codes.ts';
import { becauseOf, countText, imageChange } from './revision-text.ts';
import type { Rollout } from './revision-text.ts';

/** A pod with the container of it that failed last. */
export interface Failure {
  readonly pod: Pod;
  readonly container: string;
  readonly ended: Terminated;
}

function lengthOf({ startedAt, finishedAt }: Terminated): number {
  return Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '');
}

/** The run of a container that ended with an error; a present run of twice its length is a better one: runs of a loop differ. */
function failureOf(snapshot: Snapshot, pod: Pod): Failure | undefined {
  for (const { spec, status, init } of containersOf(pod)) {
    const ended = init ? undefined : lastTermination(status);
    if (ended === undefined || (ended.exitCode ?? 0) === 0) continue;
    const runs = snapshot.now - Date.parse(status?.state.running?.startedAt ?? '');
    if (!(runs > 2 * lengthOf(ended))) return { pod, container: spec.name, ended };
  }
  return undefined;
}

function madeAt(pod: Pod): string {
  return pod.metadata.creationTimestamp ?? '';
}

/** The failures of a revision's pods, where none of these that is older than the youngest failed one was spared. */
export function failuresOf(snapshot: Snapshot, { pods }: Revision): readonly Failure[] {
  const failures = pods.flatMap((pod) => (isTerminating(pod) ? [] : (failureOf(snapshot, pod) ?? [])));
  const failed = new Set(failures.map(({ pod }) => pod));
  const youngest =
    failures
      .map(({ pod }) => madeAt(pod))
      .toSorted()
      .at(-1) ?? '';
  return pods.some((pod) => !failed.has(pod) && madeAt(pod) < youngest) ? [] : failures;
}

/**
 * Pods of the older revisions that the rollout has yet to take away, where it has taken some: with none of the new
 * pods ever available it would have stopped at those that must not be missing.
 */
function leftOf({ deployment, older }: Rollout): number {
  const desired = deployment.spec.replicas ?? 1;
  const left = older.flatMap(({ pods }) => pods).filter((pod) => !isTerminating(pod)).length;
  return left < desired - allowedMissing(deployment, desired) ? left : 0;
}

function waysOn({ deployment, newest, older }: Rollout): readonly string[] {
  const { namespace, name } = deployment.metadata;
  const back = newest === undefined ? undefined : olderRevision([newest, ...older]);
  return [
    ...(back === undefined
      ? []
      : [`Go back: \`kubectl -n ${namespace} rollout undo deployment/${name} --to-revision=${back.number}\`.`]),
    `To keep it as it is while you look: \`kubectl -n ${namespace} rollout pause deployment/${name}\`.`,
    ...rolloutSpreadsFailure.nextSteps.slice(-1),
  ];
}

/** A rolling update that takes working pods away for new ones that fail after having been available. */
export function checkSpreadingFailure(rollout: Rollout): readonly Finding[] {
  const { snapshot, deployment, ref, newest, older } = rollout;
  const progressing = conditionOf(deployment.status.conditions, 'Progressing');
  const goesOn = progressing?.status === 'True' && progressing.reason !== 'NewReplicaSetAvailable';
  const serving = older.find((revision) => revision.ready > 0);
  const left = leftOf(rollout);
  if (!goesOn || newest === undefined || serving === undefined || left === 0) return [];
  const failures = failuresOf(snapshot, newest);
  const [first] = failures;
  if (first === undefined) return [];
  const back = olderRevision([newest, ...older]);
  const ran = lengthOf(first.ended);
  return [
    finding(rolloutSpreadsFailure, {
      object: ref,
      cause: `The rollout to revision ${newest.number}${imageChange(rollout)} goes on although its pods fail after they were available: ${failures.length} of ${countText(newest.pods.length, 'new pod')} ended with an error${ran >= 0 ? ` after ${formatDuration(ran)}` : ''}, and ${countText(left, 'pod')} of the older revision ${left === 1 ? 'is' : 'are'} left.`,
      since: first.ended.finishedAt ?? '',
      evidence: [
        fromCondition(ref, progressing),
        fromStatus(
          refTo('Pod', first.pod),
          `status.containerStatuses[name=${first.container}].lastState.terminated`,
          `exitCode ${first.ended.exitCode ?? 0}${first.ended.reason === undefined ? '' : `, ${first.ended.reason}`}`,
          first.ended.finishedAt,
        ),
        fromStatus(refTo('ReplicaSet', serving.set), 'status.readyReplicas', String(serving.ready)),
      ],
      generic: true,
      because: becauseOf(rollout),
      changes:
        back === undefined
          ? []
          : [undoTo({ target: ref, toRevision: back.number, images: new Map(), ready: back.ready })],
      nextSteps: waysOn(rollout),
    }),
  ];
}
