import type { Surroundings } from '../../handling/handler.ts';
import { sharedMessage } from '../../rendering/answer/shared-message.ts';
import type { Reply } from '../sub-command.ts';
import { keepAnswer, newShareId } from './kept-answer.ts';
import { requireOwnReaders } from './own-readers.ts';

/** Where an answer is said: the address that came with the command, and the channel that it was given in. */
export interface ReplyPlace {
  readonly response_url: string;
  readonly channel_id: string;
}

/** Says an answer: to the asker alone, with a button to share it, or to everybody in the channel where he says so. */
export async function sayReply(
  reply: Reply,
  { to, isShared }: { readonly to: ReplyPlace; readonly isShared: boolean },
  surroundings: Surroundings,
): Promise<void> {
  const { slack, actor, signal } = surroundings;
  if (!reply.isShareable) {
    await slack.respond(to.response_url, reply.render(), signal);
    return;
  }
  const message = sharedMessage(reply.render(), actor.user.name);
  if (isShared) {
    await requireOwnReaders(to.channel_id, surroundings);
    await slack.respond(to.response_url, { ...message, isShared: true }, signal);
    return;
  }
  const id = newShareId();
  await keepAnswer(id, { channel: to.channel_id, message }, surroundings);
  await slack.respond(to.response_url, reply.render(id), signal);
}
