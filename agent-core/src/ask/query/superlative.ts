import { pluralOf } from '@autodevops/domain/count-words';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kindsIn } from '../fields/asked-kinds.ts';
import { fieldWithin } from '../fields/catalogue.ts';
import { ends } from '../fields/ends.ts';
import { hasField } from '../fields/field.ts';
import type { Field } from '../fields/field.ts';
import { fieldAtFront } from './field-at-front.ts';
import type { Place } from './ordinal.ts';

/** What is asked for by an end of an order that the question names: of a field, or of what objects have to do with. */
export type Superlative = {
  readonly place: Place;
  /** Of what: those that are told apart. */
  readonly kinds: readonly KindName[];
  readonly rest: string;
} & ({ readonly field: Field } | { readonly counted: readonly KindName[] });

const having = '(?:(?:that |which |who )?(?:with|has|have|having|had|is|are|at|from) )?(?:the )?';
const superlative = new RegExp(
  `(?:^| )${having}(?<end>highest|greatest|most|biggest|largest|hungriest|greediest|longest|lowest|least|fewest|smallest|tiniest|shortest) (?<of>.+)$`,
  'i',
);
/** Whose field is meant where the question names no kind. */
const likely: readonly KindName[] = ['Pod', 'PersistentVolumeClaim', 'Deployment', 'Node', 'Service'];

function placeAt(end: string, of: string): Place | undefined {
  const isMost = ends.find(({ words }) => words.test(end))?.isMost;
  return isMost === undefined ? undefined : { nth: 1, count: 1, isMost, by: [], said: `${end.toLowerCase()} ${of}` };
}

/** "Most pods" of nodes: what is counted is of another kind. */
function countedIn(
  of: string,
  kinds: readonly KindName[],
): { readonly kinds: readonly KindName[]; readonly rest: string } | undefined {
  const [what] = kindsIn(of);
  return what === undefined || what.before !== '' || what.kinds.some((kind) => kinds.includes(kind))
    ? undefined
    : { kinds: what.kinds, rest: what.after };
}

/** Takes "with the highest memory limit", "has the most restarts", "the fewest pods" out of a question. */
export function readSuperlative(text: string): Superlative | undefined {
  const match = superlative.exec(text);
  const { end = '', of = '' } = match?.groups ?? {};
  if (match === null) return undefined;
  const before = text.slice(0, match.index).trim();
  const head = kindsIn(before).at(-1);
  const named = kindsIn(of);
  // "The largest claims" are claims; nothing of others is the largest.
  if (head === undefined && named[0]?.before === '') return undefined;
  const kinds = head?.kinds ?? named.find((kind) => kind.before !== '')?.kinds;
  // What is said of those that are told apart would be left out.
  const isBare = head?.before === '' && head.after === '';
  const counted = kinds === undefined || !isBare ? undefined : countedIn(of, kinds);
  const place = placeAt(end, counted === undefined ? '' : pluralOf(counted.kinds[0] ?? 'Pod'));
  if (counted !== undefined && kinds !== undefined && place !== undefined) {
    return { place, kinds, counted: counted.kinds, rest: counted.rest };
  }
  const among = kinds === undefined ? likely.map((kind) => [kind]) : [kinds];
  for (const some of among) {
    const found = fieldAtFront(of, some);
    const at = found === undefined ? undefined : placeAt(end, found.field.said);
    if (found === undefined || at === undefined) continue;
    return { place: at, kinds: some, field: found.field, rest: `${before} ${found.rest}`.trim() };
  }
  return undefined;
}

const order = /(?:^| )(?:(?:sorted|ordered|ranked|sort|order|rank) )?by (?:their )?(?<by>[a-z][\w /-]*)$/i;

/** Takes "by age", "sorted by restarts" off the end of a question: all of them, from one end to the other. */
export function readOrder(
  text: string,
  kinds: readonly KindName[],
): { readonly field: Field; readonly rest: string } | undefined {
  const match = order.exec(text);
  const [kind = 'Pod'] = kinds;
  const field = fieldWithin(match?.groups?.['by'] ?? '', kind)?.field;
  return match === null || field?.measure === undefined || !hasField(field, kind)
    ? undefined
    : { field, rest: text.slice(0, match.index) };
}
