import { refByName } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** The Services of this cluster that stand behind the name of a registry: it runs here, behind an Ingress. */
export function servicesOfRegistry(snapshot: Snapshot, registry: string): readonly ObjectRef[] {
  const host = registry.replace(/:\d+$/, '');
  return snapshot
    .list('Ingress')
    .flatMap(({ metadata, spec }) =>
      spec.rules
        .filter((rule) => rule.host === host)
        .flatMap((rule) =>
          rule.http.paths.flatMap(({ backend }) =>
            backend.service === undefined ? [] : [refByName('Service', metadata.namespace, backend.service.name)],
          ),
        ),
    );
}
