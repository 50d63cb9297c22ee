import { isRecord } from '@autodevops/domain/raw-record';

/** The metadata that the replay server itself looks at; everything else is served as recorded. */
export interface RawMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** One object as the API gives it. */
export interface RawObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: RawMetadata;
  readonly [field: string]: unknown;
}

/**
 * The log of one container. When every line starts with the time that the kubelet puts there (nine decimals), those
 * times are given when `timestamps=true` and taken off otherwise, as the kubelet does.
 */
export interface RecordedLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly text: string;
}

export interface Recording {
  /** API objects as JSON, each with `apiVersion`, `kind` and `metadata.name`; no `List` objects. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  readonly logs: readonly RecordedLog[];
  /** `v1.36.3`. */
  readonly serverVersion?: string;
}

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface Change {
  readonly type: ChangeType;
  readonly object: Readonly<Record<string, unknown>>;
}

/** Throws a TypeError that says what is missing when it is not an API object. */
export function asRawObject(value: unknown): RawObject {
  if (!isRecord(value)) throw new TypeError('a recorded object is not a JSON object');
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw new TypeError('a recorded object has no apiVersion or kind');
  }
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string') {
    throw new TypeError(`a recorded ${kind} has no metadata.name`);
  }
  return value as RawObject;
}
