import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Pod, PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { imageReference } from '../images/image-reference.ts';
import { workloadOf } from '../workloads/owner.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { isFinished, isReady } from '../pods/pod-status.ts';

/** Who removes a finalizer. `words` are looked for in the names of workloads; without any it is Kubernetes itself. */
interface KnownOwner {
  readonly pattern: string;
  readonly who: string;
  readonly words: readonly string[];
}

const known: readonly KnownOwner[] = [
  {
    pattern: 'foregroundDeletion',
    who: 'the garbage collector, once the dependents that block it are gone',
    words: [],
  },
  { pattern: 'orphan', who: 'the garbage collector', words: [] },
  { pattern: 'batch.kubernetes.io/job-tracking', who: 'the job controller', words: [] },
  {
    pattern: 'service.kubernetes.io/load-balancer-cleanup',
    who: "the cloud's service controller",
    words: ['cloud-controller', 'metallb', 'cloud-provider'],
  },
  {
    pattern: 'resources-finalizer.argocd.argoproj.io',
    who: 'the Argo CD application controller',
    words: ['argocd-application-controller', 'application-controller'],
  },
  {
    pattern: 'post-delete-finalizer.argocd.argoproj.io',
    who: 'the Argo CD application controller',
    words: ['argocd-application-controller', 'application-controller'],
  },
  {
    pattern: 'finalizers.fluxcd.io',
    who: 'the Flux controller of its kind',
    words: [
      'kustomize-controller',
      'helm-controller',
      'source-controller',
      'notification-controller',
      'image-reflector-controller',
    ],
  },
  { pattern: 'finalizer.acme.cert-manager.io', who: 'cert-manager', words: ['cert-manager'] },
  {
    pattern: 'ingress.k8s.aws/resources',
    who: 'the AWS Load Balancer Controller',
    words: ['aws-load-balancer-controller', 'load-balancer-controller'],
  },
  {
    pattern: 'service.k8s.aws/resources',
    who: 'the AWS Load Balancer Controller',
    words: ['aws-load-balancer-controller', 'load-balancer-controller'],
  },
  {
    pattern: 'elbv2.k8s.aws/resources',
    who: 'the AWS Load Balancer Controller',
    words: ['aws-load-balancer-controller', 'load-balancer-controller'],
  },
  { pattern: 'finalizer.keda.sh', who: 'the KEDA operator', words: ['keda-operator', 'keda'] },
  { pattern: 'finalizer.kamaji.clastix.io', who: 'the Kamaji controller', words: ['kamaji'] },
];

/** Words of a finalizer that name no product. */
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

function wordsOf(finalizer: string): readonly string[] {
  return [...new Set(finalizer.toLowerCase().split(/[./_]/))].filter(
    (word) => word.length >= 4 && !plain.has(word) && !/^v\d/.test(word),
  );
}

interface Candidate {
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

/** A word that fits the workloads of more namespaces than this is the name of a company, not of a product. */
const mostNamespaces = 2;

/** What the words fit, and whether one of them tells anything: a word that fits everywhere tells nothing. */
function fitting(
  snapshot: Snapshot,
  words: readonly string[],
): { readonly found: readonly Candidate[]; readonly traceable: boolean } {
  const byWord = words.map((word) => candidates(snapshot).filter((c) => c.text.includes(word)));
  const telling = byWord.filter((fits) => new Set(fits.map((c) => c.ref.namespace)).size <= mostNamespaces);
  return { found: [...new Set(telling.flat())], traceable: telling.length > 0 };
}

/** Pods of a node's own files carry its name, and own no finalizer. */
function isStatic({ metadata }: Pod): boolean {
  return metadata.annotations['kubernetes.io/config.mirror'] !== undefined;
}

/** Deployments, StatefulSets and the workloads of other pods, by what their names and images say. */
const candidates = perSnapshot((snapshot): readonly Candidate[] => {
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

export interface FinalizerOwner {
  /** In words. */
  readonly who: string;
  /** Workloads that may be it, ready ones first. Empty for Kubernetes' own. */
  readonly workloads: readonly ObjectRef[];
  /** `running`: one of them is ready. `gone`: none is, and the workloads could be seen. `unknown`: nobody can tell. */
  readonly state: 'running' | 'gone' | 'unknown';
  /** The owner is a known product, or Kubernetes itself; else it was guessed from the finalizer's words. */
  readonly known: boolean;
}

/** Tools with which people write objects: they own no finalizer. */
const tools = [
  'kubectl',
  'helm',
  'terraform',
  'argocd',
  'kustomize-controller',
  'kube-',
  'before-first-apply',
  'pulumi',
  'oc',
  'k9s',
  'lens',
  'mozilla',
  'node-fetch',
  'unknown',
];

/** Names of controllers that wrote the object, where its finalizer names nobody. */
function writersOf({ managers }: Metadata): readonly string[] {
  const names = managers
    .filter((m) => !tools.some((tool) => m.manager.toLowerCase().startsWith(tool)))
    .map((m) => m.manager.toLowerCase());
  const stripped = names.map((name) => name.replace(/[-_](?:controller|operator|manager)s?$/, '').replaceAll('_', '-'));
  return [...new Set(stripped)].filter((name) => name.length >= 4 && !plain.has(name));
}

/** Who has to remove a finalizer of an object, and whether it runs. */
export function ownerOfFinalizer(snapshot: Snapshot, finalizer: string, metadata: Metadata): FinalizerOwner {
  const entry = known.find((k) => finalizer === k.pattern || finalizer.startsWith(k.pattern));
  if (entry !== undefined && entry.words.length === 0) {
    return { who: entry.who, workloads: [], state: 'unknown', known: true };
  }
  const named = entry?.words ?? wordsOf(finalizer);
  const words = named.length > 0 ? named : writersOf(metadata);
  const { found, traceable } = fitting(snapshot, words);
  const sorted = found.toSorted((a, b) => Number(b.ready) - Number(a.ready) || a.ref.name.localeCompare(b.ref.name));
  // What runs has pods; a controller that is scaled to zero or broken shows in its Deployment alone.
  const seen =
    (snapshot.saw('Pod') || (snapshot.saw('Deployment') && snapshot.saw('StatefulSet'))) &&
    candidates(snapshot).length > 0;
  const running = sorted.some((c) => c.ready);
  // A finalizer whose words name nothing ("example.com/cleanup") cannot be traced to a workload.
  const state = running ? 'running' : seen && traceable ? 'gone' : 'unknown';
  return {
    who: entry?.who ?? 'the controller that set it',
    workloads: sorted.map((c) => c.ref),
    state,
    known: entry !== undefined,
  };
}
