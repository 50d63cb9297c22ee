import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kindsIn } from '../fields/asked-kinds.ts';
import { fields, fieldsCalled } from '../fields/catalogue.ts';
import { hasField } from '../fields/field.ts';
import type { AskContext } from '../intent.ts';
import { isNamed } from '../naming/exact-name.ts';
import { readGrouping } from './grouping.ts';
import { readPlace } from './ordinal.ts';
import { plainlyPut } from './phrasings.ts';
import { readAllConditions } from './read-conditions.ts';
import { readOrder } from './superlative.ts';
import type { Measure, ObjectQuery } from './object-query.ts';
import { readAtEnd } from './read-at-end.ts';
import { readColumns } from './read-columns.ts';
import { readSum, sums } from './read-sum.ts';

const articles = '(?:the |my |our |all |all the |any |of |of the |of all |those |these )*';

const openings: readonly { readonly words: RegExp; readonly measure: Measure }[] = [
  {
    words: new RegExp(
      `^(?:(?:what|which) (?:is |are )?)?(?:the )?(?:percentage|percent|share|fraction|proportion|portion|ratio|%) of ${articles}|^(?:what|which|how many) percent of ${articles}`,
      'i',
    ),
    measure: 'share',
  },
  {
    words: new RegExp(
      `^(?:how many|(?:what is |give me )?(?:the )?(?:total )?(?:number|count) of|count) ${articles}`,
      'i',
    ),
    measure: 'how many',
  },
  { words: /^(?:are|is|do|does|have|has) (?:all|every|each)(?: of)?(?: the| my| our)? /i, measure: 'all' },
  {
    words: new RegExp(
      `^(?:are there|is there|do (?:i|we) have|(?:is|are|do|does|has|have) any(?: of)?|any) ${articles}`,
      'i',
    ),
    measure: 'whether',
  },
  {
    words: new RegExp(
      `^(?:which|what|who|whose|list|show(?: me)?|find|get|give me|name|print|tell me)(?: is| are)? ${articles}`,
      'i',
    ),
    measure: 'which',
  },
];

const notAsked =
  /^(?:why|how (?!many|much)|when|where|who |should|could|would|can|what (?:does|if|happens|would|is an? )|(?:is|are|do|does|did|was|were|has|have) (?!there\b|any\b|all\b|every\b|each\b|(?:i|we) have\b))/i;

/** The kinds that a question is for, with what stands before and behind their word. */
interface Head {
  readonly kinds: readonly KindName[];
  readonly before: string;
  readonly after: string;
}

function headOf(text: string): Head | undefined {
  // "The containers of db-0" are no pods, but a part of one.
  if (/^containers (?:of|in|inside)(?: (?:the|pod))* \S+$/i.test(text)) return undefined;
  if (/^(?:everything|anything|all)(?= |$)/i.test(text)) {
    return { kinds: ['Pod'], before: '', after: text.replace(/^\w+ ?/, '') };
  }
  return kindsIn(text)[0];
}

/** Whether what was read as a question for objects asks for what happened, for a part of them, or for one of them. */
function isOfSomethingElse({ kinds, before, after }: Head, context: AskContext): boolean {
  // What happened is told by its time, not by its name.
  if (kinds.includes('Event')) return true;
  // "TLS on the ingresses" is no question for ingresses.
  if (/(?<![\w-])(?:on|in|of|for|behind|at|from|to)(?![\w-])/i.test(before)) return true;
  // "The image of Deployment shop/web" speaks of one object.
  const next = after.split(' ')[0] ?? '';
  return next.includes('/') && kinds.some((one) => isNamed(context, `${one} ${next}`));
}

/** "Web pods": whose they are may stand before them, as their states do. */
function readBefore({ kinds, before }: Head, context: AskContext): ReturnType<typeof readAllConditions> {
  const adjectives = readAllConditions(before, { context, kinds });
  return adjectives.unread === '' || adjectives.conditions.length > 0
    ? adjectives
    : readAllConditions(`of ${adjectives.unread}`, { context, kinds });
}

/**
 * Reads a question that asks for objects by what is so of them. Undefined where it asks for something else. What of it is
 * not understood stands in `unread`: nothing is to be answered as if it had not been said.
 */
export function readObjectQuery(question: string, context: AskContext): ObjectQuery | undefined {
  const text = plainlyPut(question);
  if (notAsked.test(text)) return undefined;
  const sum = sums.test(text) ? readSum(text, context) : undefined;
  if (sum !== undefined) return sum;
  // "Restarts per namespace": an amount of which nothing is asked but its parts.
  const parts = readSum(`total ${text}`, context);
  if (parts?.grouping !== undefined && parts.unread === '') return parts;
  const opening = openings.find(({ words }) => words.test(text));
  const asked = opening === undefined ? text.replace(/^(?:all |the )+/i, '') : text.replace(opening.words, '');
  const atEnd = opening === undefined || opening.measure === 'which' ? readAtEnd(asked, context) : undefined;
  if (atEnd?.unread === '') return atEnd;
  const placed = readPlace(asked);
  const plain = placed?.rest ?? asked;
  const head = headOf(plain);
  if (head === undefined) return undefined;
  const { kinds } = head;
  // "The web service" is one object, whatever there is of its kind.
  const isOneName = opening === undefined && placed === undefined && isNamed(context, text);
  if (isOneName || isOfSomethingElse(head, context)) return undefined;
  const told = readColumns(head.after, kinds);
  const ordered = placed === undefined ? readOrder(told.rest, kinds) : undefined;
  const grouped = readGrouping(` ${ordered?.rest ?? told.rest}`, context, kinds);
  const before = readBefore(head, context);
  const behind = readAllConditions(grouped.rest, { context, kinds });
  const [kind = 'Pod'] = kinds;
  const named = plain.slice(head.before.length, plain.length - head.after.length);
  // Containers are counted in their pods.
  const isOfContainers = opening?.measure === 'how many' && /\bcontainers?\b/i.test(named);
  const field = isOfContainers ? fields.find(({ said }) => said === 'container') : undefined;
  const ordering =
    placed?.by === undefined
      ? ordered?.field
      : fieldsCalled(placed.by).find((field) => field.measure !== undefined && hasField(field, kind));
  const unordered = placed?.by !== undefined && ordering === undefined ? `by ${placed.by}` : '';
  return {
    measure: opening?.measure ?? 'which',
    ...(field === undefined ? {} : { field }),
    kinds,
    conditions: [...before.conditions, ...behind.conditions],
    ...(told.columns.length === 0 ? {} : { columns: told.columns }),
    ...(grouped.grouping === undefined ? {} : { grouping: grouped.grouping }),
    ...(placed === undefined ? {} : { place: placed.place }),
    ...(ordering === undefined ? {} : { ordering }),
    unread: [before.unread, behind.unread, grouped.unread ?? '', unordered].filter((part) => part !== '').join(' '),
  };
}
