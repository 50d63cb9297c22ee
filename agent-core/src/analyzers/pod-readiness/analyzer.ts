import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { policyCauses } from '../../evidence/dependency-evidence.ts';
import { finding, fromCondition, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { failingProbes } from '../../reading/pods/readiness/failing-probe.ts';
import { alarmingLine, tellingLine } from '../../reading/output/alarming-line.ts';
import { outputOf } from '../../reading/output/output-line.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { conditionOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { probeField, probeText } from '../../reading/pods/readiness/probe-failure.ts';
import { ageOf, newestEvents } from '../../reading/recency.ts';
import { refToCustom } from '../../reading/platform/custom-objects.ts';
import { said } from '../../reading/said.ts';
import { servicesCalled } from '../../reading/network/services-called.ts';
import { unreadyContainers } from '../../reading/pods/readiness/unready-container.ts';
import type { UnreadyContainer } from '../../reading/pods/readiness/unready-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { gateClosed, notReady, notStarted } from './codes.ts';

function nodeOf(pod: Pod): Finding['because'] {
  const { nodeName } = pod.spec;
  return nodeName === undefined ? [] : [{ object: refByName('Node', '', nodeName), codes: ['node.'] }];
}

/** A container that is not ready and of which no probe failure is known. */
function checkContainer(snapshot: Snapshot, unready: UnreadyContainer): Finding {
  const { pod, ref, view, since } = unready;
  const ready = conditionOf(pod.status.conditions, 'Ready');
  const name = view.status?.started !== true && view.spec.startupProbe !== undefined ? 'startup' : 'readiness';
  const probe = name === 'startup' ? view.spec.startupProbe : view.spec.readinessProbe;
  const output = outputOf(snapshot, pod, view, 'current');
  const [line, complaint] = [tellingLine(output), alarmingLine(output)];
  const words = complaint === undefined ? '' : `; it last says: ${said(tellingPart(complaint), 200)}`;
  return finding(notReady, {
    object: ref,
    cause: `Container "${view.spec.name}" runs and is not ready${probe === undefined ? '' : `: its ${name} probe (${probeText(probe)}) has not succeeded`}${words}.`,
    evidence: [
      ...(ready === undefined
        ? [fromStatus(ref, `status.containerStatuses[name=${view.spec.name}].ready`, 'false')]
        : [fromCondition(ref, ready)]),
      ...(probe === undefined ? [] : [fromSpec(ref, `${view.path}.${probeField(name)}`, probeText(probe))]),
      ...(line === undefined ? [] : [fromOutput(ref, view, line)]),
    ],
    since,
    confidence: 'medium',
    generic: true,
    because: [...nodeOf(pod), ...policyCauses(snapshot, pod, servicesCalled(snapshot, ref))],
    facet: view.spec.name,
  });
}

const gatePatience = 2 * 60_000;

/** The object that a gate is called after: `target-health.elbv2.k8s.aws/NAME` after a TargetGroupBinding. */
function gatekeepers(snapshot: Snapshot, pod: Pod, gates: readonly string[]): Finding['because'] {
  const names = new Set(gates.map((gate) => gate.slice(gate.indexOf('/') + 1)));
  return snapshot.custom
    .filter(({ metadata }) => metadata.namespace === pod.metadata.namespace && names.has(metadata.name))
    .map((object) => ({ object: refToCustom(object) }));
}

/** All containers are ready and the pod is not. */
function checkPod(snapshot: Snapshot, pod: Pod): Finding[] {
  const ready = conditionOf(pod.status.conditions, 'Ready');
  if (ready?.status !== 'False' || pod.status.phase !== 'Running' || isTerminating(pod)) return [];
  if (
    !pod.status.containerStatuses.every((status) => status.ready === true) ||
    pod.status.containerStatuses.length === 0
  ) {
    return [];
  }
  if ((ageOf(snapshot, ready.lastTransitionTime) ?? 0) < gatePatience) return [];
  const ref = refTo('Pod', pod);
  const since = ready.lastTransitionTime ?? '';
  const closed = pod.spec.readinessGates.filter(
    (gate) => conditionOf(pod.status.conditions, gate.conditionType)?.status !== 'True',
  );
  if (closed.length === 0) {
    const cause = `The containers of pod ${pod.metadata.name} are ready, but the pod is not counted as ready${pod.spec.nodeName === undefined ? '' : ` on node ${pod.spec.nodeName}`}.`;
    return [
      finding(notReady, {
        object: ref,
        cause,
        evidence: [fromCondition(ref, ready)],
        since,
        confidence: 'low',
        generic: true,
        because: nodeOf(pod),
      }),
    ];
  }
  const names = closed.map((gate) => `"${gate.conditionType}"`).join(', ');
  const conditions = closed.flatMap((gate) => conditionOf(pod.status.conditions, gate.conditionType) ?? []);
  const [told] = conditions.filter((c) => c.message !== '' || c.reason !== '');
  const words =
    told === undefined ? '' : `: ${said([told.reason, told.message].filter((part) => part !== '').join(', '))}`;
  return [
    finding(gateClosed, {
      object: ref,
      cause: `All containers of the pod are ready, but its readiness gate ${names} is ${conditions.length === 0 ? 'not set by anybody' : 'not True'}${words}.`,
      evidence: [fromCondition(ref, ready), ...conditions.map((c) => fromCondition(ref, c))],
      since,
      facet: names,
      because: gatekeepers(
        snapshot,
        pod,
        closed.map((gate) => gate.conditionType),
      ),
    }),
  ];
}

const creationPatience = 5 * 60_000;

/** Has a node and waits to be created. Volumes, networks and images have rules of their own, before which this one gives way. */
function checkCreation(snapshot: Snapshot, pod: Pod): Finding[] {
  if (pod.status.phase !== 'Pending' || pod.spec.nodeName === undefined || isFinished(pod) || isTerminating(pod)) {
    return [];
  }
  const all = [...pod.status.initContainerStatuses, ...pod.status.containerStatuses];
  const waiting =
    all.length > 0 &&
    all.every((s) => s.state.waiting?.reason === 'ContainerCreating' || s.state.waiting?.reason === 'PodInitializing');
  const scheduled =
    conditionOf(pod.status.conditions, 'PodScheduled')?.lastTransitionTime ?? pod.metadata.creationTimestamp;
  if (!waiting || (ageOf(snapshot, scheduled) ?? 0) < creationPatience) return [];
  const ref = refTo('Pod', pod);
  const event = newestEvents(snapshot, ref).find((e) => e.type === 'Warning') ?? newestEvents(snapshot, ref)[0];
  const status = fromStatus(
    ref,
    'status.containerStatuses[0].state.waiting.reason',
    pod.status.containerStatuses[0]?.state.waiting?.reason ?? 'ContainerCreating',
  );
  return [
    finding(notStarted, {
      object: ref,
      cause: `The containers of the pod have been waiting to be created on node ${pod.spec.nodeName} for ${formatDuration(ageOf(snapshot, scheduled) ?? 0)}${event === undefined ? ', and no event is left that says why' : ''}.`,
      evidence: event === undefined ? [status] : [fromEvent(event), status],
      since: scheduled ?? '',
      confidence: 'low',
      generic: true,
      because: nodeOf(pod),
      ...(event === undefined
        ? {
            nextSteps: [
              `Events are kept for an hour: look into the log of the kubelet of ${pod.spec.nodeName} for this pod (\`journalctl -u kubelet\`), then of its container runtime.`,
            ],
          }
        : {}),
    }),
  ];
}

export const podReadiness: Analyzer = {
  name: 'pod-readiness',
  codes: [gateClosed, notReady, notStarted],
  analyze: (snapshot) => {
    const told = new Set(
      failingProbes(snapshot)
        .filter((f) => f.names.some((n) => n !== 'liveness'))
        .map((f) => `${f.ref.namespace}/${f.ref.name}/${f.view.spec.name}`),
    );
    const silent = unreadyContainers(snapshot).filter(
      (u) => !told.has(`${u.ref.namespace}/${u.ref.name}/${u.view.spec.name}`),
    );
    return [
      ...silent.map((unready) => checkContainer(snapshot, unready)),
      ...snapshot.list('Pod').flatMap((pod) => [...checkPod(snapshot, pod), ...checkCreation(snapshot, pod)]),
    ];
  },
};
