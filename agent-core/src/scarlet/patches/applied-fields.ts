import { changeAnnotation, fieldManager } from '@autodevops/domain/change/field-manager';
import type { Manifest } from '@autodevops/domain/change/operation';
import { isRecord } from '@autodevops/domain/raw-record';
import { fieldNamed, keysOf, managedFieldsOf, namesBelow } from '../../reading/managed-fields.ts';
import type { ManagedFields } from '../../reading/managed-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

function isOurApply({ manager, operation, subresource }: ManagedFields): boolean {
  return manager === fieldManager && operation === 'Apply' && subresource === '';
}

/** The part of a value that is owned; undefined where nothing of it is there. */
function owned(fields: unknown, value: unknown): unknown {
  if (!isRecord(fields) || value === undefined) return undefined;
  const names = namesBelow(fields);
  if (names.length === 0) return Object.hasOwn(fields, '.') && isRecord(value) ? {} : value;
  const parts = names.flatMap((name) => {
    const part = owned(fields[name], fieldNamed(value, name));
    return part === undefined ? [] : [[name, part] as const];
  });
  if (Array.isArray(value)) {
    return parts.map(([name, part]) => (isRecord(part) ? { ...keysOf(name), ...part } : part));
  }
  return Object.fromEntries(parts.map(([name, part]) => [name.slice(2), part]));
}

/** Without the mark of our own, and without the maps that held nothing else. */
function withoutMark(part: Fields): Fields {
  const { metadata, ...rest } = part;
  if (!isRecord(metadata) || !isRecord(metadata['annotations'])) return part;
  const { annotations: withMark, ...others } = metadata;
  const { [changeAnnotation]: _mark, ...annotations } = withMark as Fields;
  const left = { ...others, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  return Object.keys(left).length === 0 ? rest : { ...rest, metadata: left };
}

/** What earlier applies of ours set in an object, with its values as they are now; empty where it cannot be told. */
export function appliedFields(object: Manifest): Fields {
  const ours = managedFieldsOf(object).find(isOurApply);
  if (ours === undefined || namesBelow(ours.fieldsV1).length === 0) return {};
  const part = owned(ours.fieldsV1, object);
  return isRecord(part) ? withoutMark(part) : {};
}

/** A field, or an entry of a list, on its way through an apply. */
interface Applied {
  /** What of it our earlier applies own. */
  readonly ours: unknown;
  /** What others own of it. */
  readonly others: readonly unknown[];
  readonly value: unknown;
  readonly written: unknown;
}

function below({ ours, others, value, written }: Applied, name: string): Applied {
  return {
    ours: isRecord(ours) ? ours[name] : undefined,
    others: others.flatMap((fields) => (isRecord(fields) && Object.hasOwn(fields, name) ? [fields[name]] : [])),
    value: fieldNamed(value, name),
    written: fieldNamed(written, name),
  };
}

function isGivenUp({ others, written }: Applied): boolean {
  return written === undefined && others.length === 0;
}

function keptEntries(applied: Applied, names: readonly string[], list: readonly unknown[]): readonly unknown[] {
  const after = new Map(
    names.map((name) => {
      const entry = below(applied, name);
      const left = kept(entry);
      return [entry.value, isRecord(left) ? { ...keysOf(name), ...left } : left] as const;
    }),
  );
  return list
    .filter((item) => !after.has(item) || after.get(item) !== undefined)
    .map((item) => after.get(item) ?? item);
}

/** The value after it; undefined where it goes, with what the server added to it. */
function kept(applied: Applied): unknown {
  const { ours, value, written } = applied;
  if (!isRecord(ours) || value === undefined) return value;
  if (isGivenUp(applied)) return undefined;
  const names = namesBelow(ours);
  if (names.length === 0) return written ?? value;
  if (Array.isArray(value)) return keptEntries(applied, names, value);
  if (!isRecord(value)) return value;
  const after = Object.fromEntries(names.map((name) => [name.slice(2), kept(below(applied, name))] as const));
  return Object.fromEntries(Object.entries({ ...value, ...after }).filter(([, field]) => field !== undefined));
}

/**
 * An object without what the next apply of a manifest gives up: what earlier applies of ours set, the manifest leaves
 * out, and nobody else owns (kubernetes.io, "Server-Side Apply"). Of fields that are not told apart all but what is
 * written counts as given up.
 */
export function keptByApply(object: Manifest, manifest: Manifest): Manifest {
  const entries = managedFieldsOf(object);
  const ours = entries.find(isOurApply);
  if (ours === undefined) return object;
  const others = entries
    .filter((entry) => entry !== ours && entry.subresource !== 'status')
    .map(({ fieldsV1 }) => fieldsV1);
  const { metadata } = object;
  const after = kept({ ours: ours.fieldsV1, others, value: object, written: manifest });
  return { ...(after as Manifest), apiVersion: object.apiVersion, kind: object.kind, metadata };
}
