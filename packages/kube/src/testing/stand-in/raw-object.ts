/** One object as the API sends it. Recorded text may hold anything; only what is here is relied on. */
export interface RawObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: RawMetadata;
  readonly [field: string]: unknown;
}

export interface RawMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What can be served of a recorded value; undefined for what is no Kubernetes object. */
export function asRawObject(value: unknown): RawObject | undefined {
  if (!isRecord(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') return undefined;
  const { metadata } = value;
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string' || metadata['name'] === '') return undefined;
  return value as unknown as RawObject;
}

/** `namespace/name`, the order in which lists are sorted. */
export function keyOfObject(object: RawObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** The value at a dotted path, for field selectors; empty when it is not there. */
export function fieldAt(object: RawObject, path: string): string {
  let value: unknown = object;
  for (const part of path.split('.')) value = isRecord(value) ? value[part] : undefined;
  return value === undefined || value === null ? '' : String(value);
}
