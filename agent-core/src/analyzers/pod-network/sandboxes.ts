import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent } from '../../evidence/finding.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { agentsOn } from './agents.ts';
import { checkNodes } from './node-sandboxes.ts';
import type { FailingSandbox } from './node-sandboxes.ts';
import { sandboxSteps } from './sandbox-steps.ts';
import {
  accessRefused,
  agentDown,
  apiUnreachable,
  bridgeAddress,
  networkNotReady,
  noAddress,
  pauseImage,
  pluginMissing,
  runtimeHandler,
  sandboxFailed,
} from './codes.ts';
import { readSandboxMessage, sandboxImage } from './messages.ts';

/** No container has run yet. */
function isWaitingForSandbox(pod: Pod): boolean {
  if ((pod.spec.nodeName ?? '') === '' || isFinished(pod) || isTerminating(pod)) return false;
  const statuses = [...pod.status.initContainerStatuses, ...pod.status.containerStatuses];
  return statuses.every((s) => s.state.running === undefined && s.state.terminated === undefined);
}

const sayings: ReadonlyMap<string, string> = new Map([
  [noAddress.code, 'gets no address: none is left'],
  [pluginMissing.code, 'gets no network: a CNI program is missing'],
  [agentDown.code, 'gets no network: the agent of the network plugin does not answer'],
  [accessRefused.code, 'gets no network: the API server refuses the network plugin'],
  [apiUnreachable.code, 'gets no network: the network plugin does not reach the API server'],
  [networkNotReady.code, 'gets no network: no network plugin is set up'],
  [runtimeHandler.code, 'does not start: its runtime class is not known to the container runtime'],
  [sandboxFailed.code, 'does not start: its sandbox cannot be created'],
  [bridgeAddress.code, 'gets no network, as the bridge of the node has an address of another network'],
]);

/** Codes of which the message says more than the sentence. */
const unexplained = new Set([
  sandboxFailed,
  bridgeAddress,
  accessRefused,
  apiUnreachable,
  noAddress,
  pluginMissing,
  pauseImage,
]);

function whatHappens(code: CodeEntry, message: string): string {
  return code === pauseImage
    ? `does not start: the sandbox image${sandboxImage(message)} cannot be pulled`
    : (sayings.get(code.code) ?? 'does not start');
}

/** What befalls every new pod of a node, whatever it is and whoever looks after the network. */
const lackOfNode = new Set([sandboxFailed, pauseImage, pluginMissing]);

function becauseOf(snapshot: Snapshot, node: string, code: CodeEntry): Finding['because'] {
  const onNode = { object: refByName('Node', '', node), codes: ['node.', 'kind.'] };
  if (code === pauseImage || code === runtimeHandler) return [onNode];
  return [onNode, ...agentsOn(snapshot, node).map((pod) => ({ object: refTo('Pod', pod) }))];
}

function failingSandbox(snapshot: Snapshot, pod: Pod): FailingSandbox | undefined {
  if (!isWaitingForSandbox(pod)) return undefined;
  const events = newestEvents(snapshot, refTo('Pod', pod), 'FailedCreatePodSandBox', 'NetworkNotReady').filter((e) =>
    isRecent(snapshot, e.last),
  );
  const read = events.map((event) => ({ event, code: readSandboxMessage(event.message) }));
  const best = read.find((r) => r.code !== sandboxFailed) ?? read[0];
  // A new node's first pods fail once or twice before its network is up.
  if (best === undefined || (ageOf(snapshot, pod.metadata.creationTimestamp) ?? Infinity) < 60_000) return undefined;
  return { pod, node: pod.spec.nodeName ?? '', ...best };
}

function tellPod(snapshot: Snapshot, { pod, node, event, code }: FailingSandbox): Finding {
  const why = unexplained.has(code) ? `: ${rootError(event.message)}` : '';
  return finding(code, {
    object: refTo('Pod', pod),
    cause: `Pod "${pod.metadata.name}" on node ${node} ${whatHappens(code, event.message)}${why}.`,
    evidence: [fromEvent(event)],
    since: event.first ?? '',
    confidence: code === sandboxFailed ? 'medium' : 'high',
    because: becauseOf(snapshot, node, code),
    facet: node,
    ...(code === sandboxFailed
      ? { nextSteps: [...sandboxSteps(event.message), ...code.nextSteps] }
      : { sharedWith: code === runtimeHandler ? (pod.spec.runtimeClassName ?? '') : node }),
  });
}

export function checkSandboxes(snapshot: Snapshot): readonly Finding[] {
  const failing = snapshot
    .list('Pod')
    .map((pod) => failingSandbox(snapshot, pod))
    .filter((f) => f !== undefined);
  const ofNodes = failing.filter(({ code }) => lackOfNode.has(code));
  return [...failing.map((f) => tellPod(snapshot, f)), ...checkNodes(snapshot, ofNodes)];
}
