import type { Finding } from '@autodevops/domain/finding';
import type { Ingress, IngressBackend, NetworkPolicy, Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog, fromSpec } from '../../evidence/finding.ts';
import { connectionTrouble } from '../../reading/output/connection-trouble.ts';
import { edgePods } from '../../reading/network/edge-pods.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { blockingPolicies } from '../../reading/network/network-policy.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { labelsText } from '../../reading/selector.ts';
import { certainty, policyEvidence, speaking } from './blocked.ts';
import { ingressBlocked } from './codes.ts';
import { targetsOf } from './dependencies.ts';
import type { Target } from './dependencies.ts';

interface Backend {
  readonly service: Service;
  readonly port: number | undefined;
  readonly path: string;
}

function backendsOf(snapshot: Snapshot, ingress: Ingress): readonly Backend[] {
  const found = new Map<string, Backend>();
  const add = (backend: IngressBackend | undefined, path: string): void => {
    const service = snapshot.get('Service', ingress.metadata.namespace, backend?.service?.name ?? '');
    if (service === undefined || Object.keys(service.spec.selector).length === 0) return;
    const { number, name } = backend?.service?.port ?? {};
    const port = number ?? service.spec.ports.find((p) => p.name === name)?.port;
    const key = `${service.metadata.name}:${port ?? ''}`;
    if (!found.has(key)) found.set(key, { service, port, path });
  };
  add(ingress.spec.defaultBackend, 'spec.defaultBackend');
  for (const [i, rule] of ingress.spec.rules.entries()) {
    for (const [j, { backend }] of rule.http.paths.entries()) add(backend, `spec.rules[${i}].http.paths[${j}].backend`);
  }
  return [...found.values()];
}

/** The policies that keep a pod at the edge from every pod behind the backend, by the last of them. */
function blockedBy(snapshot: Snapshot, edge: Pod, targets: readonly Target[]): readonly NetworkPolicy[] {
  const blocked = targets.map(({ pod, port, protocol }) =>
    blockingPolicies(snapshot, 'Ingress', { from: edge, to: pod, port, protocol }),
  );
  return blocked.length > 0 && blocked.every((policies) => policies.length > 0) ? (blocked.at(-1) ?? []) : [];
}

function checkBackend(
  snapshot: Snapshot,
  ingress: Ingress,
  { service, port, path }: Backend,
  edges: readonly Pod[],
): Finding | undefined {
  const targets = targetsOf(snapshot, { service, port });
  const [edge] = edges;
  if (edge === undefined || targets.length === 0) return undefined;
  // Where one pod at the edge is let in, the policy means the others too, or they are of another revision.
  const policies = edges.map((pod) => blockedBy(snapshot, pod, targets));
  const policy = policies.every((p) => p.length > 0) ? speaking(policies[0] ?? []) : undefined;
  if (policy === undefined) return undefined;
  const addresses = [service.spec.clusterIP ?? '', ...targets.map(({ pod }) => pod.status.podIP ?? '')].filter(
    (address) => address !== '' && address !== 'None',
  );
  const told = edges
    .map((pod) => ({ pod, line: connectionTrouble(snapshot, pod, addresses) }))
    .find(({ line }) => line !== undefined);
  const line = told?.line;
  const ref = refTo('Ingress', ingress);
  const shown = refTo('Pod', told?.pod ?? edge);
  const to = `Service ${service.metadata.namespace}/${service.metadata.name}`;
  return finding(ingressBlocked, {
    object: refTo('NetworkPolicy', policy),
    ...certainty({ struggling: false, line }),
    cause: `NetworkPolicy "${policy.metadata.name}" does not let ${refText(workloadOf(snapshot, edge))} in to ${to} (port ${targets[0]?.port ?? ''} of its pods), to which Ingress "${ingress.metadata.name}" sends its requests.`,
    evidence: [
      policyEvidence(policy, 'Ingress'),
      ...(line === undefined ? [] : [fromLog(shown, line.container, line.previous, line.text, line.time)]),
      fromSpec(ref, path, `${service.metadata.name}:${port ?? ''}`),
      fromSpec(shown, 'metadata.labels', labelsText((told?.pod ?? edge).metadata.labels)),
      ...namespaceLabels(snapshot, edge),
    ],
    since: lastChange(policy),
    facet: `${refKey(ref)} ${service.metadata.name}`,
    standing: line === undefined ? 'expected' : 'current',
    // Whether it is felt the log at the edge tells: it is named so that it is read.
    because:
      line === undefined
        ? edges.slice(0, 2).map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.dependency.'] }))
        : [],
  });
}

function namespaceLabels(snapshot: Snapshot, { metadata }: Pod): Finding['evidence'] {
  const namespace = snapshot.get('Namespace', '', metadata.namespace);
  return namespace === undefined
    ? []
    : [fromSpec(refTo('Namespace', namespace), 'metadata.labels', labelsText(namespace.metadata.labels))];
}

/** Ingresses whose controller, where it runs in the cluster, may not connect to the pods behind them. */
export function checkRouted(snapshot: Snapshot): readonly Finding[] {
  const restricted = new Set(snapshot.list('NetworkPolicy').map((p) => p.metadata.namespace));
  return snapshot.list('Ingress').flatMap((ingress) => {
    if (!restricted.has(ingress.metadata.namespace) || ingress.metadata.deletionTimestamp !== undefined) return [];
    const edges = edgePods(snapshot, ingress).slice(0, 5);
    return edges.length === 0
      ? []
      : backendsOf(snapshot, ingress).flatMap((backend) => checkBackend(snapshot, ingress, backend, edges) ?? []);
  });
}
