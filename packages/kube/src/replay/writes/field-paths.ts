import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '@autodevops/domain/raw-record';

/**
 * Fields as server-side apply names them (structured-merge-diff, fieldpath): `f:name` of a map, `k:{"name":"app"}` of
 * a list with keys, `v:"text"` of a set.
 */
export type Path = readonly string[];

/** Lists whose items are known by keys, by the name of their field (listMapKey of the API's own types). */
const keyed: Readonly<Record<string, readonly (readonly string[])[]>> = {
  containers: [['name']],
  initContainers: [['name']],
  ephemeralContainers: [['name']],
  volumes: [['name']],
  env: [['name']],
  imagePullSecrets: [['name']],
  volumeMounts: [['mountPath']],
  volumeDevices: [['devicePath']],
  hostAliases: [['ip']],
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
  ports: [
    ['containerPort', 'protocol'],
    ['port', 'protocol'],
  ],
  conditions: [['type']],
  ownerReferences: [['uid']],
  webhooks: [['name']],
  schedulingGates: [['name']],
};
const defaults: Readonly<Record<string, unknown>> = { protocol: 'TCP' };
const sets: ReadonlySet<string> = new Set(['finalizers']);
/** Maps that are replaced as a whole. */
const atomic: ReadonlySet<string> = new Set([
  'selector',
  'podSelector',
  'namespaceSelector',
  'labelSelector',
  'secretKeyRef',
  'configMapKeyRef',
  'fieldRef',
  'resourceFieldRef',
  'nodeSelector',
  'roleRef',
  'scaleTargetRef',
]);

/** The keys of an item of that list; undefined when the list has none. */
export function keysOf(field: string, item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  const keys = (Object.hasOwn(keyed, field) ? keyed[field] : undefined)?.find((names) =>
    names.every((name) => item[name] !== undefined || name in defaults),
  );
  return keys === undefined
    ? undefined
    : `k:${JSON.stringify(Object.fromEntries(keys.toSorted().map((name) => [name, item[name] ?? defaults[name]])))}`;
}

export function isSet(field: string): boolean {
  return sets.has(field);
}

/** Whether a map under that name is replaced as a whole. */
export function isAtomic(field: string): boolean {
  return atomic.has(field);
}

function hasKeys(field: string, items: readonly unknown[]): boolean {
  return items.length > 0 && items.every((item) => keysOf(field, item) !== undefined);
}

/** How the parts of a value are named; undefined for a leaf: a scalar, or what is replaced as a whole. */
function partsOf(field: string, value: unknown): readonly (readonly [name: string, part: unknown])[] | undefined {
  if (Array.isArray(value)) {
    if (isSet(field)) return value.map((item) => [`v:${JSON.stringify(item)}`, item]);
    return hasKeys(field, value) ? value.map((item: unknown) => [keysOf(field, item) ?? '', item]) : undefined;
  }
  if (!isRecord(value) || isAtomic(field) || Object.keys(value).length === 0) return undefined;
  return Object.entries(value).map(([name, part]) => [`f:${name}`, part]);
}

function walk(value: unknown, at: Path, field: string, visit: (path: Path, value: unknown) => void): void {
  const parts = partsOf(field, value);
  if (parts === undefined || (at.at(-1) ?? '').startsWith('v:')) return visit(at, value);
  if ((at.at(-1) ?? '').startsWith('k:')) visit([...at, '.'], undefined);
  for (const [name, part] of parts) walk(part, [...at, name], name.startsWith('f:') ? name.slice(2) : '', visit);
}

const serverOwned: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
]);

/** Every field of an object that somebody can own, with its value; a path's text is its JSON. */
export function fieldsOf(object: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const own = isRecord(metadata)
    ? Object.fromEntries(Object.entries(metadata).filter(([name]) => !serverOwned.has(name)))
    : {};
  const fields = new Map<string, unknown>();
  const whole = { ...(Object.keys(own).length === 0 ? {} : { metadata: own }), ...rest };
  if (Object.keys(whole).length > 0) walk(whole, [], '', (path, value) => void fields.set(JSON.stringify(path), value));
  return fields;
}

export interface FieldChanges {
  readonly set: readonly string[];
  readonly gone: readonly string[];
}

export function changedFields(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): FieldChanges {
  return {
    set: [...after]
      .filter(([path, value]) => !before.has(path) || !isDeepStrictEqual(before.get(path), value))
      .map(([path]) => path),
    gone: [...before.keys()].filter((path) => !after.has(path)),
  };
}

/** For people: `.spec.template.spec.containers[name="app"].image`. */
export function pathText(path: string): string {
  const said = (part: string): string => {
    if (part === '.') return '';
    if (part.startsWith('f:')) return `.${part.slice(2)}`;
    if (!part.startsWith('k:')) return `[=${part.slice(2)}]`;
    const keys = JSON.parse(part.slice(2)) as Readonly<Record<string, unknown>>;
    return `[${Object.entries(keys)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(',')}]`;
  };
  return (JSON.parse(path) as Path).map(said).join('');
}
