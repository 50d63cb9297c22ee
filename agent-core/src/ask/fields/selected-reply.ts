import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { fields } from './catalogue.ts';
import { hasField } from './field.ts';
import type { Field } from './field.ts';
import { isMeant } from './matching.ts';
import { count } from './measures.ts';
import type { Selection } from './selection.ts';
import { toldOf } from './told.ts';
import type { Told } from './told.ts';
import type { AskContext, Reply } from '../intent.ts';
import { atLeast, notSeen, scopeWords } from '../scope.ts';
import { counted, fewNames, listed, pluralOf } from '../words.ts';

const most = 40;
const numbers: ReadonlyMap<string, string> = new Map([
  ['a', '1'],
  ['an', '1'],
  ['one', '1'],
  ['two', '2'],
  ['three', '3'],
  ['four', '4'],
  ['five', '5'],
  ['ten', '10'],
]);

function isSet(values: readonly string[]): boolean {
  return values.some((value) => value !== 'no' && value !== '0');
}

/** How the test is said of objects that pass it and of those that do not, after "has" or "have". */
interface Test {
  readonly fits: (values: readonly string[]) => boolean;
  readonly said: string;
  readonly lacking: string;
}

function boundTest(context: AskContext, bound: NonNullable<Selection['bound']>, field: Field): Test | undefined {
  const { now } = context.snapshot;
  const written = bound.amount.replace(/^[a-z]+/i, (word) => numbers.get(word.toLowerCase()) ?? word);
  // What has no amount of its own is counted.
  const limit = (field.measure ?? count).of(written, now);
  if (limit === undefined) return undefined;
  const passes = (amount: number | undefined): boolean =>
    amount !== undefined && (bound.isMore ? amount > limit : amount < limit);
  const fits = (values: readonly string[]): boolean =>
    field.measure === undefined ? passes(values.length) : values.some((value) => passes(field.measure?.of(value, now)));
  if (field.measure === undefined) {
    const counts = `${bound.isMore ? 'more' : 'fewer'} than ${bound.amount} ${pluralOf(field.said, limit)}`;
    return { fits, said: counts, lacking: `not ${counts}` };
  }
  const [what, more, less] =
    field.said === 'creation time' ? ['an age', 'below', 'above'] : [`a ${field.said}`, 'above', 'below'];
  const said = (isMore: boolean): string => `${what} ${isMore ? more : less} ${bound.amount}`;
  return { fits, said: said(bound.isMore), lacking: `no ${said(bound.isMore).replace(/^an? /, '')}` };
}

function testOf(context: AskContext, { wanted, bound }: Selection, field: Field): Test | undefined {
  if (bound !== undefined) return boundTest(context, bound, field);
  if (wanted === '') return { fits: isSet, said: `a ${field.said}`, lacking: `no ${field.said}` };
  return {
    fits: (values) => values.some((value) => isMeant(value, wanted)),
    said: `the ${field.said} ${wanted}`,
    lacking: `another ${field.said} than ${wanted}, or none`,
  };
}

/** The field that has the value somewhere, where the question names none. */
export function fieldOfValue(context: AskContext, { kinds, wanted }: Selection): Field | undefined {
  const [kind] = kinds;
  if (kind === undefined || wanted.length < 3) return undefined;
  return fields.find(
    (field) =>
      hasField(field, kind) &&
      field.measure === undefined &&
      toldOf(context, field, kind).some(({ values }) => values.some((value) => isMeant(value, wanted))),
  );
}

/** The objects that are meant. Undefined where the words are no value of anything, and the question probably another. */
export function selectedReply(
  context: AskContext,
  selection: Selection,
  field: Field,
  text: string,
): Reply | undefined {
  const kinds = selection.kinds.filter((kind) => hasField(field, kind));
  const test = testOf(context, selection, field);
  const [first] = kinds;
  if (test === undefined || first === undefined) return undefined;
  const all = kinds.flatMap((kind) => toldOf(context, field, kind));
  const fitting = all.filter(({ values }) => test.fits(values));
  // Words that no object says may be another question, read wrongly.
  if (fitting.length === 0 && (selection.wanted.includes(' ') || selection.isLoose)) return undefined;
  const found = selection.isNegated ? all.filter((one) => !fitting.includes(one)) : fitting;
  const blind = notSeen(context, first);
  if (blind !== undefined) return blind;
  return told(context, {
    found,
    all,
    kinds,
    field,
    said: selection.isNegated ? test.lacking : test.said,
    isClosed: /^(?:is|are|do|does|any)\b/i.test(text),
  });
}

interface Selected {
  readonly found: readonly Told[];
  readonly all: readonly Told[];
  readonly kinds: readonly KindName[];
  readonly field: Field;
  readonly said: string;
  /** Asked for a yes or a no. */
  readonly isClosed: boolean;
}

function told(context: AskContext, { found, all, kinds, field, said, isClosed }: Selected): Reply {
  const [kind = 'Pod', other] = kinds;
  const noun = other === undefined ? counted(all.length, kind, pluralOf(kind)) : counted(all.length, 'object');
  const of = `of ${noun}${scopeWords(context)}`;
  if (found.length === 0) return { headline: `${isClosed ? 'No: none' : 'None'} ${of} has ${said}.` };
  const names = found.map(({ ref }) =>
    other === undefined ? [ref.namespace, ref.name].filter((part) => part !== '').join('/') : refText(ref),
  );
  const rows = found.slice(0, most).map(({ ref, values }) => [refText(ref), listed(values, 6)]);
  const lines = found.length > most ? [`${found.length - most} more are left out.`] : [];
  return {
    headline: `${isClosed ? 'Yes: ' : ''}${atLeast(context, kind)}${found.length} ${of} ${found.length === 1 ? 'has' : 'have'} ${said}${fewNames(names)}.`,
    table: { columns: ['object', field.said], rows },
    lines,
    objects: found.length === 1 ? found.map(({ ref }) => ref) : [],
  };
}
