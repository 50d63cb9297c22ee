import type { Finding } from '@autodevops/domain/finding';
import type { Ingress } from '@autodevops/domain/kubernetes/network';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { controllerWords } from '../../reading/platform/ingress-controllers.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { classMissing, classNone, controllerAbsent } from './codes.ts';

const legacy = 'kubernetes.io/ingress.class';
const isDefault = 'ingressclass.kubernetes.io/is-default-class';

/** Every image, name and label value of the pods that live, once. */
const podWords = perSnapshot((snapshot) => {
  const words = new Set<string>();
  for (const pod of snapshot.list('Pod')) {
    if (isFinished(pod)) continue;
    words.add(pod.metadata.name);
    for (const value of Object.values(pod.metadata.labels)) words.add(value);
    for (const container of pod.spec.containers) words.add(container.image);
  }
  return [...words];
});

/** Controllers of which no pod gives a sign, as far as every pod of the cluster could be read. */
const absentControllers = perSnapshot((snapshot) => {
  if (!snapshot.saw('Pod') || snapshot.parts.namespaces !== undefined) return new Set<string>();
  const known = Object.entries(controllerWords).filter(([, words]) => words.length > 0);
  const absent = known.filter(
    ([, words]) => !podWords(snapshot).some((text) => words.some((word) => text.includes(word))),
  );
  return new Set(absent.map(([controller]) => controller));
});

function checkController(snapshot: Snapshot, ingress: Ingress, name: string): Finding | undefined {
  const controller = snapshot.get('IngressClass', '', name)?.spec.controller ?? '';
  if (!absentControllers(snapshot).has(controller)) return undefined;
  const ref = refTo('Ingress', ingress);
  return finding(controllerAbsent, {
    object: ref,
    confidence: 'medium',
    cause: `Ingress "${ingress.metadata.name}" is of class "${name}", whose controller (${controller}) runs in no pod of this cluster.`,
    evidence: [
      fromSpec(refByName('IngressClass', '', name), 'spec.controller', controller),
      fromStatus(ref, 'status.loadBalancer', '{}'),
    ],
    since: lastChange(ingress),
  });
}

function missing(snapshot: Snapshot, ingress: Ingress, name: string): Finding {
  const ref = refTo('Ingress', ingress);
  const all = snapshot.list('IngressClass').map((c) => c.metadata.name);
  const near = nearMatches(name, all);
  const shown = near.length > 0 ? near : all.toSorted().slice(0, 3);
  const has =
    shown.length === 0
      ? 'the cluster has no IngressClass at all'
      : `the cluster has ${shown.map((n) => `"${n}"`).join(', ')}`;
  return finding(classMissing, {
    object: ref,
    cause: `Ingress "${ingress.metadata.name}" asks for class "${name}", which does not exist; ${has}.`,
    evidence: [fromSpec(ref, 'spec.ingressClassName', name)],
    since: lastChange(ingress),
    nextSteps:
      shown.length === 0
        ? ['Install an ingress controller; it brings its IngressClass.']
        : [
            `Set \`spec.ingressClassName\` to ${shown.map((n) => `"${n}"`).join(' or ')}, or install the controller of class "${name}".`,
          ],
  });
}

/** Who would serve the Ingress: its class, and the class's controller. An address in the status says that somebody does. */
export function checkClass(snapshot: Snapshot, ingress: Ingress): Finding | undefined {
  if (ingress.status.loadBalancer.ingress.length > 0 || !snapshot.saw('IngressClass')) return undefined;
  const age = ageOf(snapshot, ingress.metadata.creationTimestamp);
  const name = ingress.spec.ingressClassName ?? '';
  if (name !== '') {
    if (snapshot.lacks('IngressClass', '', name)) return missing(snapshot, ingress, name);
    return age !== undefined && age < 3 * 60_000 ? undefined : checkController(snapshot, ingress, name);
  }
  // The old annotation is free text for the controller; GKE's needs no IngressClass.
  if (ingress.metadata.annotations[legacy] !== undefined) return undefined;
  const classes = snapshot.list('IngressClass');
  if (classes.some((c) => c.metadata.annotations[isDefault] === 'true')) return undefined;
  const ref = refTo('Ingress', ingress);
  const known = classes
    .map((c) => `"${c.metadata.name}"`)
    .toSorted()
    .slice(0, 3);
  return finding(classNone, {
    object: ref,
    confidence: 'medium',
    cause: `Ingress "${ingress.metadata.name}" names no class, and ${known.length === 0 ? 'the cluster has no IngressClass' : `none of the classes (${known.join(', ')}) is the default`}.`,
    evidence: [fromSpec(ref, 'spec.ingressClassName', 'not set'), fromStatus(ref, 'status.loadBalancer', '{}')],
    since: lastChange(ingress),
  });
}
