import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isTellingWord, productWords, workloadsByWords, workloadTexts } from '../workloads/workloads-by-words.ts';

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
  {
    pattern: 'machine.cluster.x-k8s.io',
    who: 'the controller manager of Cluster API',
    words: ['capi-controller-manager', 'cluster-api'],
  },
  {
    pattern: 'cluster.cluster.x-k8s.io',
    who: 'the controller manager of Cluster API',
    words: ['capi-controller-manager', 'cluster-api'],
  },
  { pattern: 'finalizer.kamaji.clastix.io', who: 'the Kamaji controller', words: ['kamaji'] },
];

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
  return [...new Set(stripped)].filter(isTellingWord);
}

/** Who has to remove a finalizer of an object, and whether it runs. */
export function ownerOfFinalizer(snapshot: Snapshot, finalizer: string, metadata: Metadata): FinalizerOwner {
  const entry = known.find((k) => finalizer === k.pattern || finalizer.startsWith(k.pattern));
  if (entry !== undefined && entry.words.length === 0) {
    return { who: entry.who, workloads: [], state: 'unknown', known: true };
  }
  const named = entry?.words ?? productWords(finalizer);
  const words = named.length > 0 ? named : writersOf(metadata);
  const { found, traceable } = workloadsByWords(snapshot, words);
  const sorted = found.toSorted((a, b) => Number(b.ready) - Number(a.ready) || a.ref.name.localeCompare(b.ref.name));
  // What runs has pods; a controller that is scaled to zero or broken shows in its Deployment alone.
  const seen =
    (snapshot.saw('Pod') || (snapshot.saw('Deployment') && snapshot.saw('StatefulSet'))) &&
    workloadTexts(snapshot).length > 0;
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
