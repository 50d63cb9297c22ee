import type { Finding } from '@autodevops/domain/finding';
import type { Pod, PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { conditionOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { isRecent } from '../../reading/recency.ts';
import { matchesSelector, selectorText } from '../../reading/selector.ts';
import { servicesBefore } from '../../reading/network/service-pods.ts';
import type { Analyzer } from '../analyzer.ts';
import { podAdopted, podOrphaned, selectorConflict } from './codes.ts';

/** The API server cuts a generated name's stem at this length. */
const longestStem = 58;

/** Injected sidecars may be added to a proper pod, but none of the template's containers is missing. */
function hasContainersOf(pod: Pod, template: PodSpec): boolean {
  const names = new Set(pod.spec.containers.map((c) => c.name));
  return template.containers.every((c) => names.has(c.name));
}

function checkAdopted(snapshot: Snapshot, pod: Pod): readonly Finding[] {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'ReplicaSet' && owner?.kind !== 'StatefulSet') return [];
  const found = snapshot.get(owner.kind, owner.namespace, owner.name);
  const named = pod.metadata.name.startsWith(`${owner.name}-`.slice(0, longestStem));
  if (found === undefined || named || hasContainersOf(pod, found.spec.template.spec)) return [];
  const ref = refTo('Pod', pod);
  const own = pod.spec.containers.map((c) => c.image).join(', ');
  const wanted = found.spec.template.spec.containers.map((c) => c.image).join(', ');
  return [
    finding(podAdopted, {
      object: ref,
      cause: `${owner.kind} ${owner.name} counts pod ${pod.metadata.name} as its own because of its labels, but the pod runs ${own} instead of ${wanted}.`,
      since: pod.metadata.creationTimestamp ?? '',
      evidence: [
        fromSpec(ref, 'metadata.ownerReferences', `${owner.kind} ${owner.name}`),
        fromSpec(ref, 'spec.containers[*].image', own),
        fromSpec(owner, 'spec.template.spec.containers[*].image', wanted),
      ],
      facet: pod.metadata.name,
    }),
  ];
}

function checkOrphaned(snapshot: Snapshot, pod: Pod): readonly Finding[] {
  const hash = pod.metadata.labels['pod-template-hash'];
  if (hash === undefined || pod.metadata.ownerReferences.length > 0 || isFinished(pod)) return [];
  const [service] = servicesBefore(snapshot, pod);
  const ref = refTo('Pod', pod);
  return [
    finding(podOrphaned, {
      object: ref,
      standing: 'expected',
      confidence: 'medium',
      cause: `Pod ${pod.metadata.name} was made by a ReplicaSet (pod-template-hash ${hash}) and has no owner now${service === undefined ? '' : `, while Service ${service.metadata.name} still sends requests to it`}.`,
      since: '',
      evidence: [fromSpec(ref, 'metadata.labels.pod-template-hash', hash)],
      facet: pod.metadata.name,
    }),
  ];
}

/** The autoscaler says that it cannot tell its target's pods from another's. */
function checkAmbiguous(snapshot: Snapshot): readonly Finding[] {
  return snapshot.list('HorizontalPodAutoscaler').flatMap((hpa): Finding[] => {
    const active = conditionOf(hpa.status.conditions, 'ScalingActive');
    if (active?.reason !== 'AmbiguousSelector' || active.status === 'True') return [];
    const { namespace } = hpa.metadata;
    const { name } = hpa.spec.scaleTargetRef;
    const target = snapshot.get('Deployment', namespace, name) ?? snapshot.get('StatefulSet', namespace, name);
    if (target === undefined) return [];
    const kind = snapshot.get('Deployment', namespace, name) === undefined ? 'StatefulSet' : 'Deployment';
    const others = [...snapshot.listIn('Deployment', namespace), ...snapshot.listIn('StatefulSet', namespace)].filter(
      (other) =>
        other !== target &&
        (matchesSelector(target.spec.selector, other.spec.template.metadata.labels) ||
          matchesSelector(other.spec.selector, target.spec.template.metadata.labels)),
    );
    const ref = refTo(kind, target);
    const partners =
      others.length === 0
        ? 'another workload'
        : others
            .slice(0, 3)
            .map((o) => o.metadata.name)
            .join(', ');
    return [
      finding(selectorConflict, {
        object: ref,
        cause: `${kind} ${name} selects the same pods as ${partners} (${selectorText(target.spec.selector)}), so HorizontalPodAutoscaler ${hpa.metadata.name} cannot work.`,
        since: active.lastTransitionTime ?? '',
        evidence: [
          fromCondition(refTo('HorizontalPodAutoscaler', hpa), active),
          fromSpec(ref, 'spec.selector', selectorText(target.spec.selector)),
        ],
      }),
    ];
  });
}

function checkConflicting(snapshot: Snapshot): readonly Finding[] {
  const events = snapshot
    .list('Event')
    .filter(
      (e) => e.reason === 'ConflictingController' && e.object.kind === 'StatefulSet' && isRecent(snapshot, e.last),
    );
  const bySet = new Map(events.map((event) => [`${event.object.namespace}/${event.object.name}`, event]));
  return [...bySet.values()].flatMap((event): Finding[] => {
    const set = snapshot.get('StatefulSet', event.object.namespace, event.object.name);
    if (set === undefined) return [];
    return [
      finding(selectorConflict, {
        object: refTo('StatefulSet', set),
        cause: `StatefulSet ${set.metadata.name} wants a name that another controller's object has already.`,
        since: event.first ?? '',
        evidence: [fromEvent(event)],
      }),
    ];
  });
}

export const workloadPods: Analyzer = {
  name: 'workload-pods',
  codes: [podAdopted, podOrphaned, selectorConflict],
  analyze: (snapshot) => [
    ...snapshot
      .list('Pod')
      .flatMap((pod) => (isTerminating(pod) ? [] : [...checkAdopted(snapshot, pod), ...checkOrphaned(snapshot, pod)])),
    ...checkAmbiguous(snapshot),
    ...checkConflicting(snapshot),
  ],
};
