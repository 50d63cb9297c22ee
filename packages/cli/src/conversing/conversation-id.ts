import type { AgentClient } from '@autodevops/agentd/client';
import { printable } from '@autodevops/domain/printable';
import { usageError } from '../options/usage-error.ts';

const shape = /^cnv-[a-z0-9]{6,32}$/;
const listed = '`autodevops conversation list` shows those that you had.';

/** The id that a person gave, or that of the conversation with the newest question for `last`. */
export async function conversationIdFrom(
  given: string,
  client: Pick<AgentClient, 'conversations'>,
  signal: AbortSignal,
): Promise<string> {
  if (shape.test(given)) return given;
  if (given !== 'last') {
    throw usageError(
      `"${printable(given)}" is not the id of a conversation.`,
      `Ids begin with cnv-; last is the newest one. ${listed}`,
    );
  }
  const {
    conversations: [newest],
  } = await client.conversations({ query: { limit: 1 } }, { signal });
  if (newest === undefined) {
    throw usageError('There is no conversation yet.', 'Begin one: autodevops ask --conversation new "what is wrong?"');
  }
  return newest.id;
}

/** The one operand of a command about a conversation. */
export function operandId([id, more]: readonly string[]): string {
  if (id === undefined || more !== undefined) {
    throw usageError('Which conversation?', `Give one id, or last. ${listed}`);
  }
  return id;
}
