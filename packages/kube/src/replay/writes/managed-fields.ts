import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';
import { changedFields, fieldsOf } from './field-paths.ts';
import type { Path } from './field-paths.ts';

/** Which fields one manager owns, by one way of writing. */
export interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  readonly time: string;
  readonly paths: ReadonlySet<string>;
}

type Tree = { [step: string]: Tree };

function readTree(tree: unknown, at: Path, paths: Set<string>): void {
  if (!isRecord(tree) || Object.keys(tree).length === 0) return void (at.length > 0 && paths.add(JSON.stringify(at)));
  for (const [step, inner] of Object.entries(tree)) {
    if (step !== '.') readTree(inner, [...at, step], paths);
    // That a map exists is nothing to quarrel about; that an item of a list does is.
    else if ((at.at(-1) ?? '').startsWith('k:')) paths.add(JSON.stringify([...at, '.']));
  }
}

function writeTree(paths: ReadonlySet<string>): Tree {
  const root: Tree = {};
  for (const path of [...paths].toSorted()) {
    let tree = root;
    for (const step of JSON.parse(path) as Path) tree = tree[step] ??= {};
  }
  return root;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads `metadata.managedFields`; entries that are none are left out. */
export function ownersOf(object: RawObject): readonly Owner[] {
  const entries = object.metadata['managedFields'];
  return (Array.isArray(entries) ? entries : []).filter(isRecord).map((entry) => {
    const paths = new Set<string>();
    readTree(entry['fieldsV1'], [], paths);
    const operation = entry['operation'] === 'Apply' ? 'Apply' : 'Update';
    return {
      manager: textOf(entry['manager']),
      operation,
      apiVersion: textOf(entry['apiVersion']),
      subresource: textOf(entry['subresource']),
      time: textOf(entry['time']),
      paths,
    };
  });
}

export function withOwners(object: RawObject, owners: readonly Owner[]): RawObject {
  const kept = owners.filter(({ paths }) => paths.size > 0);
  const { managedFields: _before, ...metadata } = object.metadata;
  const managedFields = kept.map(({ manager, operation, apiVersion, subresource, time, paths }) => ({
    manager,
    operation,
    apiVersion,
    ...(time === '' ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: writeTree(paths),
    ...(subresource === '' ? {} : { subresource }),
  }));
  return { ...object, metadata: { ...metadata, ...(managedFields.length === 0 ? {} : { managedFields }) } };
}

export interface Writer {
  readonly manager: string;
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
}

export function isSame(owner: Owner, writer: Pick<Owner, 'manager' | 'operation' | 'subresource'>): boolean {
  return (
    owner.manager === writer.manager && owner.operation === writer.operation && owner.subresource === writer.subresource
  );
}

/** Who owns what after somebody wrote without applying: what changed is the writer's, and nobody else's. */
export function ownersAfterUpdate(before: RawObject | undefined, after: RawObject, writer: Writer): readonly Owner[] {
  const owners = before === undefined ? [] : ownersOf(before);
  const { set, gone } = changedFields(before === undefined ? new Map() : fieldsOf(before), fieldsOf(after));
  if (set.length + gone.length === 0) return owners;
  const taken = new Set([...set, ...gone]);
  const mine = { ...writer, operation: 'Update' as const };
  const held = owners.find((owner) => isSame(owner, mine))?.paths ?? [];
  const others = owners
    .filter((owner) => !isSame(owner, mine))
    .map((owner) => ({ ...owner, paths: new Set([...owner.paths].filter((path) => !taken.has(path))) }));
  const paths = new Set([...[...held].filter((path) => !gone.includes(path)), ...set]);
  return [...others, { ...mine, apiVersion: after.apiVersion, paths }];
}
