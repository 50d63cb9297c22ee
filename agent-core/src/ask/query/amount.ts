import type { Field } from '../fields/field.ts';
import { count } from '../fields/measures.ts';

/** How an amount bounds what is asked for. */
export type Bound = 'more' | 'less' | 'at least' | 'at most' | 'exactly';

const numbers: ReadonlyMap<string, number> = new Map([
  ['no', 0],
  ['zero', 0],
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['twelve', 12],
]);

/** Words for a bound, as one pattern. */
export const boundWords =
  '(?:more|greater|bigger|larger|higher|longer|fewer|less|smaller|lower|shorter)(?: than)?|over|above|exceeding|under|below|at least|at most|no more than|no less than|no fewer than|up to|exactly|just|only|[<>]=?|=';
/** A number, and a unit that may stand behind it: "3", "1.5 GB", "250m", "two weeks". */
export const amountWords =
  '(?:\\d+(?:\\.\\d+)?|zero|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?: ?(?:[kmgtp]i?b?|(?:kilo|mega|giga|tera)bytes?|m|cores?|cpus?|bytes|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|months?|years?))?';

/** What a bound's words mean. */
export function boundFrom(words: string): Bound {
  if (/^(?:at least|no less|no fewer|>=)/i.test(words)) return 'at least';
  if (/^(?:at most|no more|up to|<=)/i.test(words)) return 'at most';
  if (/^(?:exactly|just|only|=)/i.test(words)) return 'exactly';
  return /^(?:more|greater|bigger|larger|higher|longer|over|above|exceeding|>)/i.test(words) ? 'more' : 'less';
}

/** "Two weeks" as "2 weeks", "3 months" as "90 days": as measures read amounts. */
function written(amount: string): string {
  const digits = amount.replace(/^[a-z]+/i, (word) => String(numbers.get(word.toLowerCase()) ?? word));
  return digits
    .replace(/ ?(kilo|mega|giga|tera)bytes?$/i, (_, unit: string) => unit.charAt(0).toUpperCase())
    .replace(
      /^([\d.]+) ?(month|year)s?$/i,
      (_, n: string, unit: string) => `${Number(n) * (unit.toLowerCase() === 'month' ? 30 : 365)} days`,
    );
}

/** A number as people write it. */
export function numberFrom(words: string): number | undefined {
  const number = numbers.get(words.toLowerCase()) ?? Number.parseFloat(words);
  return Number.isNaN(number) ? undefined : number;
}

/** An amount that a person wrote, as the field measures it; what has no measure is counted. */
export function amountOf(field: Field, amount: string, now: number): number | undefined {
  return (field.measure ?? count).of(written(amount), now);
}

/** Whether an amount keeps to a bound. */
export function isWithin(amount: number, bound: Bound, limit: number): boolean {
  if (bound === 'more') return amount > limit;
  if (bound === 'less') return amount < limit;
  if (bound === 'at least') return amount >= limit;
  return bound === 'at most' ? amount <= limit : amount === limit;
}
