import { listed, pluralOf } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import type { Field } from '../fields/field.ts';
import { isTime, rankedText } from '../fields/ranking.ts';
import { fewNames } from '../few-names.ts';
import type { AskContext, Reply } from '../intent.ts';
import type { ObjectQuery } from './object-query.ts';
import { orderingField } from './ordinal.ts';
import type { Place } from './ordinal.ts';
import { amountsOf, valuesOf } from './subject.ts';
import type { Subject } from './subject.ts';
import { nameOf, nounOf, saidOf } from './told-objects.ts';

const mostOfAPlace = 20;
const mostInOrder = 40;

interface Ranked {
  readonly subject: Subject;
  readonly values: readonly string[];
  readonly amount: number;
}

/** What tells an amount, from one end of it to the other. */
function rankedBy(context: AskContext, field: Field, found: readonly Subject[], isMost: boolean): readonly Ranked[] {
  return found
    .map((subject) => ({
      subject,
      values: valuesOf(context, field, subject),
      amount: Math.max(...amountsOf(context, field, subject)),
    }))
    .filter(({ amount }) => Number.isFinite(amount))
    .toSorted(
      (a, b) =>
        (isMost ? b.amount - a.amount : a.amount - b.amount) ||
        refText(a.subject.ref).localeCompare(refText(b.subject.ref)),
    );
}

function tableOf(
  { snapshot: { now } }: AskContext,
  field: Field,
  ranked: readonly Ranked[],
  most: number,
): Pick<Reply, 'table' | 'lines'> {
  return {
    table: {
      columns: ['object', field.said],
      rows: ranked
        .slice(0, most)
        .map(({ subject: { ref }, values }) => [refText(ref), rankedText({ ref, values }, field, now)]),
    },
    lines: ranked.length > most ? [`${ranked.length - most} more are left out.`] : [],
  };
}

function whichOf(context: AskContext, { kinds, conditions }: ObjectQuery, found: readonly Subject[]): string {
  return `${nounOf(context, kinds, found.length)}${conditions.length === 0 ? '' : ` ${saidOf(conditions)}`}`;
}

/** What has the same amount as the one that was chosen. */
function sharedText(
  query: ObjectQuery,
  field: Field,
  [first, ...chosen]: readonly Ranked[],
  ranked: readonly Ranked[],
): string {
  const same = chosen.length > 0 ? [] : ranked.filter((other) => other !== first && other.amount === first?.amount);
  const names = fewNames(same.map(({ subject }) => nameOf(subject, query.kinds)));
  return same.length === 0
    ? ''
    : ` ${same.length} more ${same.length === 1 ? 'has' : 'have'} the same ${field.said}${names}.`;
}

/** "The second newest", "top 3", "the highest memory limit". */
export function placeReply(
  context: AskContext,
  query: ObjectQuery,
  place: Place,
  found: readonly Subject[],
): Reply | undefined {
  const [kind = 'Pod'] = query.kinds;
  const field = query.ordering ?? orderingField(place, kind);
  if (field === undefined) return undefined;
  const ranked = rankedBy(context, field, found, place.isMost);
  const of = whichOf(context, query, found);
  const chosen = ranked.slice(place.nth - 1, place.nth - 1 + place.count);
  const [first] = chosen;
  if (first === undefined) {
    const headline =
      ranked.length === 0
        ? `None of ${of} tells its ${field.said}.`
        : `There is no ${place.said} of ${of}: only ${ranked.length}.`;
    return { headline };
  }
  const texts = chosen.map(
    ({ subject: { ref }, values }) => `${refText(ref)} (${rankedText({ ref, values }, field, context.snapshot.now)})`,
  );
  const how = isTime(field) || place.said.endsWith(field.said) ? '' : ` by ${field.said}`;
  return {
    headline: `${place.said.charAt(0).toUpperCase()}${place.said.slice(1)} of ${of}${how}: ${listed(texts, 5)}.${sharedText(query, field, chosen, ranked)}`,
    ...tableOf(context, field, ranked, mostOfAPlace),
    objects: chosen.length === 1 ? [first.subject.ref] : [],
  };
}

/** "Pods by age": all of them, from one end to the other. */
export function orderReply(context: AskContext, query: ObjectQuery, field: Field, found: readonly Subject[]): Reply {
  const first = isTime(field) ? 'the oldest' : 'the most';
  return {
    headline: `${whichOf(context, query, found)} by ${field.said}, ${first} first.`,
    ...tableOf(context, field, rankedBy(context, field, found, !isTime(field)), mostInOrder),
  };
}

/** "Which namespace has the most pods": which of the parts are at that end. */
export function partsAtEnd(
  { grouping, kinds }: ObjectQuery,
  { isMost }: Place,
  parts: readonly { readonly part: string; readonly amount: number }[],
): string {
  const [first] = parts;
  const same = parts.filter(({ amount }) => amount === first?.amount).map(({ part }) => part);
  const said = grouping?.said ?? '';
  const what = pluralOf(kinds[0] ?? 'Pod');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)} ${listed(same)} ${same.length === 1 ? 'has' : 'have'} the ${isMost ? 'most' : 'fewest'} ${what}: ${first?.amount ?? 0}.`;
}
