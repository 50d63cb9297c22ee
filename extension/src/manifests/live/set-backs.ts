import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Change } from '@autodevops/domain/change/change';
import type { FieldDiff } from '@autodevops/domain/change/plan';
import { parseQuantity } from '@autodevops/domain/quantity';
import { changedValue, isMasked, pathOfChanged } from '../reading/changed-field.ts';
import type { FieldPath } from '../reading/field-path.ts';
import { fieldAt } from '../reading/field-value.ts';
import type { Manifest } from '../reading/manifest.ts';
import { describes } from './live-problems.ts';

/** A field that a change set in the cluster, and that the file would set back if it were applied. */
export interface SetBack {
  /** As the change names it. */
  readonly field: string;
  /** Where the file has it. */
  readonly path: FieldPath;
  /** What the cluster has; undefined where the change removed it. */
  readonly live: unknown;
  /** What is there is kept secret: then whether the file has the value from before is not known, only that it has another. */
  readonly secret: boolean;
  readonly change: Pick<Change, 'id' | 'updatedAt'>;
}

interface Changed extends FieldDiff {
  readonly change: Change;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The server writes amounts its own way: `0.5` becomes `500m`. */
function isSameAmount(one: string, other: string): boolean {
  const amount = parseQuantity(one);
  return amount !== undefined && amount === parseQuantity(other);
}

function same(one: unknown, other: unknown, field: string): boolean {
  if (one === undefined || other === undefined) return false;
  if (!isScalar(one) || !isScalar(other)) return canonicalJson(one) === canonicalJson(other);
  return String(one) === String(other) || (/\bresources\b/.test(field) && isSameAmount(String(one), String(other)));
}

function setBackOf(manifest: Manifest, live: unknown, rows: readonly Changed[]): readonly SetBack[] {
  const [newest] = rows;
  const path = newest === undefined ? undefined : pathOfChanged(manifest.value, newest.path);
  if (newest === undefined || path === undefined) return [];
  const { path: field, change } = newest;
  const livePath = pathOfChanged(live, field);
  const [here, there] = [fieldAt(manifest.value, path), livePath && fieldAt(live, livePath)];
  if (same(here, there, field)) return [];
  const secret = isMasked(newest.before) || isMasked(newest.after);
  const isFromBefore = rows.some(({ before }) => same(here, changedValue(before), field));
  const stands = newest.after === '' ? there === undefined : same(there, changedValue(newest.after), field);
  return secret || (isFromBefore && stands) ? [{ field, path, live: there, secret, change }] : [];
}

/**
 * What a manifest would set back of what was done to its object: fields that still have in the file a value from before a
 * change, while the cluster has what the newest change of that field made of it. What somebody changed since, in the
 * file or in the cluster, is none. Values of Secrets are not read, and so are not compared.
 */
export function setBacks(manifest: Manifest, live: unknown, done: readonly Change[], home: string): readonly SetBack[] {
  if (live === undefined || manifest.kind === 'Secret') return [];
  const rows = done
    .filter(({ state }) => state === 'succeeded')
    .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))
    .flatMap((change) => change.plan.diff.map((row): Changed => ({ ...row, change })))
    .filter(({ object }) => describes(manifest, object, home));
  return [...Map.groupBy(rows, ({ path }) => path).values()].flatMap((ofField) => setBackOf(manifest, live, ofField));
}
