import { kindsIn } from '../fields/asked-kinds.ts';
import { fieldsCalled } from '../fields/catalogue.ts';
import { hasField } from '../fields/field.ts';
import type { Field } from '../fields/field.ts';
import type { AskContext } from '../intent.ts';
import { readGrouping } from './grouping.ts';
import { readAllConditions } from './read-conditions.ts';
import type { ObjectQuery } from './object-query.ts';

/** A question that adds up. */
export const sums =
  /^(?:(?:what is |show(?: me)? |how much is )?(?:the )?(?<how>total|sum of|sum|combined|overall|average|mean|avg)(?: of)?|how much) (?:the |all )*(?<words>.+)$/i;

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

/** "The total memory requested per namespace": what is added up, of which objects, apart by what. */
export function readSum(text: string, context: AskContext): ObjectQuery | undefined {
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
