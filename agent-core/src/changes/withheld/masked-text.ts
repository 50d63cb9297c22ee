import { secretMask } from '@autodevops/domain/redact';
import type { ClusterOperation, Operation } from '@autodevops/domain/change/operation';
import { isOutside } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import { pathOf } from '../undoing/recovery.ts';

/** Shorter values are parts of ordinary words. */
const shortest = 4;

/** What others say of an operation, without the values that are not recorded: an admission webhook may quote what it refuses. */
export function maskedText(text: string, values: readonly unknown[]): string {
  const secret = values.filter((value): value is string => typeof value === 'string' && value.length >= shortest);
  return secret
    .toSorted((a, b) => b.length - a.length)
    .reduce((said, value) => said.replaceAll(value, () => secretMask), text);
}

/** The values that a planned operation withholds, from the same operation as it is sent. */
export function withheldValues(planned: Operation | undefined, whole: ClusterOperation): readonly unknown[] {
  if (planned === undefined || isOutside(planned) || !('withheld' in planned)) return [];
  return (planned.withheld ?? []).map(({ at }) => fieldAt(whole, pathOf(at)));
}
