import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Pod, PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { imageReference } from '../images/image-reference.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { isFinished, isReady } from '../pods/pod-status.ts';
import { workloadOf } from './owner.ts';

/** Parts of names that name no product. */
const plain = new Set([
  'io',
  'com',
  'org',
  'net',
  'dev',
  'sh',
  'k8s',
  'kubernetes',
  'finalizer',
  'finalizers',
  'operator',
  'controller',
  'cleanup',
  'delete',
  'deletion',
  'x-k8s',
  'example',
  'www',
  'cloud',
  'app',
  'apps',
  'resources',
  'cluster',
  'group',
  'api',
]);

/** Whether a word may name a product. */
export function isTellingWord(word: string): boolean {
  return word.length >= 4 && !plain.has(word) && !/^v\d/.test(word);
}

/** The words of a qualified name (a finalizer, a controller, a group of the API) that may name the product it is of. */
export function productWords(name: string): readonly string[] {
  return [...new Set(name.toLowerCase().split(/[./_]/))].filter(isTellingWord);
}

/** A workload that words may fit. */
export interface WorkloadByWords {
  readonly ref: ObjectRef;
  readonly text: string;
  readonly ready: boolean;
}

function readyReplicas(workload: { readonly status: { readonly readyReplicas: number | undefined } }): boolean {
  return (workload.status.readyReplicas ?? 0) > 0;
}

/** Without the registry, whose name is that of a company. */
function textOf({ namespace, name }: Metadata, { containers }: Pick<PodSpec, 'containers'>): string {
  return [namespace, name, ...containers.map((c) => imageReference(c.image).repository)].join(' ').toLowerCase();
}

/** Pods of a node's own files carry its name, and are of no product's workload. */
function isStatic({ metadata }: Pod): boolean {
  return metadata.annotations['kubernetes.io/config.mirror'] !== undefined;
}

/** Deployments, StatefulSets and the workloads of other pods, by what their names and images say. */
export const workloadTexts = perSnapshot((snapshot): readonly WorkloadByWords[] => {
  const replicated = [
    ...snapshot.list('Deployment').map((d) => ({
      ref: refTo('Deployment', d),
      text: textOf(d.metadata, d.spec.template.spec),
      ready: readyReplicas(d),
    })),
    ...snapshot.list('StatefulSet').map((s) => ({
      ref: refTo('StatefulSet', s),
      text: textOf(s.metadata, s.spec.template.spec),
      ready: readyReplicas(s),
    })),
  ];
  const known = new Set(replicated.map(({ ref }) => refKey(ref)));
  const others = snapshot
    .list('Pod')
    .filter((pod) => !isFinished(pod) && !isStatic(pod) && !known.has(refKey(workloadOf(snapshot, pod))));
  return [
    ...replicated,
    ...others.map((pod) => ({
      ref: workloadOf(snapshot, pod),
      text: textOf(pod.metadata, pod.spec),
      ready: isReady(pod),
    })),
  ];
});

/** A word that fits the workloads of more namespaces than this is the name of a company, not of a product. */
const mostNamespaces = 2;

/** What the words fit, and whether one of them tells anything: a word that fits everywhere tells nothing. */
export function workloadsByWords(
  snapshot: Snapshot,
  words: readonly string[],
): { readonly found: readonly WorkloadByWords[]; readonly traceable: boolean } {
  const byWord = words.map((word) => workloadTexts(snapshot).filter((c) => c.text.includes(word)));
  const telling = byWord.filter((fits) => new Set(fits.map((c) => c.ref.namespace)).size <= mostNamespaces);
  return { found: [...new Set(telling.flat())], traceable: telling.length > 0 };
}
