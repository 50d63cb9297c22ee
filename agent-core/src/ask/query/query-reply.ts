import { listed, pluralOf } from '@autodevops/domain/count-words';
import { isFinished } from '../../reading/pods/pod-status.ts';
import type { Field } from '../fields/field.ts';
import { count } from '../fields/measures.ts';
import type { AskContext, Reply } from '../intent.ts';
import { atLeast, notSeen } from '../scope.ts';
import type { Condition } from './condition.ts';
import type { ObjectQuery } from './object-query.ts';
import { orderReply, partsAtEnd, placeReply } from './ranked-reply.ts';
import { amountsOf, subjectsOf, valuesOf } from './subject.ts';
import type { Subject } from './subject.ts';
import { nameOf, nounOf, objectTable, predicateOf, saidOf } from './told-objects.ts';
import { fewNames } from '../few-names.ts';

const mostGroups = 40;
/** So many objects can be spoken of afterwards as "they". */
const mostNamed = 8;

function percentage(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${Math.round((1000 * part) / whole) / 10} %`;
}

/** A field that is only to be told. */
function asColumn(context: AskContext, field: Field): Pick<Condition, 'shown'> {
  return { shown: { column: field.said, of: (subject) => listed(valuesOf(context, field, subject), 6) } };
}

function whichReply(
  context: AskContext,
  { kinds, conditions, measure, columns = [] }: ObjectQuery,
  found: readonly Subject[],
  all: readonly Subject[],
): Reply {
  const [kind = 'Pod'] = kinds;
  const whose = conditions.filter(({ isWhose }) => isWhose === true);
  const rest = conditions.filter((condition) => !whose.includes(condition));
  // "Which pods of web are ready" speaks of the pods of web alone.
  const isNarrowed = whose.length > 0 && rest.length > 0;
  const asked = isNarrowed ? rest : conditions;
  const among = isNarrowed ? all.filter((subject) => whose.every(({ fits }) => fits(subject))) : all;
  const of = `${nounOf(context, kinds, among.length)}${isNarrowed ? ` ${saidOf(whose)}` : ''}`;
  const [yes, no] = measure === 'whether' ? ['Yes: ', 'No: none of '] : ['', 'None of '];
  if (all.length === 0) {
    return { headline: `${measure === 'whether' ? 'No: there' : 'There'} is no ${kind}${of.replace(/^\S+ \S+/, '')}.` };
  }
  const shown = [...conditions, ...columns.map((field) => asColumn(context, field))];
  const objects = found.length <= mostNamed ? found.map(({ ref }) => ref) : [];
  if (conditions.length === 0) {
    return { headline: `${yes}${atLeast(context, kind)}${of}.`, ...objectTable(context, found, shown), objects };
  }
  if (found.length === 0) return { headline: `${no}${of} ${predicateOf(asked, 1)}.` };
  return {
    headline: `${yes}${atLeast(context, kind)}${found.length} of ${of} ${predicateOf(asked, found.length)}${fewNames(
      found.map((subject) => nameOf(subject, kinds)),
      4,
    )}.`,
    ...objectTable(context, found, shown),
    objects,
  };
}

function shareReply(
  context: AskContext,
  { kinds, conditions }: ObjectQuery,
  found: readonly Subject[],
  all: readonly Subject[],
): Reply {
  return {
    headline: `${percentage(found.length, all.length)}: ${found.length} of ${nounOf(context, kinds, all.length)} ${predicateOf(conditions, found.length)}.`,
    ...objectTable(context, found, conditions),
  };
}

/** Whether the last condition is so of everything that fits the others: of pods, those that ended are left out. */
function allReply(context: AskContext, { kinds, conditions }: ObjectQuery, all: readonly Subject[]): Reply {
  const asked = conditions.slice(-1);
  const among = conditions.slice(0, -1);
  const meant = all.filter((subject) => isPresent(context, subject) && among.every(({ fits }) => fits(subject)));
  const others = meant.filter((subject) => !asked.every(({ fits }) => fits(subject)));
  const of = `${nounOf(context, kinds, meant.length)}${among.length === 0 ? '' : ` ${saidOf(among)}`}`;
  if (meant.length === 0) return { headline: `There is no such ${kinds[0] ?? 'object'}: ${of}.` };
  if (others.length === 0) {
    return { headline: `Yes: ${meant.length === 1 ? 'the only one' : 'every one'} of ${of} ${predicateOf(asked, 1)}.` };
  }
  return {
    headline: `No: ${meant.length - others.length} of ${of} ${predicateOf(asked, meant.length - others.length)}, not ${listed(
      others.map((subject) => nameOf(subject, kinds)),
      4,
    )}.`,
    ...objectTable(context, others, asked),
  };
}

/** What ended asks for nothing any more. */
function isPresent({ snapshot }: AskContext, { kind, ref }: Subject): boolean {
  const pod = kind === 'Pod' ? snapshot.get('Pod', ref.namespace, ref.name) : undefined;
  return pod === undefined || !isFinished(pod);
}

/** "restarts", "memory request": what is added up, as one says it of many. */
function addedUp(field: Field): string {
  return field.measure === undefined || field.measure === count ? pluralOf(field.said) : field.said;
}

/** The sum or the mean of some amounts, for people. */
function sumText({ measure, field }: ObjectQuery, amounts: readonly number[]): string {
  const sum = amounts.reduce((a, b) => a + b, 0);
  const amount = measure === 'mean' ? Math.round((100 * sum) / Math.max(1, amounts.length)) / 100 : sum;
  return field?.measure?.text?.(amount) ?? String(amount);
}

function sumReply(context: AskContext, query: ObjectQuery, found: readonly Subject[]): Reply | undefined {
  const { field, kinds, conditions } = query;
  if (field === undefined) return undefined;
  const present = found.filter((subject) => isPresent(context, subject));
  const setting = present.filter((subject) => amountsOf(context, field, subject).length > 0);
  const which = conditions.length === 0 ? '' : ` ${saidOf(conditions)}`;
  const ended = found.length === present.length ? '' : `; ${found.length - present.length} that ended do not count`;
  if (setting.length === 0) {
    return { headline: `None of ${nounOf(context, kinds, present.length)}${which} sets a ${field.said}.` };
  }
  const rest = setting.length === present.length ? '' : `; ${present.length - setting.length} more set none`;
  const what =
    query.measure === 'mean'
      ? `The mean ${field.said}`
      : `The ${field.measure === undefined || field.measure === count ? `number of ${addedUp(field)}` : field.said} in all`;
  return {
    headline: `${what} is ${sumText(
      query,
      setting.flatMap((subject) => amountsOf(context, field, subject)),
    )}, of ${nounOf(context, kinds, setting.length)}${which}${rest}${ended}.`,
  };
}

/** Each part of what is grouped, with what is in it. */
function partsOf({ grouping }: ObjectQuery, found: readonly Subject[]): ReadonlyMap<string, readonly Subject[]> {
  const parts = new Map<string, Subject[]>((grouping?.parts ?? []).map((part) => [part, []]));
  for (const subject of found) {
    const own = grouping?.of(subject) ?? [];
    for (const part of own.length === 0 ? [`no ${grouping?.said ?? ''}`] : own) {
      parts.set(part, [...(parts.get(part) ?? []), subject]);
    }
  }
  return parts;
}

function groupReply(
  context: AskContext,
  query: ObjectQuery,
  found: readonly Subject[],
  all: readonly Subject[],
): Reply {
  const { grouping, field, kinds, conditions, measure, place } = query;
  const wholes = partsOf(query, all);
  const amount = (subjects: readonly Subject[]): number =>
    field === undefined
      ? subjects.length
      : subjects
          .filter((subject) => isPresent(context, subject))
          .flatMap((subject) => amountsOf(context, field, subject))
          .reduce((a, b) => a + b, 0) / (measure === 'mean' ? Math.max(1, subjects.length) : 1);
  // Where most of something is, what ended is no more.
  const meant = place === undefined ? found : found.filter((subject) => isPresent(context, subject));
  const sorted = [...partsOf(query, meant)]
    // What is in no part is at no end of them.
    .filter(([part]) => place === undefined || grouping?.parts.includes(part) === true)
    .map(([part, subjects]) => ({ part, subjects, amount: amount(subjects) }))
    .toSorted(
      (a, b) => (place?.isMost === false ? a.amount - b.amount : b.amount - a.amount) || a.part.localeCompare(b.part),
    );
  const text = ({ part, subjects, amount: sum }: (typeof sorted)[number]): string =>
    field !== undefined
      ? (field.measure?.text?.(sum) ?? String(sum))
      : measure === 'share'
        ? `${percentage(subjects.length, wholes.get(part)?.length ?? 0)} (${subjects.length} of ${wholes.get(part)?.length ?? 0})`
        : String(sum);
  const [kind = 'Pod'] = kinds;
  const which = conditions.length === 0 ? '' : ` ${saidOf(conditions)}`;
  const said = field === undefined ? (measure === 'share' ? 'share' : pluralOf(kind)) : addedUp(field);
  const subject =
    field === undefined
      ? nounOf(context, kinds, found.length)
      : `${measure === 'mean' ? 'Mean' : 'Total'} ${addedUp(field)} of ${nounOf(context, kinds, found.length)}`;
  const few = sorted.slice(0, 4).map((part) => `${part.part === '' ? 'none' : part.part} ${text(part)}`);
  const more = sorted.length > 4 ? [`${sorted.length - 4} more`] : [];
  return {
    headline:
      place === undefined
        ? `${subject}${which} by ${grouping?.said ?? ''}: ${listed([...few, ...more], 5)}.`
        : partsAtEnd(query, place, sorted),
    table: {
      columns: [grouping?.said ?? '', said],
      rows: sorted.slice(0, mostGroups).map((part) => [part.part, text(part)]),
    },
    lines: sorted.length > mostGroups ? [`${sorted.length - mostGroups} more are left out.`] : [],
  };
}

/** The objects that every condition fits. */
export function fittingOf(context: AskContext, { kinds, conditions }: ObjectQuery): readonly Subject[] {
  return subjectsOf(context, kinds).filter((subject) => conditions.every(({ fits }) => fits(subject)));
}

/** What fits, as it was asked for. Undefined where the kind cannot be put in the order that was asked for. */
export function queryReply(context: AskContext, query: ObjectQuery): Reply | undefined {
  const [kind = 'Pod'] = query.kinds;
  const blind = notSeen(context, kind);
  if (blind !== undefined) return blind;
  const all = subjectsOf(context, query.kinds);
  const found = fittingOf(context, query);
  if (query.grouping !== undefined) return groupReply(context, query, found, all);
  if (query.place !== undefined) return placeReply(context, query, query.place, found);
  if (query.ordering !== undefined) return orderReply(context, query, query.ordering, found);
  if (query.field !== undefined) return sumReply(context, query, found);
  if (query.measure === 'all') return allReply(context, query, all);
  return query.measure === 'share' ? shareReply(context, query, found, all) : whichReply(context, query, found, all);
}
