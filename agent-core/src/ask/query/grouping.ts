import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kindsCalled } from '../fields/asked-kinds.ts';
import { fieldsCalled } from '../fields/catalogue.ts';
import { hasField } from '../fields/field.ts';
import { stateOfRef } from '../health/object-state.ts';
import type { AskContext } from '../intent.ts';
import { areRelated } from './carriers.ts';
import type { Subject } from './subject.ts';
import { subjectsOf, valuesOf } from './subject.ts';

/** By what objects are told apart: each object is in one part, in several (a pod's images), or in none. */
export interface Grouping {
  readonly said: string;
  readonly of: (subject: Subject) => readonly string[];
  /** Parts that are there even where nothing is in them. */
  readonly parts: readonly string[];
}

const grouped =
  / (?:(?:grouped|broken down|split|counted) by|per|by|for each|for every|in each|in every|on each|on every|of each|of every) (?:the )?(?<by>[a-z][\w -]*?)$/i;

/** By the objects of a kind that each has to do with. */
export function byKind(context: AskContext, kind: KindName): Grouping {
  const { snapshot } = context;
  const parts = subjectsOf(context, [kind]);
  if (kind === 'Namespace') {
    return { said: 'namespace', of: ({ metadata }) => [metadata.namespace], parts: parts.map(({ ref }) => ref.name) };
  }
  const text = ({ ref }: Subject): string => [ref.namespace, ref.name].filter((part) => part !== '').join('/');
  return {
    said: kind,
    of: (subject) => parts.filter(({ ref }) => areRelated(snapshot, subject.ref, ref)).map(text),
    parts: parts.map(text),
  };
}

function groupingOf(context: AskContext, kinds: readonly KindName[], words: string): Grouping | undefined {
  if (/^(?:status(?:es)?|states?|phases?)$/i.test(words)) {
    return { said: 'state', of: ({ ref }) => [stateOfRef(context.snapshot, ref)], parts: [] };
  }
  const [field] = fieldsCalled(words).filter(
    (one) => one.measure === undefined && kinds.some((kind) => hasField(one, kind)),
  );
  const [kind] = kindsCalled(words);
  if (kind !== undefined && (field === undefined || kind === 'Node' || kind === 'Namespace')) {
    return byKind(context, kind);
  }
  return field === undefined
    ? undefined
    : { said: field.said, of: (subject) => valuesOf(context, field, subject), parts: [] };
}

/** Both at once: "by namespace and status". */
function both(one: Grouping, other: Grouping): Grouping {
  return {
    said: `${one.said} and ${other.said}`,
    of: (subject) => one.of(subject).flatMap((a) => other.of(subject).map((b) => `${a}, ${b}`)),
    parts: [],
  };
}

/** Takes "per node", "by namespace and status" off the end of a question; `unread` is what it is to be grouped by, where that is not known. */
export function readGrouping(
  text: string,
  context: AskContext,
  kinds: readonly KindName[],
): { readonly grouping?: Grouping; readonly rest: string; readonly unread?: string } {
  const match = grouped.exec(text);
  // "That run on every node" is a condition.
  if (match === null || /\b(?:runs?|running|is|are|present)$/i.test(text.slice(0, match.index))) return { rest: text };
  const rest = text.slice(0, match.index);
  const { by = '' } = match.groups ?? {};
  const parts = by.split(/ and (?:by )?/i).map((words) => groupingOf(context, kinds, words));
  // "Restarts per pod": each by itself is what is asked anyway.
  if (kindsCalled(by).some((kind) => kinds.includes(kind))) return { rest };
  const [first, second, more] = parts;
  if (first === undefined || parts.includes(undefined) || more !== undefined) {
    return / by /i.test(match[0]) ? { rest: text } : { rest, unread: match[0].trim() };
  }
  return { grouping: second === undefined ? first : both(first, second), rest };
}
