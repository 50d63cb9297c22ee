import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kindsIn } from '../fields/asked-kinds.ts';
import { fields, fieldsCalled } from '../fields/catalogue.ts';
import { hasField } from '../fields/field.ts';
import type { Field } from '../fields/field.ts';
import type { AskContext } from '../intent.ts';
import { isNamed } from '../naming/resolve.ts';
import type { Condition } from './condition.ts';
import { byKind, readGrouping } from './grouping.ts';
import type { Grouping } from './grouping.ts';
import { readPlace } from './ordinal.ts';
import type { Place } from './ordinal.ts';
import { plainlyPut } from './phrasings.ts';
import { readAllConditions } from './read-conditions.ts';
import { readOrder, readSuperlative } from './superlative.ts';

/** What is to be told of the objects that fit. */
type Measure = 'which' | 'whether' | 'all' | 'how many' | 'share' | 'total' | 'mean';

/** A question for objects: what of them, of which kinds, on which conditions, apart by what. */
export interface ObjectQuery {
  readonly measure: Measure;
  /** What is added up. */
  readonly field?: Field;
  readonly kinds: readonly KindName[];
  readonly conditions: readonly Condition[];
  readonly grouping?: Grouping;
  readonly place?: Place;
  /** Which field puts them in order, where the question says so. */
  readonly ordering?: Field;
  /** What is to be told of each besides: "with their cluster IPs". */
  readonly columns?: readonly Field[];
  /** What of the question is understood by none of it; empty where all of it is. */
  readonly unread: string;
}

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
const sums =
  /^(?:(?:what is |show(?: me)? |how much is )?(?:the )?(?<how>total|sum of|sum|combined|overall|average|mean|avg)(?: of)?|how much) (?:the |all )*(?<words>.+)$/i;
const notAsked =
  /^(?:why|how (?!many|much)|when|where|who |should|could|would|can|what (?:does|if|happens|would|is an? )|(?:is|are|do|does|did|was|were|has|have) (?!there\b|any\b|all\b|every\b|each\b|(?:i|we) have\b))/i;

/** A field at the front, of a kind: "memory requested", "cpu requests". */
function summedField(words: string): { readonly field: Field; readonly rest: string } | undefined {
  const all = words.split(' ');
  for (let count = Math.min(3, all.length); count > 0; count -= 1) {
    const called = all.slice(0, count).join(' ');
    const asks = /request|availab|allocat|capacit/i.test(called) ? [] : fieldsCalled(`${called} request`);
    const field = [...asks, ...fieldsCalled(called)].find(({ measure }) => measure?.text !== undefined);
    if (field !== undefined) return { field, rest: all.slice(count).join(' ') };
  }
  return undefined;
}

/** "Does shop request in total" as "in shop". */
function withoutAsking(words: string): string {
  return words
    .replace(
      /^(?:does|do|is|are|has|have) (?:the )?(?:namespace )?([\w-]+)(?: namespace)? (?:request|requests|requested|requesting|ask for|claim|claims|claimed|reserve|reserved)(?: in total| altogether| overall)*(?= |$)/i,
      'in $1',
    )
    .replace(
      /^(?:does|do) (?:the |all |our )*(.+?) (?:request|requests|ask for|claim|claims|reserve|reserves)(?: together| in total| altogether| overall)*$/i,
      '$1',
    )
    .replace(/^(?:is |are )?(?:requested|claimed|reserved|asked for|wanted)(?= |$)/i, '')
    .replace(/ (?:in total|altogether|overall|there is)$/i, '')
    .replace(/(?:^| )(?:in|of|on|across) (?:the |my |our |this )?(?:whole )?cluster$/i, '')
    .trim();
}

function readSum(text: string, context: AskContext): ObjectQuery | undefined {
  const { how = 'total', words = '' } = sums.exec(text)?.groups ?? {};
  const summed = summedField(words);
  if (summed === undefined) return undefined;
  const { field } = summed;
  const plain = withoutAsking(summed.rest).replace(
    /^(?:of|for|in|over|across|by)(?= (?:all|the|every|pods?|deployments?|claims?|nodes?|workloads?)\b) (?:all |the |every )*/i,
    '',
  );
  const [head] = kindsIn(plain);
  const kinds =
    head?.before === ''
      ? head.kinds
      : (['Pod', 'PersistentVolumeClaim', 'Deployment', 'Node'] as const)
          .filter((kind) => hasField(field, kind))
          .slice(0, 1);
  const grouped = readGrouping(` ${head?.before === '' ? head.after : plain}`, context, kinds);
  const { conditions, unread } = readAllConditions(grouped.rest, { context, kinds });
  return {
    measure: /^(?:average|mean|avg)/i.test(how) ? 'mean' : 'total',
    field,
    kinds,
    conditions,
    ...(grouped.grouping === undefined ? {} : { grouping: grouped.grouping }),
    unread: [unread, grouped.unread].filter((part) => part !== undefined && part !== '').join(' '),
  };
}

