import { Conversation, Turn, keptConversations, keptTurns } from '@autodevops/domain/conversation';
import type { ConversationHit, Conversations, Owners } from '@autodevops/domain/ports/conversations';
import { wordsOf } from './words.ts';
import { conflict, copied, requireShape } from './state.ts';
import type { KeptConversation, Session } from './state.ts';

function newestFirst(all: readonly KeptConversation[]): readonly KeptConversation[] {
  return all
    .toReversed()
    .toSorted((a, b) =>
      a.conversation.updatedAt > b.conversation.updatedAt
        ? -1
        : a.conversation.updatedAt < b.conversation.updatedAt
          ? 1
          : 0,
    );
}

function textOf({ question, understood, headline, lines, objects, causes }: Turn): string {
  return [
    question,
    understood,
    headline,
    ...lines,
    ...objects.map(({ name }) => name),
    ...causes.map(({ code, cause }) => `${code} ${cause}`),
  ].join('\n');
}

function score(text: string, wanted: ReadonlySet<string>): number {
  return [...wordsOf(text)].filter((word) => wanted.has(word)).length;
}

function hitIn(
  { conversation, turns }: KeptConversation,
  wanted: ReadonlySet<string>,
): { readonly score: number; readonly hit: ConversationHit } {
  const [best] = turns
    .map(({ turn }) => ({ turn, score: score(textOf(turn), wanted) }))
    .toSorted((a, b) => b.score - a.score);
  const title = score(conversation.title, wanted);
  if (best === undefined || title > best.score) return { score: title, hit: { conversation } };
  return { score: best.score, hit: { conversation, turn: best.turn } };
}

export function conversationsIn({ state, write }: Session): Conversations {
  const all = (): readonly KeptConversation[] => [...state.conversations.values()];
  const own = (owners: Owners): readonly KeptConversation[] => all().filter(({ owner }) => owners.includes(owner));
  const find = (id: string, owners: Owners): KeptConversation | undefined =>
    own(owners).find(({ conversation }) => conversation.id === id);
  const drop = (list: readonly KeptConversation[]): void =>
    list.forEach(({ conversation }) => state.conversations.delete(conversation.id));
  return {
    begin: ({ id, owners, workspace, title, time }) =>
      write('conversations', () => {
        const conversation = requireShape(Conversation, 'A conversation', {
          id,
          workspace,
          title,
          begunAt: time,
          updatedAt: time,
          turns: 0,
        });
        const known = find(id, owners);
        if (known !== undefined) return copied(known.conversation);
        if (state.conversations.has(id)) throw conflict(`The conversation ${id} belongs to somebody else already.`);
        state.conversations.set(id, { owner: owners[0], conversation, turns: [] });
        drop(newestFirst(all().filter(({ owner }) => owner === owners[0])).slice(keptConversations));
        return copied(conversation);
      }),
    append: (id, owners, { key, ...given }) =>
      write('conversations', () => {
        const kept = find(id, owners);
        const earlier = kept?.turns.find((one) => one.key === key);
        if (kept === undefined || earlier !== undefined) return copied(earlier?.turn);
        const turn = requireShape(Turn, 'A turn of a conversation', { ...given, number: kept.conversation.turns + 1 });
        kept.turns = [...kept.turns, { key, turn: copied(turn) }].slice(-keptTurns);
        kept.conversation = { ...kept.conversation, turns: turn.number, updatedAt: turn.time };
        return copied(turn);
      }),
    list: async (owners, { limit, workspace, before }) => {
      const found = newestFirst(own(owners));
      const from = before === undefined ? 0 : found.findIndex(({ conversation }) => conversation.id === before) + 1;
      if (before !== undefined && from === 0) return [];
      return copied(
        found
          .slice(from)
          .map(({ conversation }) => conversation)
          .filter((one) => workspace === undefined || one.workspace === workspace)
          .slice(0, limit),
      );
    },
    read: async (id, owners, { limit }) => {
      const kept = find(id, owners);
      return kept === undefined
        ? undefined
        : copied({
            conversation: kept.conversation,
            turns: limit === 0 ? [] : kept.turns.slice(-limit).map(({ turn }) => turn),
          });
    },
    search: async (words, owners, { limit }) => {
      const wanted = wordsOf(words);
      const hits = newestFirst(own(owners))
        .map((kept) => hitIn(kept, wanted))
        .filter((one) => one.score > 0);
      return copied(
        hits
          .toSorted((a, b) => b.score - a.score)
          .slice(0, limit)
          .map(({ hit }) => hit),
      );
    },
    rename: (id, owners, title) =>
      write('conversations', () => {
        const kept = find(id, owners);
        if (kept !== undefined) {
          kept.conversation = requireShape(Conversation, 'A conversation', { ...kept.conversation, title });
        }
        return copied(kept?.conversation);
      }),
    remove: (id, owners) =>
      write('conversations', () => find(id, owners) !== undefined && state.conversations.delete(id)),
    prune: ({ before, limit }) =>
      write('conversations', () => {
        const over = newestFirst(all())
          .toReversed()
          .filter(({ conversation }) => conversation.updatedAt < before)
          .slice(0, limit);
        drop(over);
        return over.length;
      }),
  };
}
