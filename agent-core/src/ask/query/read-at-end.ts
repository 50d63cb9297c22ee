import { kindsIn } from '../fields/asked-kinds.ts';
import type { AskContext } from '../intent.ts';
import { byKind } from './grouping.ts';
import { readAllConditions } from './read-conditions.ts';
import { readSuperlative } from './superlative.ts';
import type { ObjectQuery } from './object-query.ts';

/** "Which node has the most pods", "the highest memory limit in shop": the kind or the field behind the end says of what. */
export function readAtEnd(text: string, context: AskContext): ObjectQuery | undefined {
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
