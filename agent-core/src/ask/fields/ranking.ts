import { formatDuration } from '@autodevops/domain/duration';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { AskContext, Reply } from '../intent.ts';
import { listed } from '../words.ts';
import { hasField } from './field.ts';
import type { Field } from './field.ts';
import { toldOf } from './told.ts';
import type { Told } from './told.ts';

/** An object with the amount that a field of it comes to. */
export interface Measured extends Told {
  readonly amount: number;
}

function measured(context: AskContext, field: Field, kind: KindName): readonly Measured[] {
  return toldOf(context, field, kind).flatMap((told) => {
    const amounts = told.values.flatMap((value) => field.measure?.of(value, context.snapshot.now) ?? []);
    return amounts.length === 0 ? [] : [{ ...told, amount: Math.max(...amounts) }];
  });
}

/** Objects of some kinds that tell an amount, from one end of it to the other. */
export function rankedBy(
  context: AskContext,
  field: Field,
  { kinds, isMost }: { readonly kinds: readonly KindName[]; readonly isMost: boolean },
): readonly Measured[] {
  return kinds
    .filter((kind) => hasField(field, kind))
    .flatMap((kind) => measured(context, field, kind))
    .toSorted(
      (a, b) => (isMost ? b.amount - a.amount : a.amount - b.amount) || refText(a.ref).localeCompare(refText(b.ref)),
    );
}

export function isTime(field: Field): boolean {
  return field.said === 'creation time';
}

/** A value as people compare it: a time by how long ago it was. */
export function rankedText({ values }: Told, field: Field, now: number): string {
  const [value = ''] = values;
  return isTime(field) ? `${formatDuration(now - Date.parse(value))} old, made at ${value}` : listed(values);
}

/** The first of a ranking as a table. */
export function rankingTable(
  ranked: readonly Measured[],
  field: Field,
  { now, most }: { readonly now: number; readonly most: number },
): Pick<Reply, 'table' | 'lines'> {
  const rows = ranked.slice(0, most).map((told) => [refText(told.ref), rankedText(told, field, now)]);
  return {
    table: { columns: ['object', field.said], rows },
    lines: ranked.length > most ? [`${ranked.length - most} more are left out.`] : [],
  };
}
