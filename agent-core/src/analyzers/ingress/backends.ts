import type { Finding } from '@autodevops/domain/finding';
import type { Ingress, IngressBackend, Service } from '@autodevops/domain/kubernetes/network';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { backendMissing, backendPortMissing } from './codes.ts';

interface Placed {
  readonly backend: IngressBackend;
  /** `shop.example.com/api` for people. */
  readonly route: string;
  readonly path: string;
}

function backendsOf(ingress: Ingress): readonly Placed[] {
  const { defaultBackend, rules } = ingress.spec;
  const placed: Placed[] =
    defaultBackend === undefined
      ? []
      : [{ backend: defaultBackend, route: 'everything else', path: 'spec.defaultBackend' }];
  for (const [i, rule] of rules.entries()) {
    for (const [j, path] of rule.http.paths.entries()) {
      placed.push({
        backend: path.backend,
        route: `${rule.host ?? '*'}${path.path ?? ''}`,
        path: `spec.rules[${i}].http.paths[${j}].backend`,
      });
    }
  }
  return placed;
}

function whereElse(snapshot: Snapshot, namespace: string, name: string): string {
  const near = nearMatches(
    name,
    snapshot.listIn('Service', namespace).map((s) => s.metadata.name),
  );
  if (near.length > 0) return `; there is ${near.map((n) => `"${n}"`).join(', ')}`;
  const other = snapshot.list('Service').find((s) => s.metadata.name === name);
  return other === undefined ? '' : `; a Service of that name is in namespace "${other.metadata.namespace}"`;
}

function missing(snapshot: Snapshot, ingress: Ingress, placed: readonly Placed[]): Finding | undefined {
  const [first] = placed;
  const name = first?.backend.service?.name;
  if (first === undefined || name === undefined) return undefined;
  const ref = refTo('Ingress', ingress);
  const { namespace } = ingress.metadata;
  const routes = placed
    .slice(0, 3)
    .map((p) => p.route)
    .join(', ');
  return finding(backendMissing, {
    object: ref,
    cause: `Ingress "${ingress.metadata.name}" sends ${routes} to Service "${name}", which does not exist in namespace "${namespace}"${whereElse(snapshot, namespace, name)}.`,
    evidence: [fromSpec(ref, `${first.path}.service.name`, name)],
    since: lastChange(ingress),
    facet: name,
    because: [{ object: refByName('Service', namespace, name) }],
  });
}

function portText(service: Service): string {
  return service.spec.ports.map((p) => (p.name === undefined ? `${p.port}` : `${p.port} (${p.name})`)).join(', ');
}

function checkPort(ingress: Ingress, service: Service, placed: Placed): Finding | undefined {
  const wanted = placed.backend.service?.port;
  const asked = wanted?.number ?? wanted?.name;
  // The annotation of a cloud's controller says where to.
  if (asked === undefined || asked === '' || asked === 'use-annotation') return undefined;
  const has = service.spec.ports.some((p) => p.port === asked || p.name === asked);
  if (has || service.spec.ports.length === 0) return undefined;
  const ref = refTo('Ingress', ingress);
  const isTarget = service.spec.ports.find((p) => p.targetPort === asked);
  const hint =
    isTarget === undefined ? '' : `; ${asked} is the container's port, which the Service offers as ${isTarget.port}`;
  return finding(backendPortMissing, {
    object: ref,
    cause: `Ingress "${ingress.metadata.name}" sends ${placed.route} to port ${asked} of Service "${service.metadata.name}", which has ${portText(service)}${hint}.`,
    evidence: [
      fromSpec(ref, `${placed.path}.service.port`, String(asked)),
      fromSpec(refTo('Service', service), 'spec.ports', portText(service)),
    ],
    since: lastChange(ingress),
    facet: `${service.metadata.name}:${asked}`,
  });
}

export function checkBackends(snapshot: Snapshot, ingress: Ingress): readonly Finding[] {
  const { namespace, annotations } = ingress.metadata;
  const gone = new Map<string, Placed[]>();
  const ports = new Map<string, Finding>();
  for (const placed of backendsOf(ingress)) {
    const name = placed.backend.service?.name;
    if (name === undefined || name === '' || `alb.ingress.kubernetes.io/actions.${name}` in annotations) continue;
    const service = snapshot.get('Service', namespace, name);
    if (service !== undefined) {
      const found = checkPort(ingress, service, placed);
      if (found !== undefined && !ports.has(found.facet)) ports.set(found.facet, found);
    } else if (snapshot.lacks('Service', namespace, name)) {
      gone.set(name, [...(gone.get(name) ?? []), placed]);
    }
  }
  const missed = [...gone.values()].map((placed) => missing(snapshot, ingress, placed)).filter((f) => f !== undefined);
  return [...missed, ...ports.values()];
}
