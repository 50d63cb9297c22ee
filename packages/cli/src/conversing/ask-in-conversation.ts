import type { AgentClient } from '@autodevops/agentd/client';
import type { Answer } from '@autodevops/domain/answer';
import { conversationIdFrom } from './conversation-id.ts';

export interface AskedInConversation {
  readonly answer: Answer;
  readonly conversation: string;
}

/** Asks the agent within a conversation: `new`, `last`, or one by its id. */
export async function askInConversation(
  asked: { readonly question: string; readonly namespace: string | undefined; readonly conversation: string },
  client: AgentClient,
  signal: AbortSignal,
): Promise<AskedInConversation> {
  const { question, namespace, conversation } = asked;
  const id =
    conversation === 'new'
      ? (await client.beginConversation({ body: {} }, { signal })).id
      : await conversationIdFrom(conversation, client, signal);
  const answer = await client.ask(
    { body: { question, conversation: id, ...(namespace === undefined ? {} : { namespace }) } },
    { signal },
  );
  return { answer, conversation: id };
}
