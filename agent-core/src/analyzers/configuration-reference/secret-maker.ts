import type { Json } from '@autodevops/domain/kubernetes/shape';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';

function field(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json })[key] : undefined;
}

const makers = new Set(['ExternalSecret', 'SealedSecret', 'Certificate', 'VaultStaticSecret', 'VaultDynamicSecret', 'SecretProviderClass', 'Password', 'OnePasswordItem', 'InfisicalSecret']);

/** Objects of other tools that are to make a Secret: by the same name, or naming it as their target. */
export function secretMakers(snapshot: Snapshot, namespace: string, name: string): readonly ObjectRef[] {
  return snapshot.custom
    .filter((object) => object.metadata.namespace === namespace && makers.has(object.kind))
    .filter((object) => {
      const target = field(object.spec, 'target') ?? field(object.spec, 'destination');
      return object.metadata.name === name || field(object.spec, 'secretName') === name || field(target, 'name') === name;
    })
    .map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, namespace, name: metadata.name, uid: metadata.uid }));
}
