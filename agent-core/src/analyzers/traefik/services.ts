import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refByName, refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { listAt, textAt } from '../../reading/json-value.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { said } from '../../reading/said.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { serviceMissing } from './codes.ts';
import { traefikGroups } from './middlewares.ts';

const kinds = ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP'] as const;

function checkRoute(snapshot: Snapshot, route: CustomObject): Finding[] {
  const ref = refToCustom(route);
  return listAt(route.spec, 'routes').flatMap((rule, i) =>
    listAt(rule, 'services').flatMap((service, j) => {
      const name = textAt(service, 'name');
      const namespace = textAt(service, 'namespace') || route.metadata.namespace;
      const isOwn = (textAt(service, 'kind') || 'Service') === 'Service' && name !== '' && !name.includes('@');
      if (!isOwn || !snapshot.lacks('Service', namespace, name)) return [];
      const near = nearMatches(
        name,
        snapshot.listIn('Service', namespace).map((s) => s.metadata.name),
      );
      const hint = near.length === 0 ? '' : `; there is ${near.map((n) => `"${n}"`).join(', ')}`;
      return [
        finding(serviceMissing, {
          object: ref,
          cause: `${refText(ref)} sends requests to Service "${said(name, 120)}", which does not exist in namespace "${namespace}"${hint}.`,
          evidence: [fromSpec(ref, `spec.routes[${i}].services[${j}].name`, name)],
          since: lastChange(route),
          facet: `${namespace}/${name}`,
          because: [{ object: refByName('Service', namespace, name) }],
        }),
      ];
    }),
  );
}

/** Routes of Traefik's own kinds to Services that are not there. */
export function checkServices(snapshot: Snapshot): readonly Finding[] {
  return traefikGroups
    .flatMap((group) => kinds.flatMap((kind) => customOfKind(snapshot, group, kind)))
    .flatMap((route) => checkRoute(snapshot, route));
}
