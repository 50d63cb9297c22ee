import { selectedReply } from '../fields/selected-reply.ts';
import { isSentence, readSelection } from '../fields/selection.ts';
import type { Intent } from '../intent.ts';

/** Which objects of a kind say something of themselves: a label, an image, a port, a class, a size. */
export const objectsHaving: Intent = {
  name: 'objects-having',
  example: 'which pods have the label app=web?',
  isLoose: true,
  patterns: [/^(?<text>(?!why|how (?!many)|when|where|(?:are|is|do|does) (?:all|every|each)\b)\S.+)$/i],
  answer: (caught, context) => {
    const selection = readSelection(caught('text'));
    const field = selection?.field;
    if (selection === undefined || field === undefined || isSentence(selection.wanted)) return undefined;
    // Which pods have no node, and why, is told by their state.
    if (field.said === 'node' && selection.wanted === '') return undefined;
    return selectedReply(context, selection, field, caught('text'));
  },
};
