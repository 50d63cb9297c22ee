import type { Intent } from '../intent.ts';
import { readObjectQuery } from '../query/object-query.ts';
import { isCompound, queryReply } from '../query/query-reply.ts';

/** Objects on several conditions, counted, added up or told apart: what takes a grammar rather than a pattern. */
export const objectsThatFit: Intent = {
  name: 'objects-that-fit',
  example: 'which pods in shop have more than 3 restarts and no memory limit?',
  patterns: [/^(?<text>.+)$/],
  answer: (caught, context) => {
    const query = readObjectQuery(caught('text'), context);
    return query === undefined || query.unread !== '' || !isCompound(query) ? undefined : queryReply(context, query);
  },
};
