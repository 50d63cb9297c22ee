import type { Conversation, Turn } from '../conversation.ts';

/**
 * Everything that a person is known by, the linked person before the account: what is begun is the first one's, and what
 * any of them began is found. Who is none of them finds nothing, and cannot tell it from what does not exist.
 */
export type Owners = readonly [string, ...string[]];

export interface NewConversation extends Pick<Conversation, 'id' | 'workspace' | 'title'> {
  readonly owners: Owners;
  readonly time: string;
}

/** A turn that is to be kept; the store numbers it. */
export interface NewTurn extends Omit<Turn, 'number'> {
  /** Of the call that brought it: a second one with the same key in the same conversation is the first one's. */
  readonly key: string;
}

export interface ConversationHit {
  readonly conversation: Conversation;
  /** The turn that matched best; absent where only the title did. */
  readonly turn?: Turn;
}

/** What people asked and were told. Text is redacted and cut before it comes here (`turnBounds`). */
export interface Conversations {
  /**
   * Begins one, or gives the one of that id that is theirs already. Throws `store.conflict` where the id is somebody
   * else's. Beyond `keptConversations` of an owner the one that rested longest goes.
   */
  begin(conversation: NewConversation): Promise<Conversation>;
  /** Undefined where they have none of that id. Beyond `keptTurns` the oldest go. */
  append(id: string, owners: Owners, turn: NewTurn): Promise<Turn | undefined>;
  /** The one with the newest turn first. `before` is the last id of the page before. */
  list(
    owners: Owners,
    options: { readonly limit: number; readonly workspace?: string; readonly before?: string },
  ): Promise<readonly Conversation[]>;
  /** The newest `limit` turns, oldest first. */
  read(
    id: string,
    owners: Owners,
    options: { readonly limit: number },
  ): Promise<{ readonly conversation: Conversation; readonly turns: readonly Turn[] } | undefined>;
  /** Each conversation once, best match first: the more of the words, the better. No word is syntax. */
  search(words: string, owners: Owners, options: { readonly limit: number }): Promise<readonly ConversationHit[]>;
  /** Undefined where they have none of that id. */
  rename(id: string, owners: Owners, title: string): Promise<Conversation | undefined>;
  /** With all of its turns. False where they have none of that id. */
  remove(id: string, owners: Owners): Promise<boolean>;
  /** Removes at most `limit` that rest since before that time, the longest resting first. Tells how many. */
  prune(options: { readonly before: string; readonly limit: number }): Promise<number>;
}
