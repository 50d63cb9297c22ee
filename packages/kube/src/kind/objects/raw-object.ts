import { json, list, name, object, strings } from '@autodevops/domain/kubernetes/shape';
import { isRecord } from '@autodevops/domain/raw-record';

export type Raw = Readonly<Record<string, unknown>>;

/** An object as the API server has it, and of it what decides about keeping it. */
export interface RawObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly unknown[];
    /** It is being deleted. */
    readonly isLeaving: boolean;
  };
  readonly raw: Raw;
}

const shape = object({
  apiVersion: name,
  kind: name,
  metadata: object({
    name,
    namespace: name,
    labels: strings,
    annotations: strings,
    ownerReferences: list(json),
    deletionTimestamp: name,
  }),
});

/** Undefined for what is no object, or has no name. Lists do not say what their items are: `of` does. */
export function readRaw(
  value: unknown,
  of: { readonly apiVersion: string; readonly kind: string } | undefined = undefined,
): RawObject | undefined {
  if (!isRecord(value)) return undefined;
  const { apiVersion, kind, metadata } = shape.read({ ...value, ...of });
  if (apiVersion === '' || kind === '' || metadata.name === '') return undefined;
  const { deletionTimestamp, ...rest } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { ...rest, isLeaving: deletionTimestamp !== '' },
    raw: { ...value, apiVersion, kind },
  };
}

/** `Deployment shop/web` */
export function nameOf({ kind, metadata: { namespace, name: own } }: Pick<RawObject, 'kind' | 'metadata'>): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${own}`;
}
