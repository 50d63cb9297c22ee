import type { Answer } from '@autodevops/domain/answer';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import type { Surroundings } from '../handling/handler.ts';
import { conversationIn, noteConversation } from './conversation-note.ts';
import type { ConversationNote } from './conversation-note.ts';
import type { TalkPlace } from './talk-event.ts';
import { objectOf } from './thread-subject.ts';
import type { ThreadSubject } from './thread-subject.ts';

export interface ThreadQuestion {
  readonly question: string;
  readonly place: TalkPlace;
  /** What the thread is about, where the bot began it. */
  readonly subject: ThreadSubject | undefined;
}

/** The same again when the event is worked on again: the agent does once what is asked twice. */
async function begun(place: TalkPlace, was: ConversationNote | undefined, surroundings: Surroundings): Promise<string> {
  const { agent, signal } = surroundings;
  const { id: conversation } = await agent.beginConversation({ body: { workspace: 'slack', title: '' } }, { signal });
  await noteConversation(place, { was, conversation }, surroundings);
  return conversation;
}

/** In a thread about something, "it" is that from the first question on: it is asked about before. */
async function lead(subject: ThreadSubject, conversation: string, surroundings: Surroundings): Promise<void> {
  const { agent, signal } = surroundings;
  const object = await objectOf(subject, surroundings);
  if (object !== undefined) {
    await agent.ask({ body: { question: `why is ${refText(object)} failing`, conversation } }, { signal });
  }
}

/** Asks the agent within the asker's own conversation in this thread: a question may lean on the one before. */
export async function askInThread(
  { question, place, subject }: ThreadQuestion,
  surroundings: Surroundings,
): Promise<Answer> {
  const { agent, signal, event } = surroundings;
  const ask = async (conversation: string): Promise<Answer> =>
    await agent.ask({ body: { question, conversation } }, { signal });
  const known = await conversationIn(place, surroundings);
  if (known === undefined || known.by === event.id) {
    const conversation = await begun(place, known, surroundings);
    if (subject !== undefined) await lead(subject, conversation, surroundings);
    return await ask(conversation);
  }
  try {
    return await ask(known.conversation);
  } catch (error) {
    // It was forgotten: by its owner, or after its time.
    if (!(error instanceof AutoDevOpsError) || error.code !== 'object.not-found') throw error;
    return await ask(await begun(place, known, surroundings));
  }
}
