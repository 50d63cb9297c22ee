import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Json } from '@autodevops/domain/kubernetes/shape';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { refToCustom } from './platform/custom-objects.ts';
import { textAt } from './json-value.ts';

/** The kind that a reference means when it does not say. */
const usualKinds: ReadonlyMap<string, string> = new Map([
  ['secretStoreRef', 'SecretStore'],
  ['issuerRef', 'Issuer'],
  ['sourceRef', 'GitRepository'],
  ['configMapRef', 'ConfigMap'],
  ['secretRef', 'Secret'],
]);

/** References upwards, to what the object is part of: following them would explain a whole by its part and back. */
const upwards = new Set(['claimRef', 'ownerRef', 'parentRef', 'parentRefs', 'compositeRef', 'controllerRef']);

/** Both where the referring object is and at the cluster scope: the reference does not say which its kind is. */
function refsTo(key: string, value: Json, namespace: string): ObjectRef[] {
  const name = textAt(value, 'name');
  const kind = textAt(value, 'kind') || (usualKinds.get(key) ?? '');
  if (name === '' || kind === '') return [];
  const base = { apiVersion: textAt(value, 'apiVersion'), kind, name, uid: '' };
  const stated = textAt(value, 'namespace');
  if (stated !== '') return [{ ...base, namespace: stated }];
  return namespace === ''
    ? [{ ...base, namespace }]
    : [
        { ...base, namespace },
        { ...base, namespace: '' },
      ];
}

function scan(value: Json | undefined, namespace: string, depth: number): ObjectRef[] {
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).slice(0, 50).flatMap((item) => scan(item, namespace, depth + 1));
  }
  return Object.entries(value).flatMap(([key, child]) => {
    if (upwards.has(key)) return [];
    const nested = scan(child, namespace, depth + 1);
    if (key.endsWith('Ref')) return [...refsTo(key, child, namespace), ...nested];
    if (key.endsWith('Refs') && Array.isArray(child)) {
      return [...(child as readonly Json[]).slice(0, 50).flatMap((item) => refsTo(key, item, namespace)), ...nested];
    }
    return nested;
  });
}

/** Objects that a custom object's spec refers to by fields named `...Ref` and `...Refs`. */
export function referencesIn(object: CustomObject): readonly ObjectRef[] {
  return scan(object.spec, object.metadata.namespace, 0).slice(0, 60);
}

function scanNames(value: Json | undefined, depth: number): { key: string; name: string }[] {
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).slice(0, 50).flatMap((item) => scanNames(item, depth + 1));
  }
  return Object.entries(value).flatMap(([key, child]) => {
    if (upwards.has(key)) return [];
    const name = key.endsWith('Ref') && textAt(child, 'kind') === '' ? textAt(child, 'name') : '';
    return [...(name === '' ? [] : [{ key: key.toLowerCase(), name }]), ...scanNames(child, depth + 1)];
  });
}

/**
 * Custom objects that a field names without their kind, as `vpcIdRef: {name: blue}` of Crossplane's providers does: the
 * field begins with the kind, and the object is of the same API group.
 */
export function siblingsNamedIn(snapshot: Snapshot, object: CustomObject): readonly ObjectRef[] {
  const named = scanNames(object.spec, 0).slice(0, 60);
  if (named.length === 0) return [];
  const group = groupOf(object.apiVersion);
  const siblings = snapshot.custom.filter((o) => o !== object && groupOf(o.apiVersion) === group);
  return siblings
    .filter((o) => named.some(({ key, name }) => o.metadata.name === name && key.startsWith(o.kind.toLowerCase())))
    .map(refToCustom);
}
