import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { kindsIn } from '../fields/asked-kinds.ts';
import { fields, fieldWithin } from '../fields/catalogue.ts';
import { ends } from '../fields/ends.ts';
import { hasField } from '../fields/field.ts';
import type { Field } from '../fields/field.ts';
import { isTime, rankedBy, rankedText, rankingTable } from '../fields/ranking.ts';
import { causesIn } from '../health/health.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { inScope, notSeen, scopeWords } from '../scope.ts';
import { counted, fewNames, listed, pluralOf } from '../words.ts';

const most = 10;

function countText(context: AskContext, kinds: readonly KindName[]): string {
  const [kind = 'Pod', other] = kinds;
  const all = kinds.reduce((sum, one) => sum + inScope(context, one).length, 0);
  return `${other === undefined ? counted(all, kind, pluralOf(kind)) : counted(all, 'workload')}${scopeWords(context)}`;
}

function byField(context: AskContext, kinds: readonly KindName[], field: Field, isMost: boolean): Reply {
  const { now } = context.snapshot;
  const ranked = rankedBy(context, field, { kinds, isMost });
  const [first] = ranked;
  const of = `of ${countText(context, kinds)}`;
  if (first === undefined) return { headline: `None ${of} tells its ${field.said}.` };
  const same = ranked.slice(1).filter(({ amount }) => amount === first.amount);
  const shared =
    same.length === 0
      ? ''
      : `; ${same.length} more ${same.length === 1 ? 'has' : 'have'} the same${fewNames(same.map(({ ref }) => refText(ref)))}`;
  const said = isTime(field)
    ? `is the ${isMost ? 'youngest' : 'oldest'}`
    : `has the ${isMost ? 'highest' : 'lowest'} ${field.said}`;
  return {
    headline: `${refText(first.ref)} ${said} ${of}: ${rankedText(first, field, now)}${shared}.`,
    ...rankingTable(ranked, field, { now, most }),
    objects: [first.ref],
  };
}

/** "List pods by age": all of them, from one end to the other. */
function inOrder(context: AskContext, kinds: readonly KindName[], words: string): Reply | undefined {
  const [kind] = kinds;
  const field = kind === undefined ? undefined : fieldWithin(words, kind)?.field;
  if (field?.measure === undefined) return undefined;
  const ranked = rankedBy(context, field, { kinds, isMost: !isTime(field) });
  return {
    headline: `${countText(context, kinds)} by ${field.said}, ${isTime(field) ? 'the oldest' : 'the most'} first.`,
    ...rankingTable(ranked, field, { now: context.snapshot.now, most: 4 * most }),
  };
}

/** What is counted of places, how many a place has. */
function counting(
  context: AskContext,
  place: 'Namespace' | 'Node',
  what: KindName | 'problem',
): (name: string) => number {
  if (what === 'problem') return (name) => causesIn(context, name).length;
  const homes =
    place === 'Namespace'
      ? inScope(context, what).map(({ metadata }) => metadata.namespace)
      : context.snapshot.list('Pod').map(({ spec }) => spec.nodeName ?? '');
  return (name) => homes.filter((home) => home === name).length;
}

/** "Which namespace has the most pods": what is there, counted by where it is. */
function byPlace(context: AskContext, place: 'Namespace' | 'Node', what: KindName | 'problem', isMost: boolean): Reply {
  const countOf = counting(context, place, what);
  const ranked = context.snapshot
    .list(place)
    .map(({ metadata: { name } }) => ({ name, count: countOf(name) }))
    .toSorted((a, b) => (isMost ? b.count - a.count : a.count - b.count) || a.name.localeCompare(b.name));
  const [first] = ranked;
  if (first === undefined) return { headline: `No ${place} can be seen.` };
  const same = ranked.filter(({ count }) => count === first.count).map(({ name }) => name);
  const headline = `${place} ${listed(same)} ${same.length === 1 ? 'has' : 'have'} the ${isMost ? 'most' : 'fewest'} ${pluralOf(what)}: ${first.count}.`;
  return {
    headline,
    table: {
      columns: [place.toLowerCase(), pluralOf(what)],
      rows: ranked.slice(0, 2 * most).map(({ name, count }) => [name, String(count)]),
    },
  };
}

function placed(context: AskContext, text: string, isMost: boolean): Reply | undefined {
  const [place, what] = kindsIn(text).map(({ kinds }) => kinds[0]);
  if (place === 'Namespace' && /\b(?:problems?|troubles?|issues?|errors?|failures?)\b/i.test(text)) {
    return byPlace(context, place, 'problem', isMost);
  }
  if (what === undefined || (place !== 'Namespace' && !(place === 'Node' && what === 'Pod'))) return undefined;
  return byPlace(context, place, what, isMost);
}

function extreme(context: AskContext, text: string): Reply | undefined {
  const end = ends.find(({ words }) => words.test(text));
  if (end === undefined || /\b(?:second|third|fourth|2nd|3rd) /i.test(text)) return undefined;
  const plain = text.replace(end.words, ' ').replaceAll(/\s+/g, ' ').trim();
  const [named] = kindsIn(plain);
  const kinds: readonly KindName[] = named?.kinds ?? ['Pod'];
  const [kind = 'Pod'] = kinds;
  const blind = notSeen(context, kind);
  if (blind !== undefined) return blind;
  const inPlace = placed(context, plain, end.isMost);
  if (inPlace !== undefined) return inPlace;
  const field = fieldWithin(named === undefined ? plain : `${named.before} ${named.after}`, kind)?.field;
  const chosen =
    field?.measure === undefined
      ? end.by.flatMap((said) => fields.filter((f) => f.said === said && hasField(f, kind)))[0]
      : field;
  return chosen === undefined || (named === undefined && field?.measure === undefined)
    ? undefined
    : byField(context, kinds, chosen, end.isMost);
}

/** The oldest, newest, largest or smallest of a kind; which has the most of something; all of a kind in order. */
export const extremes: Intent = {
  name: 'extremes',
  example: 'what is the oldest pod?',
  isLoose: true,
  patterns: [
    /^(?:list |show(?: me)? |get |rank |sort |order )(?:all )?(?:the |my )?(?<ordered>[a-z][a-z -]*?)(?: sorted| ordered| ranked)? by (?:their )?(?<by>.+)$/i,
    /^(?:which|what|who|list|show(?: me)?|name|the)?(?: is| are| has| have)? ?(?<text>(?!why|when|where|how).*\b(?:oldest|newest|youngest|latest|biggest|largest|greatest|smallest|tiniest|highest|lowest|most|least|fewest|longest|shortest|hungriest|greediest|(?:first|last) created)\b.*)$/i,
  ],
  answer: (caught, context) => {
    if (caught('by') !== '') return inOrder(context, kindsIn(caught('ordered'))[0]?.kinds ?? [], caught('by'));
    return extreme(context, caught('text').replace(/\bcontainers?\b/i, 'pod'));
  },
};
