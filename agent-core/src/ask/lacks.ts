import { counted } from '@autodevops/domain/count-words';
import type { Container, PodSpec } from '@autodevops/domain/kubernetes/pod';
import { matchesSelector } from '../reading/selector.ts';
import type { WorkloadTemplate } from '../reading/workloads/workload-templates.ts';
import type { AskContext } from './intent.ts';

/** Something that a workload may lack or have, as people ask for it. */
export interface Lack {
  readonly words: RegExp;
  /** How it is said of workloads that lack it ("no limits") or have it ("one replica"). */
  readonly said: string;
  /** What of the workload lacks it, for the table; empty where nothing does. */
  readonly where: (workload: WorkloadTemplate, context: AskContext) => readonly string[];
}

function containers(test: (container: Container) => boolean): Lack['where'] {
  return ({ spec }) => spec.containers.filter(test).map(({ name }) => name);
}

function itself(test: (workload: WorkloadTemplate, context: AskContext) => boolean): Lack['where'] {
  return (workload, context) => (test(workload, context) ? [counted(workload.replicas, 'replica')] : []);
}

function isGuarded({ ref, labels }: WorkloadTemplate, { snapshot }: AskContext): boolean {
  return snapshot
    .listIn('PodDisruptionBudget', ref.namespace)
    .some(({ spec }) => spec.selector !== undefined && matchesSelector(spec.selector, labels));
}

function isScaled({ ref }: WorkloadTemplate, { snapshot }: AskContext): boolean {
  return snapshot
    .listIn('HorizontalPodAutoscaler', ref.namespace)
    .some(({ spec: { scaleTargetRef: to } }) => to.kind === ref.kind && to.name === ref.name);
}

/** Where neither the pod nor the container says otherwise, the image decides. */
function mayBeRoot({ securityContext: own }: Container, { securityContext: whole }: PodSpec): boolean {
  return (own.runAsNonRoot ?? whole.runAsNonRoot) !== true && (own.runAsUser ?? whole.runAsUser ?? 0) === 0;
}

function usesLatest({ image }: Container): boolean {
  const name = image.split('/').at(-1) ?? '';
  return !image.includes('@') && (!name.includes(':') || name.endsWith(':latest'));
}

export const lacks: readonly Lack[] = [
  {
    words: /\bmemory limits?\b/i,
    said: 'no memory limit',
    where: containers((c) => c.resources.limits['memory'] === undefined),
  },
  {
    words: /\bcpu limits?\b/i,
    said: 'no CPU limit',
    where: containers((c) => c.resources.limits['cpu'] === undefined),
  },
  {
    words: /\bmemory requests?\b/i,
    said: 'no memory request',
    where: containers((c) => c.resources.requests['memory'] === undefined),
  },
  {
    words: /\bcpu requests?\b/i,
    said: 'no CPU request',
    where: containers((c) => c.resources.requests['cpu'] === undefined),
  },
  { words: /\blimits?\b/i, said: 'no limits', where: containers((c) => Object.keys(c.resources.limits).length === 0) },
  {
    words: /\b(?:requests?|resources)\b/i,
    said: 'no requests',
    where: containers((c) => Object.keys(c.resources.requests).length === 0),
  },
  { words: /\breadiness\b/i, said: 'no readiness probe', where: containers((c) => c.readinessProbe === undefined) },
  { words: /\bliveness\b/i, said: 'no liveness probe', where: containers((c) => c.livenessProbe === undefined) },
  { words: /\bstartup\b/i, said: 'no startup probe', where: containers((c) => c.startupProbe === undefined) },
  {
    words: /\b(?:probes?|health ?checks?)\b/i,
    said: 'no probe',
    where: containers(
      (c) => c.readinessProbe === undefined && c.livenessProbe === undefined && c.startupProbe === undefined,
    ),
  },
  {
    words: /\b(?:pdbs?|(?:pod )?disruption budgets?)\b/i,
    said: 'no PodDisruptionBudget',
    where: itself((w, context) => w.ref.kind !== 'DaemonSet' && !isGuarded(w, context)),
  },
  {
    words: /\b(?:hpas?|autoscal\w+)\b/i,
    said: 'no autoscaler',
    where: itself((w, context) => w.ref.kind !== 'DaemonSet' && !isScaled(w, context)),
  },
  {
    words: /\b(?:single|one|1) (?:replica|pod|instance|copy)\b|^ ?single points? of failure/i,
    said: 'one replica',
    where: itself((w) => w.ref.kind !== 'DaemonSet' && w.replicas === 1),
  },
  {
    words: /\b(?:latest|untagged|floating|unpinned|not pinned|pinned|no (?:image )?tag|fixed tag)\b/i,
    said: 'an image without a fixed tag',
    where: containers(usesLatest),
  },
  {
    words: /\b(?:as )?root(?: user)?\b/i,
    said: 'a container that may run as root',
    where: ({ spec }) => spec.containers.filter((c) => mayBeRoot(c, spec)).map(({ name }) => name),
  },
  {
    words: /\b(?:privileged)\b/i,
    said: 'a privileged container',
    where: containers((c) => c.securityContext.privileged === true),
  },
  {
    words: /\b(?:docker|containerd|cri-?o|container runtime) ?sock(?:et)?s?\b/i,
    said: 'the socket of the container runtime',
    where: ({ spec }) =>
      spec.volumes.flatMap(({ name, hostPath }) => (hostPath?.path?.endsWith('.sock') === true ? [name] : [])),
  },
  {
    words: /\bhost ?network\b/i,
    said: 'the network of their host',
    where: itself(({ spec }) => spec.hostNetwork === true),
  },
];
