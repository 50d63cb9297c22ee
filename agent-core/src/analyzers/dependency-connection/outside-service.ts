import type { EndpointSlice, Service } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec } from '../../evidence/finding.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { said } from '../../reading/said.ts';
import type { Detour } from './detour.ts';

function alias(service: Service, host: string): Detour {
  const { namespace, name } = service.metadata;
  return {
    says: `, an alias of "${said(host, 120)}"`,
    evidence: [fromSpec(refTo('Service', service), 'spec.externalName', host)],
    step: `Check that "${said(host, 120)}" still exists and answers, or correct \`spec.externalName\` of Service ${namespace}/${name}.`,
  };
}

function slicesOf(snapshot: Snapshot, { metadata: { namespace, name } }: Service): readonly EndpointSlice[] {
  return snapshot
    .listIn('EndpointSlice', namespace)
    .filter((slice) => slice.metadata.labels['kubernetes.io/service-name'] === name);
}

/** Endpoints of a Service without selector are kept by hand, or by a program that knows machines outside. */
function keptByHand(snapshot: Snapshot, service: Service): Detour | undefined {
  const slice = slicesOf(snapshot, service).find((s) =>
    s.endpoints.some((e) => e.addresses.length > 0 && e.targetRef?.kind !== 'Pod'),
  );
  if (slice === undefined) return undefined;
  const addresses = slice.endpoints
    .flatMap((e) => e.addresses)
    .slice(0, 3)
    .join(', ');
  const port = slice.ports[0]?.port;
  const { namespace, name } = slice.metadata;
  return {
    says: `, which has no selector: its endpoints are kept by hand (${said(addresses, 120)}${port === undefined ? '' : `, port ${port}`})`,
    evidence: [fromSpec(refTo('EndpointSlice', slice), 'endpoints[*].addresses', addresses)],
    step: `Check that ${said(addresses, 120)} is still the right address and can be reached from the nodes; it stands in EndpointSlice ${namespace}/${name}.`,
  };
}

/** Undefined for a Service that selects pods, and for what is no Service. */
export function outsideService(
  snapshot: Snapshot,
  { dependency: { kind, ref } }: MissedDependency,
): Detour | undefined {
  const service =
    kind === 'service' && ref !== undefined ? snapshot.get('Service', ref.namespace, ref.name) : undefined;
  if (service === undefined) return undefined;
  const host = service.spec.type === 'ExternalName' ? (service.spec.externalName ?? '') : '';
  if (host !== '') return alias(service, host);
  return Object.keys(service.spec.selector).length === 0 ? keptByHand(snapshot, service) : undefined;
}
