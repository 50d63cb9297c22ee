import { fieldOfValue, selectedReply } from '../fields/selected-reply.ts';
import { isSentence, readSelection } from '../fields/selection.ts';
import type { Intent } from '../intent.ts';
import { readObjectQuery } from '../query/object-query.ts';
import { queryReply } from '../query/query-reply.ts';

/** Which objects of a kind have a value somewhere, where the question does not say of what: "pods on worker-1". */
export const objectsWithValue: Intent = {
  name: 'objects-with-value',
  example: 'which pods are in eu-west-1b?',
  isLoose: true,
  patterns: [/^(?<text>(?!why|how (?!many)|when|where|(?:are|is|do|does) (?:all|every|each)\b)\S.+)$/i],
  answer: (caught, context) => {
    const query = readObjectQuery(caught('text'), context);
    if (query?.unread === '' && query.conditions.length === 1) return queryReply(context, query);
    const selection = readSelection(caught('text'));
    if (selection === undefined || selection.field !== undefined || isSentence(selection.wanted)) return undefined;
    const field = fieldOfValue(context, selection);
    return field === undefined ? undefined : selectedReply(context, selection, field, caught('text'));
  },
};
