import type { Json } from '@autodevops/domain/kubernetes/shape';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { refToCustom } from './custom-objects.ts';
import { ageOf } from '../recency.ts';

function field(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[key]
    : undefined;
}

const makers = new Set([
  'ExternalSecret',
  'SealedSecret',
  'Certificate',
  'VaultStaticSecret',
  'VaultDynamicSecret',
  'SecretProviderClass',
  'Password',
  'OnePasswordItem',
  'InfisicalSecret',
]);

/** What an issuer or a store may take to answer. */
const making = 2 * 60_000;

export interface SecretMaker {
  readonly ref: ObjectRef;
  /** It was made so lately that the Secret may well be on its way. */
  readonly young: boolean;
}

/** Objects of other tools that are to make a Secret: by the same name, or naming it as their target. */
export function secretMakers(snapshot: Snapshot, namespace: string, name: string): readonly SecretMaker[] {
  return snapshot.custom
    .filter((object) => object.metadata.namespace === namespace && makers.has(object.kind))
    .filter((object) => {
      const target = field(object.spec, 'target') ?? field(object.spec, 'destination');
      return (
        object.metadata.name === name || field(object.spec, 'secretName') === name || field(target, 'name') === name
      );
    })
    .map((object) => ({
      ref: refToCustom(object),
      young: (ageOf(snapshot, object.metadata.creationTimestamp) ?? Infinity) < making,
    }));
}
