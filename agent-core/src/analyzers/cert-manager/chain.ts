import type { Because } from '@autodevops/domain/finding';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { conditionsOf, customDescendants, customNamed, refToCustom } from '../../reading/platform/custom-objects.ts';
import { textAt } from '../../reading/json-value.ts';

export const group = 'cert-manager.io';
export const acmeGroup = 'acme.cert-manager.io';

export function readyOf(object: CustomObject): Condition | undefined {
  return conditionsOf(object).find((c) => c.type === 'Ready');
}

function isReadyCertificate(object: CustomObject): boolean {
  return readyOf(object)?.status === 'True';
}

/** The object of that kind which owns this one: the Certificate of a request, the Order of a challenge. */
function ownerIn(snapshot: Snapshot, object: CustomObject, kind: string): CustomObject | undefined {
  const owner = object.metadata.ownerReferences.find((o) => o.kind === kind);
  if (owner === undefined) return undefined;
  return customNamed(snapshot, {
    group: groupOf(owner.apiVersion),
    kind,
    namespace: object.metadata.namespace,
    name: owner.name,
  });
}

/** The issuer that a Certificate, request, Order or Challenge names. */
export function issuerRef(object: CustomObject): ObjectRef | undefined {
  const name = textAt(object.spec, 'issuerRef', 'name');
  if (name === '') return undefined;
  const kind = textAt(object.spec, 'issuerRef', 'kind') || 'Issuer';
  const issuerGroup = textAt(object.spec, 'issuerRef', 'group') || group;
  return {
    apiVersion: `${issuerGroup}/v1`,
    kind,
    namespace: kind === 'ClusterIssuer' ? '' : object.metadata.namespace,
    name,
    uid: '',
  };
}

/** What comes later in the chain, and the issuer. */
export function nextInChain(snapshot: Snapshot, object: CustomObject): readonly Because[] {
  const issuer = issuerRef(object);
  // Requests, their orders, and their challenges.
  const owned = customDescendants(snapshot, object.metadata.uid).map(refToCustom);
  return [...owned, ...(issuer === undefined ? [] : [issuer])].map((ref) => ({ object: ref }));
}

/** True unless the certificate that all this is for has come right. */
export function stillMatters(snapshot: Snapshot, object: CustomObject): boolean {
  let current: CustomObject | undefined = object;
  for (const kind of ['Order', 'CertificateRequest', 'Certificate']) {
    const owner: CustomObject | undefined = current === undefined ? undefined : ownerIn(snapshot, current, kind);
    if (owner !== undefined) current = owner;
  }
  return current === undefined || current.kind !== 'Certificate' || !isReadyCertificate(current);
}
