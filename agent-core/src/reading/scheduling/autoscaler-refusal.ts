import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { isRecent, newestEvents } from '../recency.ts';
import { rootError } from '../output/root-error.ts';

/** Why an autoscaler makes no node for a pod that has none. */
export interface AutoscalerRefusal {
  readonly event: ClusterEvent;
  /** A sentence of its own, to stand after what the scheduler lacks. */
  readonly sentence: string;
  readonly step: string;
}

interface Reading {
  readonly says: RegExp;
  readonly sentence: (match: RegExpExecArray, text: string) => string;
  readonly step: string;
}

/** Of the cluster autoscaler: https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md */
const ofClusterAutoscaler: readonly Reading[] = [
  {
    says: /max node group size reached|max limit reached/,
    sentence: () => ' The cluster autoscaler adds no node, because a node group is at its largest size already.',
    step: 'Raise the maximum size of the node group, or make room on its nodes.',
  },
  {
    says: /max cluster (?:cpu|memory|limit)|max total nodes/,
    sentence: () => ' The cluster autoscaler adds no node, because the cluster is at the limit that it was given.',
    step: 'Raise the limits of the cluster autoscaler (`--max-nodes-total`, `--cores-total`, `--memory-total`), or make room on the nodes.',
  },
  {
    says: /in backoff after failed scale-up/,
    sentence: () => ' The cluster autoscaler adds no node for now, because its last try to get one failed.',
    step: 'See in the cloud why no machine could be made (quota, capacity, permissions): the log of the cluster autoscaler names it.',
  },
];

/** Of Karpenter, which tells it in events of the scheduler's own reason. */
const ofKarpenter: readonly Reading[] = [
  {
    says: /exceed limits for (?:nodepool|provisioner):? "([^"]{1,253})"/,
    sentence: ([, pool = '']) => ` Karpenter makes no node, because pool "${pool}" has used up its limits.`,
    step: 'Compare `spec.limits` of the NodePool with `status.resources` (`kubectl get nodepool -o yaml`), and raise the limit if the workload is to have the room.',
  },
  {
    says: /no instance type (?:satisfied|has|which)/,
    sentence: () => ' Karpenter makes no node, because no instance type that its pools may use fits the pod.',
    step: 'Compare what the pod asks for with the requirements of the NodePools: the message of Karpenter names both.',
  },
  {
    says: /./s,
    sentence: (_match, text) => ` Karpenter makes no node: ${text}.`,
    step: "Compare the pod's selectors, tolerations and requests with the requirements of the NodePools.",
  },
];

function readingOf(event: ClusterEvent): AutoscalerRefusal | undefined {
  const text = event.message.slice(0, 4_000);
  for (const reading of event.reason === 'NotTriggerScaleUp' ? ofClusterAutoscaler : ofKarpenter) {
    const match = reading.says.exec(text);
    if (match !== null) return { event, sentence: reading.sentence(match, rootError(text, 200)), step: reading.step };
  }
  return undefined;
}

/** An order for a machine that the cloud did not fill: of Karpenter's claims, and of the groups of the cluster autoscaler. */
const unfilled = new Set(['InsufficientCapacityError', 'FailedLaunch', 'LaunchFailed', 'FailedToScaleUpGroup']);

const newestUnfilled = perSnapshot((snapshot) => {
  const told = snapshot
    .list('Event')
    .filter((e) => unfilled.has(e.reason) && e.type === 'Warning' && isRecent(snapshot, e.last));
  return told.toSorted((a, b) => (b.last ?? '').localeCompare(a.last ?? ''))[0];
});

/** GKE tells it at the pod: `Node scale up in zones europe-west1-b associated with this pod failed: GCE out of resources. …` */
const failedFor =
  /^Node scale up in zones? (.{1,120}?) associated with this pod failed: (.{3,200}?)\.(?: Pod is at risk|$)/;

/** The order for this very pod that was not filled, unless a later one may be. */
function failedOrder(snapshot: Snapshot, pod: ObjectRef): AutoscalerRefusal | undefined {
  const [event] = newestEvents(snapshot, pod, 'FailedScaleUp', 'TriggeredScaleUp');
  if (event?.reason !== 'FailedScaleUp' || !isRecent(snapshot, event.last)) return undefined;
  const [, zones, why] = failedFor.exec(event.message) ?? [];
  return {
    event,
    sentence: ` The cluster autoscaler ordered a node for it and got none${zones === undefined ? '' : ` in ${zones}`}: ${why ?? rootError(event.message, 200)}.`,
    step: 'Allow other zones, machine types or capacity types for the pool, reserve capacity, or raise the quota in the cloud, as the message says.',
  };
}

/** A node was promised again and again, and the cloud has no machine. */
function unfilledOrder(snapshot: Snapshot, pod: ObjectRef): AutoscalerRefusal | undefined {
  const event =
    newestEvents(snapshot, pod, 'Nominated', 'TriggeredScaleUp').length === 0 ? undefined : newestUnfilled(snapshot);
  if (event === undefined) return undefined;
  return {
    event,
    sentence: ` A node was ordered for it, and the cloud did not deliver: ${rootError(event.message, 200)}.`,
    step: 'Allow other instance types, zones or capacity types for the pool, reserve capacity, or raise the quota in the cloud, as the message says.',
  };
}

/** What the newest word of an autoscaler about a waiting pod is, where it says why there will be no node. */
export function autoscalerRefusal(snapshot: Snapshot, pod: ObjectRef): AutoscalerRefusal | undefined {
  const told = newestEvents(snapshot, pod, 'NotTriggerScaleUp', 'FailedScheduling').find(
    (e) => e.reason === 'NotTriggerScaleUp' || e.component.startsWith('karpenter'),
  );
  const read = told === undefined || !isRecent(snapshot, told.last) ? undefined : readingOf(told);
  return read ?? failedOrder(snapshot, pod) ?? unfilledOrder(snapshot, pod);
}
