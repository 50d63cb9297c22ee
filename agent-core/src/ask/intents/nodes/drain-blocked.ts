import { counted, listed } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import { budgetsOver } from '../../../reading/workloads/budgets-over.ts';
import { isFinished } from '../../../reading/pods/pod-status.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';

/** Budgets that allow no eviction now, of the pods of one node or of all. */
function closedBudgets({ snapshot }: AskContext, node: string | undefined): readonly string[] {
  const pods = snapshot
    .list('Pod')
    .filter((pod) => !isFinished(pod) && (node === undefined || pod.spec.nodeName === node));
  return [
    ...new Set(
      budgetsOver(snapshot, pods)
        .filter(({ allowed }) => allowed === 0)
        .map(({ ref }) => refText(ref)),
    ),
  ];
}

function replyOf(context: AskContext, node: string | undefined): Reply {
  const causes = context.diagnosis.causes.filter(({ code }) => code.startsWith('pdb.'));
  const closed = closedBudgets(context, node);
  const common = { causes: [...causes], blindSpots: [...context.diagnosis.blindSpots] };
  const [cause] = causes;
  if (closed.length === 0) {
    return {
      ...common,
      causes: [],
      headline: `No disruption budget${node === undefined ? '' : ` over the pods of Node ${node}`} forbids an eviction now.`,
      lines: ['A drain also waits for the grace period of every pod, and stops at pods that nothing would make anew.'],
    };
  }
  return {
    ...common,
    headline: `${counted(closed.length, 'budget allows', 'budgets allow')} no eviction now: ${listed(closed)}.${cause === undefined ? '' : ` ${cause.cause}`}`,
  };
}

/** What a drain waits for. */
export const drainBlocked: Intent = {
  name: 'drain-blocked',
  example: 'what blocks the drain of worker-1?',
  patterns: [
    /^(?:what|who|which [\w ]+?)(?: is| are)? (?:block\w*|stop\w*|prevent\w*|hold\w*(?: up| back)?|delay\w*|hang\w*)(?: up)? (?:the |my |our )?(?:drain\w*|evictions?)(?: (?:of|on|from) (?:node )?(?<node>[\w.-]+))?$/i,
    /^why (?:does|do|is|are|did|can|will)(?: not)? (?:the |my |our |i |we |a )?(?:drain\w*|evictions?)(?: (?:of|on|from)?(?: ?node)? ?(?<of>[\w.-]+?))?(?: (?:not|does|is))* ?(?:hang\w*|stuck|block\w*|wait\w*|fail\w*|finish\w*|complete\w*|end|slow|take.*|pending|going|work\w*|progress\w*|end\w*)?(?: .*)?$/i,
  ],
  answer: (caught, context) => {
    const words = caught('node') === '' ? caught('of') : caught('node');
    const found = words === '' ? undefined : resolve(context, `node ${words}`);
    if (found !== undefined && 'reply' in found) return replyOf(context, undefined);
    return { ...replyOf(context, found?.objects[0].name), objects: [...(found?.objects ?? [])] };
  },
};
