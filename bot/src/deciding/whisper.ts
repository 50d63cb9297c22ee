import type { Surroundings } from '../handling/handler.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import type { Click } from './click.ts';

/** Tells who clicked, and nobody else: in the thread, or by the address that came with the click. */
export async function whisperTo(
  { channel, message, response_url: url }: Click,
  says: SlackMessage,
  { slack, actor, signal }: Surroundings,
): Promise<void> {
  if (channel?.id !== undefined) {
    const thread = message?.thread_ts ?? message?.ts;
    await slack.whisper(
      { channel: channel.id, user: actor.user.id, ...(thread === undefined ? {} : { threadTs: thread }) },
      says,
      signal,
    );
  } else if (url !== undefined) await slack.respond(url, says, signal);
}
