import { fields } from '../fields/catalogue.ts';
import { hasField } from '../fields/field.ts';
import type { Field } from '../fields/field.ts';
import { ends } from '../fields/ends.ts';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';

/** Which of an order is asked for: "the newest", "the second oldest", "top 3". */
export interface Place {
  /** The first that is wanted, from 1. */
  readonly nth: number;
  readonly count: number;
  readonly isMost: boolean;
  readonly by: readonly string[];
  readonly said: string;
}

const nths: readonly string[] = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const small: ReadonlyMap<string, number> = new Map([
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['ten', 10],
]);
const ordinal = new RegExp(
  `\\b(?:(?<nth>${nths.join('|')}|\\d+(?:st|nd|rd|th)) |(?<count>\\d+|${[...small.keys()].join('|')}) )?(?<end>oldest|newest|youngest|latest|most recent|first created|last created|longest running|biggest|largest|greatest|smallest|tiniest)(?= |$)`,
  'i',
);
const top = /^(?:the )?(?:top|first) (?<count>\d+|two|three|four|five|ten) /i;
const topBy = / (?:by|with the (?:most|highest)) (?<by>[a-z][\w -]*)$/i;

function numberOf(words: string | undefined): number | undefined {
  if (words === undefined) return undefined;
  const nth = nths.indexOf(words.toLowerCase());
  return nth >= 0 ? nth + 1 : (small.get(words.toLowerCase()) ?? Number.parseInt(words, 10));
}

/** Takes the place out of a question: "the second newest pod in shop" is the second of the pods in shop. */
export function readPlace(
  text: string,
): { readonly place: Place; readonly rest: string; readonly by?: string } | undefined {
  const first = top.exec(text);
  const by = topBy.exec(text)?.groups?.['by'];
  if (first !== null && by !== undefined) {
    const count = numberOf(first.groups?.['count']) ?? 1;
    return {
      place: { nth: 1, count, isMost: true, by: [], said: `top ${count}` },
      rest: text.replace(top, '').replace(topBy, ''),
      by,
    };
  }
  const match = ordinal.exec(text);
  const end = match === null ? undefined : ends.find(({ words }) => words.test(match.groups?.['end'] ?? ''));
  if (match === null || end === undefined) return undefined;
  const { nth, count } = match.groups ?? {};
  return {
    place: { nth: numberOf(nth) ?? 1, count: numberOf(count) ?? 1, isMost: end.isMost, by: end.by, said: match[0] },
    rest: text.replace(match[0], '').replaceAll(/\s+/g, ' ').trim(),
  };
}

/** By which field objects of a kind are put in order. */
export function orderingField({ by }: Place, kind: KindName): Field | undefined {
  return by.flatMap((said) => fields.filter((field) => field.said === said && hasField(field, kind)))[0];
}
