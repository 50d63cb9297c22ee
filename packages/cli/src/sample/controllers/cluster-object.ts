import { isRecord } from '@autodevops/domain/raw-record';

/** One object as the API gives it, as far as the stand-ins for controllers look at it. */
export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly ({ readonly uid: string } & Fields)[];
    readonly [field: string]: unknown;
  };
  readonly spec?: Fields;
  readonly status?: Fields;
  readonly [field: string]: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface ObjectChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: ClusterObject;
}

export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export function isReady({ status }: ClusterObject): boolean {
  return listOf(fieldsOf(status)['conditions']).some(({ type, status: holds }) => type === 'Ready' && holds === 'True');
}

export function isOwnedBy({ metadata }: ClusterObject, owner: ClusterObject): boolean {
  return (metadata.ownerReferences ?? []).some(({ uid }) => uid === owner.metadata.uid);
}

/** Whether every label of the selector is among the labels. An empty selector selects nothing, as that of a Service. */
export function selects(selector: unknown, { metadata }: ClusterObject): boolean {
  const wanted = Object.entries(fieldsOf(selector));
  return wanted.length > 0 && wanted.every(([key, value]) => metadata.labels?.[key] === value);
}
