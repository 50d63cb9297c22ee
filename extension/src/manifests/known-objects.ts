import { isRecord } from '@autodevops/domain/raw-record';
import { mapAt } from './reading/field-value.ts';

/** An object that is known of: in a file of the workspace, in the cluster, or in both. */
export interface KnownObject {
  readonly kind: string;
  /** Empty for kinds that lie in no namespace. */
  readonly namespace: string;
  readonly name: string;
  /** As YAML or JSON has it; values of Secrets need not be in it, their keys are. */
  readonly value: unknown;
}

/** What exists by name. */
export interface KnownObjects {
  readonly list: (kind: string, namespace: string) => readonly KnownObject[];
  /** Whether the cluster was listed, so that an absence proves something. */
  readonly complete: (kind: string, namespace: string) => boolean;
}

export function find(known: KnownObjects, kind: string, namespace: string, name: string): readonly KnownObject[] {
  return known.list(kind, namespace).filter((one) => one.name === name);
}

/** Names, each once, in order. */
export function namesOf(objects: readonly KnownObject[]): readonly string[] {
  return [...new Set(objects.map(({ name }) => name))].toSorted();
}

/** Keys of a ConfigMap or Secret. */
function keysOf({ value }: KnownObject): readonly string[] {
  return ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(mapAt(value, field)));
}

export function keysOfAll(objects: readonly KnownObject[]): readonly string[] {
  return [...new Set(objects.flatMap(keysOf))].toSorted();
}

/** Two sources as one. */
export function together(a: KnownObjects, b: KnownObjects): KnownObjects {
  return {
    list: (kind, namespace) => [...a.list(kind, namespace), ...b.list(kind, namespace)],
    complete: (kind, namespace) => a.complete(kind, namespace) || b.complete(kind, namespace),
  };
}

/** A fixed set: what the workspace holds. An absence from it proves nothing. */
export function knownFrom(objects: readonly KnownObject[]): KnownObjects {
  const index = Map.groupBy(
    objects.filter(({ value }) => isRecord(value)),
    ({ kind, namespace }) => `${kind}/${namespace}`,
  );
  return { list: (kind, namespace) => index.get(`${kind}/${namespace}`) ?? [], complete: () => false };
}
