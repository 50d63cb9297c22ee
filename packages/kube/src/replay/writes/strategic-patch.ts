import { isRecord } from '@autodevops/domain/raw-record';
import { unsupportedPatch } from './write-status.ts';

/** patchMergeKey of lists of the API's own types that are merged by one key, by the name of their field. */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  volumes: 'name',
  env: 'name',
  imagePullSecrets: 'name',
  volumeMounts: 'mountPath',
  conditions: 'type',
  ownerReferences: 'uid',
  taints: 'key',
};
/** Lists that are replaced as a whole. */
const replaced: ReadonlySet<string> = new Set([
  'args',
  'command',
  'tolerations',
  'rules',
  'subjects',
  'accessModes',
  'matchExpressions',
  'values',
  'envFrom',
  'ingress',
  'egress',
  'policyTypes',
  'tls',
  'metrics',
  'drop',
  'add',
]);
const others = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml'];

function mergeList(field: string, live: unknown, patch: readonly unknown[]): unknown {
  const key = mergeKeys[field];
  if (key === undefined) {
    if (replaced.has(field)) return patch;
    throw unsupportedPatch(others);
  }
  const items: readonly unknown[] = Array.isArray(live) ? live : [];
  const keyOf = (item: unknown): unknown => (isRecord(item) ? item[key] : undefined);
  if (patch.some((item) => keyOf(item) === undefined)) throw unsupportedPatch(others);
  const merged = items.map((item) =>
    patch.filter((part) => keyOf(part) === keyOf(item)).reduce((before, part) => mergeValue('', before, part), item),
  );
  const known = new Set(items.map(keyOf));
  return [...merged, ...patch.filter((part) => !known.has(keyOf(part)))];
}

const order = '$setElementOrder/';

/** The items in the order that the patch asks for; it must name all of them. */
function inOrder(field: string, items: unknown, wanted: unknown): unknown {
  const key = mergeKeys[field];
  if (key === undefined || !Array.isArray(items) || !Array.isArray(wanted)) throw unsupportedPatch(others);
  const places = wanted.map((item: unknown) => (isRecord(item) ? item[key] : undefined));
  const placeOf = (item: unknown): number => places.indexOf(isRecord(item) ? item[key] : undefined);
  if (items.some((item) => placeOf(item) < 0)) throw unsupportedPatch(others);
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function mergeValue(field: string, live: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) return mergeList(field, live, patch);
  if (!isRecord(patch)) return patch;
  const merged: Record<string, unknown> = isRecord(live) ? { ...live } : {};
  for (const [name, part] of Object.entries(patch)) {
    if (name.startsWith(order)) continue;
    if (name.startsWith('$')) throw unsupportedPatch(others);
    if (part === null) delete merged[name];
    else {
      Object.defineProperty(merged, name, {
        value: mergeValue(name, merged[name], part),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  for (const [name, wanted] of Object.entries(patch)) {
    if (!name.startsWith(order)) continue;
    const list = name.slice(order.length);
    merged[list] = inOrder(list, merged[list], wanted);
  }
  return merged;
}

/**
 * The object after a strategic merge patch, as far as it can be told without the API's types: maps, and lists whose
 * merging is known. Throws the Status 415 for everything else, directives among it but that for the order of a list.
 */
export function applyStrategicPatch(object: unknown, patch: unknown): unknown {
  return mergeValue('', object, patch);
}
