import type { Metadata } from './kubernetes/metadata.ts';
import { apiVersionOf } from './kubernetes/kinds.ts';
import type { KindName } from './kubernetes/kinds.ts';
import type { ObjectRef } from './object-ref-contract.ts';

export type { ObjectRef };

/** Refers to an object of a known kind. */
export function refTo(kind: KindName, object: { readonly metadata: Metadata }): ObjectRef {
  const { name, namespace, uid } = object.metadata;
  return { apiVersion: apiVersionOf(kind), kind, namespace, name, uid };
}

/** Refers to an object that may not exist (a missing ConfigMap, say). */
export function refByName(kind: KindName, namespace: string, name: string): ObjectRef {
  return { apiVersion: apiVersionOf(kind), kind, namespace, name, uid: '' };
}

/** Same for the same object, whether or not its uid is known: `Deployment/shop/web`. */
export function refKey(ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return `${ref.kind}/${ref.namespace}/${ref.name}`;
}

/** For people: `Deployment shop/web`, `Node worker-1`. */
export function refText(ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return ref.namespace === '' ? `${ref.kind} ${ref.name}` : `${ref.kind} ${ref.namespace}/${ref.name}`;
}
