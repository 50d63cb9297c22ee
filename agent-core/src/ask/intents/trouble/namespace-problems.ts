import { listed } from '@autodevops/domain/count-words';
import { causesIn } from '../../health/health.ts';
import type { Intent } from '../../intent.ts';
import { notSeen } from '../../scope.ts';

const most = 20;

/** Which namespace has the most problems, or the fewest. */
export const namespaceProblems: Intent = {
  name: 'namespace-problems',
  example: 'which namespace has the most problems?',
  patterns: [
    /^(?:which|what) (?:namespace|ns|team) (?:is |has |have |with )?(?:the )?(?<end>most|fewest|least|worst)(?: (?:problems?|troubles?|issues?|errors?|failures?|broken|affected|hit))?$/i,
    /^(?:which|what) (?:namespaces?|ns|teams?) (?:is|are) (?<end>worst|most (?:broken|affected|hit)|hit (?:the )?(?:most|worst|hardest))$/i,
    /^(?:problems?|troubles?|issues?|failures?) (?:per|by) namespace$/i,
  ],
  answer: (caught, context) => {
    const isMost = !/^(?:fewest|least)/i.test(caught('end'));
    const ranked = context.snapshot
      .list('Namespace')
      .map(({ metadata: { name } }) => ({ name, count: causesIn(context, name).length }))
      .toSorted((a, b) => (isMost ? b.count - a.count : a.count - b.count) || a.name.localeCompare(b.name));
    const [first] = ranked;
    if (first === undefined) return notSeen(context, 'Namespace') ?? { headline: 'No Namespace can be seen.' };
    const same = ranked.filter(({ count }) => count === first.count).map(({ name }) => name);
    return {
      headline: `Namespace ${listed(same)} ${same.length === 1 ? 'has' : 'have'} the ${isMost ? 'most' : 'fewest'} problems: ${first.count}.`,
      table: {
        columns: ['namespace', 'problems'],
        rows: ranked.slice(0, most).map(({ name, count }) => [name, String(count)]),
      },
    };
  },
};
