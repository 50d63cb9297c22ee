import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { declaredPorts, mentionsPort } from '../../reading/network/container-ports.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { labelsText } from '../../reading/selector.ts';
import { selectorTooBroad } from './codes.ts';
import type { ServedBy } from './targets.ts';

interface Member {
  readonly ref: ObjectRef;
  readonly pod: Pod;
}

/** One ready pod of each workload; those of Jobs aside, which come and go. */
function workloadsBehind(served: ServedBy): readonly Member[] {
  const members = new Map<string, Member>();
  const owned = new Set<object>();
  for (const pod of served.pods) {
    // Pods of one workload hold the same reference to it.
    const owners = pod.metadata.ownerReferences;
    if (owned.has(owners)) continue;
    if (!isReady(pod) || pod.spec.restartPolicy === 'Never' || pod.spec.restartPolicy === 'OnFailure') continue;
    if (owners.length > 0) owned.add(owners);
    const ref = workloadOf(served.snapshot, pod);
    if (!members.has(refKey(ref))) members.set(refKey(ref), { ref, pod });
  }
  return [...members.values()];
}

/** Labels of the right pods that the others lack: one of them makes the selector right. */
function telling(right: Pod, wrong: Pod): string | undefined {
  const names = Object.entries(right.metadata.labels).filter(([key, value]) => wrong.metadata.labels[key] !== value);
  const stable = names.filter(
    ([key]) =>
      !['pod-template-hash', 'controller-revision-hash', 'pod-template-generation'].includes(key) &&
      !key.startsWith('statefulset.kubernetes.io/') &&
      !key.startsWith('apps.kubernetes.io/'),
  );
  const [first] = stable;
  return first === undefined ? undefined : `${first[0]}=${first[1]}`;
}

/** Requests go to pods of several workloads, of which not all serve the port. */
export function checkTooBroad(served: ServedBy): readonly Finding[] {
  const members = workloadsBehind(served);
  if (members.length < 2) return [];
  const { service } = served;
  const ref = refTo('Service', service);
  for (const port of service.spec.ports) {
    const target = port.targetPort ?? port.port;
    if (typeof target !== 'number') continue;
    const serves = (member: Member): boolean =>
      declaredPorts(member.pod.spec).some((d) => d.port === target) || mentionsPort(member.pod, target);
    const right = members.find(serves);
    const wrong = members.find((member) => !serves(member));
    if (right === undefined || wrong === undefined) continue;
    const ports = declaredPorts(wrong.pod.spec);
    const label = telling(right.pod, wrong.pod);
    const has =
      ports.length === 0 ? 'declares no port' : `declares only ${[...new Set(ports.map((p) => p.port))].join(', ')}`;
    const selector = labelsText(service.spec.selector);
    return [
      finding(selectorTooBroad, {
        object: ref,
        confidence: ports.length === 0 ? 'medium' : 'high',
        cause: `Service "${service.metadata.name}" selects ${selector}, which matches ${right.ref.kind} "${right.ref.name}" and also ${wrong.ref.kind} "${wrong.ref.name}", which ${has} and not ${target}: part of the requests fails.`,
        evidence: [
          fromSpec(ref, 'spec.selector', selector),
          ...[right, wrong].map((m) =>
            fromSpec(refTo('Pod', m.pod), 'metadata.labels', labelsText(m.pod.metadata.labels)),
          ),
        ],
        since: lastChange(service),
        nextSteps:
          label === undefined
            ? selectorTooBroad.nextSteps
            : [
                `Add ${label}, which only the pods of ${right.ref.kind} "${right.ref.name}" have, to the selector of Service "${service.metadata.name}".`,
              ],
      }),
    ];
  }
  return [];
}