const besides =
  /(?:^|,? )(?:together )?(?:with|and|plus|including|showing) (?:their|its|the) (?<fields>[a-z][\w ,-]*)$/i;

/** Takes "with their cluster IPs and ports" off the end; where not all of it is known, nothing. */
function readColumns(
  text: string,
  kinds: readonly KindName[],
): { readonly columns: readonly Field[]; readonly rest: string } {
  const match = besides.exec(text);
  const words = match?.groups?.['fields']?.split(/,? and |, /i) ?? [];
  const columns = words.map((called) =>
    fieldsCalled(called).find((field) => kinds.some((kind) => hasField(field, kind))),
  );
  const known = columns.filter((field) => field !== undefined);
  return match === null || known.length < columns.length
    ? { columns: [], rest: text }
    : { columns: known, rest: text.slice(0, match.index) };
}

function headOf(
  text: string,
): { readonly kinds: readonly KindName[]; readonly before: string; readonly after: string } | undefined {
  // "The containers of db-0" are no pods, but a part of one.
  if (/^containers (?:of|in|inside)(?: (?:the|pod))* \S+$/i.test(text)) return undefined;
  if (/^(?:everything|anything|all)(?= |$)/i.test(text)) {
    return { kinds: ['Pod'], before: '', after: text.replace(/^\w+ ?/, '') };
  }
  return kindsIn(text)[0];
}

/** "Which node has the most pods", "the highest memory limit in shop": the kind or the field behind the end says of what. */
function readAtEnd(text: string, context: AskContext): ObjectQuery | undefined {
  const superlative = readSuperlative(text);
  if (superlative === undefined) return undefined;
  const { place, kinds, rest } = superlative;
  const [kind] = kinds;
  if ('counted' in superlative) {
    if (kind === undefined || kinds.length > 1) return undefined;
    const { conditions, unread } = readAllConditions(rest, { context, kinds: superlative.counted });
    const grouping = byKind(context, kind);
    return { measure: 'how many', kinds: superlative.counted, conditions, grouping, place, unread };
  }
  const named = kindsIn(rest)[0];
  const around =
    named === undefined
      ? [rest]
      : [named.before.replace(/(?:^| )(?:of|among|for)(?: all| the| any)*$/i, ''), named.after];
  const read = around.map((words) => readAllConditions(words, { context, kinds }));
  return {
    measure: 'which',
    kinds,
    conditions: read.flatMap(({ conditions }) => conditions),
    place,
    ordering: superlative.field,
    unread: read
      .map(({ unread }) => unread)
      .filter((part) => part !== '')
      .join(' '),
  };
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
  // What happened is told by its time, not by its name.
  if (kinds.includes('Event')) return undefined;
  // "The web service" is one object, whatever there is of its kind.
  if (opening === undefined && placed === undefined && isNamed(context, text)) return undefined;
  // "TLS on the ingresses" is no question for ingresses.
  if (/(?<![\w-])(?:on|in|of|for|behind|at|from|to)(?![\w-])/i.test(head.before)) return undefined;
  // "The image of Deployment shop/web" speaks of one object.
  if (
    kinds.some((one) => isNamed(context, `${one} ${head.after.split(' ')[0] ?? ''}`)) &&
    head.after.split(' ')[0]?.includes('/') === true
  ) {
    return undefined;
  }
  const told = readColumns(head.after, kinds);
  const ordered = placed === undefined ? readOrder(told.rest, kinds) : undefined;
  const grouped = readGrouping(` ${ordered?.rest ?? told.rest}`, context, kinds);
  const adjectives = readAllConditions(head.before, { context, kinds });
  // "Web pods": whose they are may stand before them.
  const before =
    adjectives.unread === '' || adjectives.conditions.length > 0
      ? adjectives
      : readAllConditions(`of ${adjectives.unread}`, { context, kinds });
  const behind = readAllConditions(grouped.rest, { context, kinds });
  const [kind = 'Pod'] = kinds;
  // Containers are counted in their pods.
  const field =
    opening?.measure === 'how many' &&
    /\bcontainers?\b/i.test(plain.slice(head.before.length, plain.length - head.after.length))
      ? fields.find(({ said }) => said === 'container')
      : undefined;
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
