import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { Draft } from '../action.ts';

const text = z.string().catch('').default('');
const Entries = z
  .looseObject({
    entries: z
      .array(z.looseObject({ id: z.string(), v: text }))
      .catch([])
      .default([]),
  })
  .catch({ entries: [] })
  .default({ entries: [] });
/** https://fluxcd.io/flux/components/kustomize/kustomizations/#inventory, the same of a HelmRelease where it keeps one. */
const Applying = z.looseObject({
  spec: z
    .looseObject({ targetNamespace: text, kubeConfig: z.looseObject({}).optional() })
    .catch({ targetNamespace: '' })
    .default({ targetNamespace: '' }),
  status: z
    .looseObject({ inventory: Entries })
    .catch({ inventory: { entries: [] } })
    .default({ inventory: { entries: [] } }),
});

/** `NAMESPACE_NAME_GROUP_KIND`, with two underscores for a colon of the name. */
const entry = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/;

function nameOf({ id, v }: { readonly id: string; readonly v: string }): readonly ObjectName[] {
  const [, namespace = '', name = '', group = '', kind = ''] = entry.exec(id) ?? [];
  return kind === ''
    ? []
    : [
        {
          apiVersion: joinApiVersion(group, v || 'v1'),
          kind,
          namespace,
          name: name.replaceAll('__', ':'),
        },
      ];
}

/** Where what it applies lies, when it has no account of the objects. */
function placeOf(object: Manifest, targetNamespace: string): string {
  return targetNamespace === '' && object.kind === 'HelmRelease' ? (object.metadata.namespace ?? '') : targetNamespace;
}

/**
 * Objects that Flux changes when it applies this anew: what it keeps by its own account, or the namespace that it
 * writes into. Not known of a source, which others apply, and of what lies in another cluster.
 */
export function reachOfFlux(object: Manifest): Pick<Draft, 'reaches'> {
  const { spec, status } = Applying.parse(object);
  if (!['Kustomization', 'HelmRelease'].includes(object.kind) || spec.kubeConfig !== undefined) return {};
  const kept = status.inventory.entries.flatMap(nameOf);
  if (kept.length > 0) return { reaches: kept };
  const place = placeOf(object, spec.targetNamespace);
  return place === '' ? {} : { reaches: [{ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: place }] };
}
