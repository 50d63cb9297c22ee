import { listed, pluralOf } from '@autodevops/domain/count-words';
import { fields } from '../../fields/catalogue.ts';
import { hasField } from '../../fields/field.ts';
import type { Field } from '../../fields/field.ts';
import { amountOf, amountWords, boundFrom, boundWords, isWithin } from '../amount.ts';
import type { Bound } from '../amount.ts';
import { after } from '../condition.ts';
import type { Asked, Condition, ReadCondition } from '../condition.ts';
import { fieldAtFront } from '../field-at-front.ts';
import { valuesOf } from '../subject.ts';

/** Objects whose field keeps to a bound; of a field that is no amount, its values are counted. */
function bounded(asked: Asked, field: Field, bound: Bound, amount: string): Condition | undefined {
  const { now } = asked.context.snapshot;
  const limit = amountOf(field, amount, now);
  if (limit === undefined) return undefined;
  const { measure } = field;
  const amounts = (values: readonly string[]): readonly number[] =>
    measure === undefined ? [values.length] : values.flatMap((value) => measure.of(value, now) ?? []);
  const often = bound === 'less' ? 'fewer than' : bound === 'more' ? 'more than' : bound;
  const isCounted = measure === undefined || /^\d+$|^[a-z]+$/i.test(amount);
  return {
    said: isCounted
      ? `with ${often} ${amount} ${pluralOf(field.said, /^(?:1|an?|one)$/i.test(amount) ? 1 : 2)}`
      : `with a ${field.said} ${bound === 'more' ? 'above' : bound === 'less' ? 'below' : bound} ${amount}`,
    fits: (subject) => amounts(valuesOf(asked.context, field, subject)).some((value) => isWithin(value, bound, limit)),
    shown: { column: field.said, of: (subject) => listed(valuesOf(asked.context, field, subject), 6) },
  };
}

const having = '(?:(?:with|have|has|having|of|at|whose|that) )?(?:an? |the )?';
const before = new RegExp(`^${having}(?<bound>${boundWords}) ?(?<amount>${amountWords})(?![\\w.])`, 'i');
// "A limit" is no amount, "one limit" is.
const bare = new RegExp(
  `^(?!an? |(?:with|have|has|having) an? )(?:(?:with|have|has|having) )?(?<amount>${amountWords}) `,
  'i',
);
const orMore = /^or (?<which>more|higher|less|fewer|lower)(?= |$)/i;
const behind = new RegExp(
  `^(?:is |are |of |set to |at )*(?<bound>${boundWords}) ?(?<amount>${amountWords})(?![\\w.])`,
  'i',
);

const openBehind = new RegExp(
  `^(?:is |are |of |set to |at )*(?<amount>${amountWords}) or (?<which>more|higher|less|fewer|lower)(?= |$)`,
  'i',
);

/** "With more than 3 restarts", "less than 2 replicas", "with 2 replicas". */
const readBefore: ReadCondition = (words, asked) => {
  const match = before.exec(words) ?? bare.exec(words);
  const { bound = '=', amount = '' } = match?.groups ?? {};
  const named =
    match === null
      ? undefined
      : fieldAtFront(
          words
            .slice(match[0].length)
            .trim()
            .replace(/^(?:of|in) (?:the |their )?/i, ''),
          asked.kinds,
        );
  const open = named === undefined ? null : orMore.exec(named.rest);
  const least =
    open === null ? boundFrom(bound) : /^(?:more|higher)/i.test(open.groups?.['which'] ?? '') ? 'at least' : 'at most';
  const condition = named === undefined ? undefined : bounded(asked, named.field, least, amount);
  return condition === undefined || named === undefined
    ? undefined
    : { condition, rest: open === null ? named.rest : after(named.rest, open) };
};

/** "With a memory limit above 100Mi", "replicas > 2". */
const readBehind: ReadCondition = (words, asked) => {
  const named = fieldAtFront(words.replace(new RegExp(`^${having}`, 'i'), ''), asked.kinds);
  const match = named === undefined ? null : (behind.exec(named.rest) ?? openBehind.exec(named.rest));
  const { bound = '', amount = '', which } = match?.groups ?? {};
  const limit = which === undefined ? boundFrom(bound) : /^(?:more|higher)/i.test(which) ? 'at least' : 'at most';
  const condition = named === undefined || match === null ? undefined : bounded(asked, named.field, limit, amount);
  return condition === undefined || named === undefined || match === null
    ? undefined
    : { condition, rest: after(named.rest, match) };
};

const restarted = new RegExp(
  `^(?:that )?(?:have |has )?(?:been )?restart(?:ed|ing|s)? ?(?<bound>${boundWords}) ?(?<amount>\\d+|once|twice)(?: times?| restarts?)?(?![\\w.])`,
  'i',
);

/** "That restarted more than 3 times", "with restarts". */
const readRestarts: ReadCondition = (words, asked) => {
  const field = fields.find(({ said }) => said === 'restart');
  if (field === undefined || !asked.kinds.includes('Pod')) return undefined;
  const match = restarted.exec(words);
  const { bound = '', amount = '' } = match?.groups ?? {};
  const counted =
    match === null
      ? undefined
      : bounded(asked, field, boundFrom(bound), amount.replace(/^once$/i, '1').replace(/^twice$/i, '2'));
  if (match !== null && counted !== undefined) return { condition: counted, rest: after(words, match) };
  const any = /^(?:with|having|have|has)?(?: had)?(?: an?y?)? ?restart(?:s|ed|ing)?(?: at least once)?(?= |$)/i.exec(
    words,
  );
  const some = any === null ? undefined : bounded(asked, field, 'more', '0');
  return any === null || some === undefined
    ? undefined
    : { condition: { ...some, said: 'with restarts' }, rest: after(words, any) };
};

/** What "older than" and "bigger than" compare, by the first of these that the kind has. */
const compared: readonly { readonly words: string; readonly isMore: boolean; readonly by: readonly string[] }[] = [
  { words: 'older|for more|for longer', isMore: false, by: ['creation time'] },
  { words: 'newer|younger|for less', isMore: true, by: ['creation time'] },
  { words: 'bigger|larger', isMore: true, by: ['size'] },
  { words: 'smaller', isMore: false, by: ['size'] },
];

/** "Older than 30 days", "bigger than 10Gi". */
const readComparison: ReadCondition = (words, asked) => {
  for (const { words: said, isMore, by } of compared) {
    const match = new RegExp(`^(?:that (?:is|are) )?(?:${said}) than (?<amount>${amountWords})(?![\\w.])`, 'i').exec(
      words,
    );
    const amount = match?.groups?.['amount'] ?? '';
    const field = fields.find((one) => by.includes(one.said) && asked.kinds.every((kind) => hasField(one, kind)));
    const condition =
      match === null || field === undefined ? undefined : bounded(asked, field, isMore ? 'more' : 'less', amount);
    if (match === null || condition === undefined) continue;
    const { shown, ...plain } = condition;
    return {
      condition: {
        ...plain,
        said: `${said.split('|')[0] ?? ''} than ${amount}`,
        // Every table tells the age.
        ...(shown === undefined || field?.said === 'creation time' ? {} : { shown }),
      },
      rest: after(words, match),
    };
  }
  return undefined;
};

/** Conditions on how much there is of something. */
export const amountReaders: readonly ReadCondition[] = [readRestarts, readComparison, readBefore, readBehind];
