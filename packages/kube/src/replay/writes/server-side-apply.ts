import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';
import { failure, StatusError } from '../serving/status.ts';
import { fieldsOf, isAtomic, isSet, keysOf, pathText } from './field-paths.ts';
import type { Path } from './field-paths.ts';
import { isSame, ownersOf, withOwners } from './managed-fields.ts';
import type { Owner, Writer } from './managed-fields.ts';

interface Apply {
  readonly applied: RawObject;
  readonly writer: Writer;
  /** Takes over what others own. */
  readonly force: boolean;
}

function mergeLists(field: string, live: readonly unknown[], applied: readonly unknown[]): readonly unknown[] {
  if (isSet(field)) {
    return [...live, ...applied.filter((item) => !live.some((other) => isDeepStrictEqual(item, other)))];
  }
  if (applied.length === 0 || !applied.every((item) => keysOf(field, item) !== undefined)) return applied;
  const wanted = new Map(applied.map((item) => [keysOf(field, item), item]));
  const merged = live.map((item) =>
    wanted.has(keysOf(field, item)) ? merge('', item, wanted.get(keysOf(field, item))) : item,
  );
  const known = new Set(live.map((item) => keysOf(field, item)));
  return [...merged, ...applied.filter((item) => !known.has(keysOf(field, item)))];
}

function merge(field: string, live: unknown, applied: unknown): unknown {
  if (Array.isArray(applied)) return mergeLists(field, Array.isArray(live) ? live : [], applied);
  if (!isRecord(applied) || !isRecord(live) || isAtomic(field)) return applied;
  return {
    ...live,
    ...Object.fromEntries(Object.entries(applied).map(([name, value]) => [name, merge(name, live[name], value)])),
  };
}

/** The value without the field at the path; maps and lists that are empty then stay. */
function without(value: unknown, path: Path, field = ''): unknown {
  const [step = '', ...rest] = path;
  if (Array.isArray(value)) {
    const isIt = (item: unknown): boolean =>
      (step.startsWith('v:') ? `v:${JSON.stringify(item)}` : keysOf(field, item)) === step;
    return value.flatMap((item: unknown) =>
      !isIt(item) ? [item] : rest.length === 0 || rest[0] === '.' ? [] : [without(item, rest)],
    );
  }
  if (!isRecord(value) || !step.startsWith('f:')) return value;
  const name = step.slice(2);
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  return { ...value, ...(name in value ? { [name]: without(value[name], rest, name) } : {}) };
}

function touches(a: string, b: string): boolean {
  const [short, long] = [JSON.parse(a) as Path, JSON.parse(b) as Path].toSorted(
    (one, other) => one.length - other.length,
  );
  return short !== undefined && short.every((step, index) => long?.[index] === step);
}

interface Quarrel {
  readonly owner: Owner;
  readonly path: string;
}

function quarrels(owners: readonly Owner[], live: RawObject, { applied, writer }: Apply): readonly Quarrel[] {
  const have = fieldsOf(live);
  const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;
  const differs = [...fieldsOf(applied)]
    .filter(([path, value]) => !path.endsWith('"."]') && !isEmpty(value) && !isDeepStrictEqual(have.get(path), value))
    .map(([path]) => path);
  const others = owners.filter((owner) => !isSame(owner, { ...writer, operation: 'Apply' }));
  return others.flatMap((owner) =>
    [...owner.paths]
      .filter((path) => !path.endsWith('"."]') && differs.some((mine) => touches(mine, path)))
      .map((path) => ({ owner, path })),
  );
}

function said({ owner }: Quarrel): string {
  return `conflict with "${owner.manager}"${owner.subresource === '' ? '' : ` with subresource "${owner.subresource}"`} using ${owner.apiVersion}`;
}

function applyConflict(found: readonly Quarrel[]): StatusError {
  const causes = found.map((quarrel) => ({
    reason: 'FieldManagerConflict',
    message: said(quarrel),
    field: pathText(quarrel.path),
  }));
  const owners = [...new Set(causes.map(({ message }) => message))].toSorted();
  const each = owners.flatMap((owner) => [
    `${owner.replace('conflict', 'conflicts')}:`,
    ...causes.filter(({ message }) => message === owner).map(({ field }) => `- ${field}`),
  ]);
  const whole =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${causes[0]?.message}: ${causes[0]?.field}`
      : `Apply failed with ${causes.length} conflicts: ${each.join('\n')}`;
  return new StatusError(failure({ code: 409, message: whole, reason: 'Conflict', details: { causes } }));
}

/** Whoever wrote before anybody applied owns all that is there. */
function startingOwners(live: RawObject): readonly Owner[] {
  const owners = ownersOf(live);
  if (owners.length > 0) return owners;
  return [
    {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: live.apiVersion,
      subresource: '',
      time: '',
      paths: new Set(fieldsOf(live).keys()),
    },
  ];
}

/**
 * The object after an apply, with who owns what: our fields as applied, without those that we applied before and
 * nobody else owns. Throws the Status 409 that names the owners when others' fields would change and force is not given.
 * What is a list with keys is known for the API's own kinds; lists of others are replaced as a whole.
 */
export function applyServerSide(live: RawObject | undefined, apply: Apply): RawObject {
  const { applied, writer, force } = apply;
  const mine = { ...writer, operation: 'Apply' as const };
  const paths = new Set(fieldsOf(applied).keys());
  const owner: Owner = { ...mine, apiVersion: applied.apiVersion, paths };
  if (live === undefined) return withOwners(applied, [owner]);
  const owners = startingOwners(live);
  const found = quarrels(owners, live, apply);
  if (found.length > 0 && !force) throw applyConflict(found);
  const others = owners
    .filter((other) => !isSame(other, mine))
    .map((other) => ({
      ...other,
      paths: new Set(
        [...other.paths].filter((path) => !found.some((quarrel) => quarrel.owner === other && quarrel.path === path)),
      ),
    }));
  const before = owners.find((other) => isSame(other, mine));
  const dropped = [...(before?.paths ?? [])].filter(
    (path) => !paths.has(path) && !others.some((other) => other.paths.has(path)),
  );
  const merged = merge('', live, { ...applied, metadata: { ...applied.metadata, managedFields: undefined } });
  const result = dropped.reduce<unknown>(
    (object, path) => without(object, JSON.parse(path) as Path),
    merged,
  ) as RawObject;
  const same = before !== undefined && isDeepStrictEqual(before.paths, paths) && found.length === 0;
  return withOwners(result, [...others, same ? before : owner]);
}
