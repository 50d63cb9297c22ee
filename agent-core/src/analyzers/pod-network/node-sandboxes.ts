import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent } from '../../evidence/finding.ts';
import { templateOf } from '../../reading/output/log-template.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { said } from '../../reading/said.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { nodeStartsNothing, pauseImage, sandboxFailed } from './codes.ts';
import { agentsOn } from './agents.ts';
import { sandboxImage } from './messages.ts';
import { sandboxSteps } from './sandbox-steps.ts';

/** A pod whose sandbox cannot be made, and the event that says so. */
export interface FailingSandbox {
  readonly pod: Pod;
  readonly node: string;
  readonly event: ClusterEvent;
  readonly code: CodeEntry;
}

/** What the message says of any pod: without its own names. */
function saidOfAny({ pod, event }: FailingSandbox): string {
  const { name, namespace, uid } = pod.metadata;
  return templateOf(
    rootError(event.message).replaceAll(uid, '*').replaceAll(name, '*').replaceAll(`${namespace}/`, '*'),
  );
}

/** DaemonSets that the message names: without their pod there, nothing starts on the node. `no ztunnel connection`. */
function daemonSetsNamed(snapshot: Snapshot, message: string): Finding['because'] {
  const words = new Set(message.toLowerCase().split(/[^a-z0-9-]+/));
  return snapshot
    .list('DaemonSet')
    .filter(({ metadata: { name } }) => name.length > 4 && words.has(name))
    .map((set) => ({ object: refTo('DaemonSet', set), codes: ['pod.', 'workload.', 'daemonset.'] }));
}

function tellNode(snapshot: Snapshot, alike: readonly FailingSandbox[], why: string): Finding {
  const node = alike[0]?.node ?? '';
  const [first] = alike;
  const message = first?.event.message ?? '';
  const isUnknown = first === undefined || first.code === sandboxFailed;
  // Words of a runtime that waits for an image would lead to the runtime.
  const steps = isUnknown ? [...sandboxSteps(message), ...nodeStartsNothing.nextSteps] : first.code.nextSteps;
  const what = first?.code === pauseImage ? `the sandbox image${sandboxImage(message)} cannot be pulled: ` : '';
  return finding(nodeStartsNothing, {
    object: refByName('Node', '', node),
    cause: `No new pod starts on node "${node}", ${alike.length} wait there: ${what}${said(rootError(message))}.`,
    evidence: alike.slice(0, 3).map(({ event }) => fromEvent(event)),
    since: alike.map(({ event }) => event.first ?? '').toSorted()[0] ?? '',
    nextSteps: steps,
    because: [
      ...daemonSetsNamed(snapshot, message),
      ...agentsOn(snapshot, node).map((pod) => ({ object: refTo('Pod', pod) })),
    ],
    facet: why,
    // On several nodes it is still one trouble: an update of all of them, most often.
    sharedWith: why,
  });
}

/** Where pods of different workloads on a node fail with the same words, it is the node that fails. */
export function checkNodes(snapshot: Snapshot, failing: readonly FailingSandbox[]): readonly Finding[] {
  const groups = Map.groupBy(failing, (f) => `${f.node}\n${saidOfAny(f)}`);
  return [...groups].flatMap(([key, alike]) => {
    const workloads = new Set(alike.map(({ pod }) => refKey(workloadOf(snapshot, pod))));
    const [, why = ''] = key.split('\n');
    return workloads.size < 2 ? [] : [tellNode(snapshot, alike, why)];
  });
}
