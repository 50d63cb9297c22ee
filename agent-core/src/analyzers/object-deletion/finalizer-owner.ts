import type { Deployment } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../../reading/per-snapshot.ts';

/** Who removes a finalizer. `words` are looked for in the names of workloads; without any it is Kubernetes itself. */
interface KnownOwner {
  readonly pattern: string;
  readonly who: string;
  readonly words: readonly string[];
}

const known: readonly KnownOwner[] = [
  { pattern: 'foregroundDeletion', who: 'the garbage collector, once the dependents that block it are gone', words: [] },
  { pattern: 'orphan', who: 'the garbage collector', words: [] },
  { pattern: 'batch.kubernetes.io/job-tracking', who: 'the job controller', words: [] },
  { pattern: 'service.kubernetes.io/load-balancer-cleanup', who: 'the cloud\'s service controller', words: ['cloud-controller', 'metallb', 'cloud-provider'] },
  { pattern: 'resources-finalizer.argocd.argoproj.io', who: 'the Argo CD application controller', words: ['argocd-application-controller', 'application-controller'] },
  { pattern: 'post-delete-finalizer.argocd.argoproj.io', who: 'the Argo CD application controller', words: ['argocd-application-controller', 'application-controller'] },
  { pattern: 'finalizers.fluxcd.io', who: 'the Flux controller of its kind', words: ['kustomize-controller', 'helm-controller', 'source-controller', 'notification-controller', 'image-reflector-controller'] },
  { pattern: 'finalizer.acme.cert-manager.io', who: 'cert-manager', words: ['cert-manager'] },
  { pattern: 'ingress.k8s.aws/resources', who: 'the AWS Load Balancer Controller', words: ['aws-load-balancer-controller', 'load-balancer-controller'] },
  { pattern: 'service.k8s.aws/resources', who: 'the AWS Load Balancer Controller', words: ['aws-load-balancer-controller', 'load-balancer-controller'] },
  { pattern: 'elbv2.k8s.aws/resources', who: 'the AWS Load Balancer Controller', words: ['aws-load-balancer-controller', 'load-balancer-controller'] },
  { pattern: 'finalizer.keda.sh', who: 'the KEDA operator', words: ['keda-operator', 'keda'] },
  { pattern: 'finalizer.kamaji.clastix.io', who: 'the Kamaji controller', words: ['kamaji'] },
];

/** Words of a finalizer that name no product. */
const plain = new Set(['io', 'com', 'org', 'net', 'dev', 'sh', 'k8s', 'kubernetes', 'finalizer', 'finalizers', 'operator', 'controller', 'cleanup', 'delete', 'deletion', 'x-k8s', 'example', 'www', 'cloud', 'app', 'apps', 'resources', 'cluster', 'group', 'api']);

function wordsOf(finalizer: string): readonly string[] {
  return [...new Set(finalizer.toLowerCase().split(/[./_]/))].filter((word) => word.length >= 4 && !plain.has(word) && !/^v\d/.test(word));
}

interface Candidate {
  readonly ref: ObjectRef;
  readonly text: string;
  readonly ready: boolean;
}

function readyReplicas(workload: { readonly status: { readonly readyReplicas: number | undefined } }): boolean {
  return (workload.status.readyReplicas ?? 0) > 0;
}

/** Deployments and StatefulSets by what their names and images say. */
const candidates = perSnapshot((snapshot): readonly Candidate[] => {
  const text = (o: Pick<Deployment, 'metadata' | 'spec'> | { metadata: Deployment['metadata']; spec: { template: Deployment['spec']['template'] } }): string =>
    [o.metadata.namespace, o.metadata.name, ...o.spec.template.spec.containers.map((c) => c.image)].join(' ').toLowerCase();
  return [
    ...snapshot.list('Deployment').map((d) => ({ ref: refTo('Deployment', d), text: text(d), ready: readyReplicas(d) })),
    ...snapshot.list('StatefulSet').map((s) => ({ ref: refTo('StatefulSet', s), text: text(s), ready: readyReplicas(s) })),
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

/** Who has to remove a finalizer, and whether it runs. */
export function ownerOfFinalizer(snapshot: Snapshot, finalizer: string): FinalizerOwner {
  const entry = known.find((k) => finalizer === k.pattern || finalizer.startsWith(k.pattern));
  if (entry !== undefined && entry.words.length === 0) return { who: entry.who, workloads: [], state: 'unknown', known: true };
  const words = entry?.words ?? wordsOf(finalizer);
  const fitting = candidates(snapshot).filter((c) => words.some((word) => c.text.includes(word)));
  const sorted = fitting.toSorted((a, b) => Number(b.ready) - Number(a.ready) || a.ref.name.localeCompare(b.ref.name));
  const seen = snapshot.saw('Deployment') && snapshot.saw('StatefulSet') && candidates(snapshot).length > 0;
  const running = sorted.some((c) => c.ready);
  // A finalizer whose words name nothing ("example.com/cleanup") cannot be traced to a workload.
  const traceable = words.length > 0;
  const state = running ? 'running' : seen && traceable ? 'gone' : 'unknown';
  return { who: entry?.who ?? 'the controller that set it', workloads: sorted.map((c) => c.ref), state, known: entry !== undefined };
}
