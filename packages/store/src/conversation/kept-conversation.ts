import { z } from 'zod';
import { Conversation, Turn } from '@autodevops/domain/conversation';
import type { NewConversation, NewTurn } from '@autodevops/domain/ports/conversations';
import { searchWords } from '../search/search-words.ts';
import { parseStored, requireShape } from '../stored-json.ts';

/** A turn as a store and a backup keep it. */
export const KeptTurn = z.strictObject({ key: z.string(), turn: Turn });
export type KeptTurn = Readonly<z.infer<typeof KeptTurn>>;

/** A conversation whole, as a backup keeps it. */
export const KeptConversation = z.strictObject({
  owner: z.string(),
  conversation: Conversation,
  turns: z.array(KeptTurn),
});
export type KeptConversation = Readonly<z.infer<typeof KeptConversation>>;

export function begun({ id, workspace, title, time }: NewConversation): Conversation {
  return requireShape(Conversation, 'A conversation', {
    id,
    workspace,
    title,
    begunAt: time,
    updatedAt: time,
    turns: 0,
  });
}

export function numbered({ key: _key, ...turn }: NewTurn, number: number): Turn {
  return requireShape(Turn, 'A turn of a conversation', { ...turn, number });
}

export function parseTurn(text: string): Turn {
  return parseStored(Turn, 'A turn of a conversation', text);
}

/** By what a turn is found. */
export function turnText({ question, understood, headline, lines, objects, causes }: Turn): string {
  return [
    question,
    understood,
    headline,
    ...lines,
    ...objects.map(({ name }) => name),
    ...causes.map(({ code, cause }) => `${code} ${cause}`),
  ].join('\n');
}

export function turnWords(turn: Turn): string {
  return searchWords(turnText(turn)).join(' ');
}
