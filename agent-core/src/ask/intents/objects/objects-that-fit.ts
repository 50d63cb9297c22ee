import type { AskContext, Intent, Reply } from '../../intent.ts';
import { concernedBy } from '../../health/health.ts';
import type { ObjectQuery } from '../../query/object-query.ts';
import { readObjectQuery } from '../../query/read-object-query.ts';
import { fittingOf, queryReply } from '../../query/query-reply.ts';
import { stretchIn } from '../../time-words.ts';

const andWhy = /,? (?:and )?why(?: (?:is|are) (?:that|it|they)(?: so)?)?$/i;

/** "… and why": what is wrong with the objects that fit. */
function withCauses(context: AskContext, reply: Reply): Reply {
  const causes = (reply.objects ?? []).flatMap((ref) => {
    const { own, below } = concernedBy(context, [ref]);
    return [...own, ...below];
  });
  const distinct = [...new Set(causes)];
  return { ...reply, causes: distinct, lines: [...distinct.map(({ cause }) => cause), ...(reply.lines ?? [])] };
}

/** What none is so at all was so of none at a time: then the time may stand unread. */
function isWhole(context: AskContext, query: ObjectQuery): boolean {
  return (
    query.unread === '' ||
    (query.conditions.length > 0 &&
      stretchIn(query.unread, context.snapshot.now)?.rest === '' &&
      fittingOf(context, query).length === 0)
  );
}

/** Objects by what is so of them, counted, listed, added up or told apart. Only a question that is understood whole. */
export const objectsThatFit: Intent = {
  name: 'objects-that-fit',
  example: 'which pods in shop have more than 3 restarts and no memory limit?',
  otherExamples: [
    'which pods are not ready, and why?',
    'how many pods are in namespace shop?',
    'which deployments have no limits?',
    'which services have pods on node worker-1?',
    'total memory requested by namespace',
    'what share of the pods is not ready?',
  ],
  isWordByWord: true,
  patterns: [/^(?<text>.+)$/],
  answer: (caught, context) => {
    const text = caught('text').replace(andWhy, '');
    const query = readObjectQuery(text, context);
    const reply = query === undefined || !isWhole(context, query) ? undefined : queryReply(context, query);
    return reply === undefined || text === caught('text') ? reply : withCauses(context, reply);
  },
};
