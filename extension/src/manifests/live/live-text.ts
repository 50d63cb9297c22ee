import { stringify } from 'yaml';
import { isRecord } from '@autodevops/domain/raw-record';
import type { Fields } from '../reading/field-value.ts';

/** What the server keeps for itself: no file says it. */
const ownMetadata = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'selfLink',
  'ownerReferences',
  'finalizers',
]);
const ownAnnotations =
  /^(kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/revision|autodevops\.dev\/change)$/;

function metadataOf(metadata: Fields): Fields {
  const kept = Object.entries(metadata).filter(([key]) => !ownMetadata.has(key));
  return Object.fromEntries(
    kept.flatMap(([key, value]): [string, unknown][] => {
      if (key !== 'annotations' || !isRecord(value)) return [[key, value]];
      const own = Object.entries(value).filter(([name]) => !ownAnnotations.test(name));
      return own.length === 0 ? [] : [[key, Object.fromEntries(own)]];
    }),
  );
}

/** An entry of a list that the file has too: by its name, else by its place. */
function counterpart(list: readonly unknown[], item: unknown, index: number): unknown {
  const key = ['name', 'containerPort', 'port', 'mountPath', 'key'].find(
    (one) => isRecord(item) && item[one] !== undefined,
  );
  if (key === undefined || !isRecord(item)) return list[index];
  return list.find((other) => isRecord(other) && other[key] === item[key]);
}

/**
 * Of what lives, what the file speaks of: fields that the server filled in by itself are left out, so that a difference
 * is one that somebody made. In the order of the file.
 */
function asFile(live: unknown, file: unknown): unknown {
  if (Array.isArray(live) && Array.isArray(file)) {
    return live.map((item, index) => asFile(item, counterpart(file, item, index)));
  }
  if (!isRecord(live) || !isRecord(file)) return live;
  return Object.fromEntries(
    Object.keys(file)
      .filter((key) => live[key] !== undefined)
      .map((key) => [key, asFile(live[key], file[key])]),
  );
}

function comparable(value: unknown): Fields {
  if (!isRecord(value)) return {};
  const { status: _status, metadata, ...rest } = value;
  return {
    apiVersion: rest['apiVersion'],
    kind: rest['kind'],
    metadata: metadataOf(isRecord(metadata) ? metadata : {}),
    ...rest,
  };
}

/** A live object as YAML, to be compared with what a file says of it. */
export function liveText(live: unknown, file: unknown): string {
  return stringify(asFile(comparable(live), comparable(file)), { lineWidth: 0 });
}

/** A manifest in the same form. */
export function fileText(file: unknown): string {
  return stringify(comparable(file), { lineWidth: 0 });
}
