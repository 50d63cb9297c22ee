import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../handling/handler.ts';
import type { TalkPlace } from './talk-event.ts';

/** `by`: the event that it was begun by; `at`: when. */
const ConversationNote = z.object({ conversation: z.string(), by: z.string(), at: z.string() });
export type ConversationNote = Readonly<z.output<typeof ConversationNote>>;

function prefixOf({ channel, threadTs }: TalkPlace, { event }: Surroundings): string {
  return `talk/${event.app}/${event.team}/${channel}/${threadTs}/`;
}

/** Everybody has his own conversation in a thread. The name says nothing of him. */
function nameOf(place: TalkPlace, surroundings: Surroundings): string {
  return `${prefixOf(place, surroundings)}${createHash('sha256').update(surroundings.actor.account).digest('hex').slice(0, 24)}`;
}

/** The conversation that somebody has with the bot in a thread; undefined where he has none yet. */
export async function conversationIn(
  place: TalkPlace,
  surroundings: Surroundings,
): Promise<ConversationNote | undefined> {
  const { store, customer } = surroundings;
  return ConversationNote.safeParse(await store.notes.get(customer, nameOf(place, surroundings))).data;
}

/** Notes which it is, instead of the one that was noted. Two questions at once: the first one's stays. */
export async function noteConversation(
  place: TalkPlace,
  { was, conversation }: { readonly was: ConversationNote | undefined; readonly conversation: string },
  surroundings: Surroundings,
): Promise<void> {
  const { store, customer, event, now } = surroundings;
  await store.notes
    .swap(customer, nameOf(place, surroundings), was, { conversation, by: event.id, at: now().toISOString() })
    .catch((error: unknown) => {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict') throw error;
    });
}

/** Whether anybody talked with the bot in that thread. */
export async function isTalkedIn(place: TalkPlace, surroundings: Surroundings): Promise<boolean> {
  const { store, customer } = surroundings;
  return (await store.notes.list(customer, prefixOf(place, surroundings))).length > 0;
}
