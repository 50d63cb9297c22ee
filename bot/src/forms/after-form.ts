import type { Surroundings } from '../handling/handler.ts';
import { publishHomeOf } from '../home/publish-home.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import type { FromMessage } from './form-subject.ts';

/** Tells who sent a form what came of it, where he sent it from, and shows it in his home. What was done stays done where Slack does not take it. */
export async function afterForm(
  { channel, message: threadTs }: FromMessage,
  message: SlackMessage,
  surroundings: Surroundings,
): Promise<void> {
  const { slack, actor, signal, log } = surroundings;
  const told = async (): Promise<void> => {
    if (channel !== undefined) {
      await slack.whisper(
        { channel, user: actor.user.id, ...(threadTs === undefined ? {} : { threadTs }) },
        message,
        signal,
      );
    }
  };
  for (const step of [told, async () => await publishHomeOf(surroundings)]) {
    await step().catch((error: unknown) => {
      if (!(error instanceof SlackFailure)) throw error;
      log('what came of a form was not shown', { why: error.code });
    });
  }
}

/** The address of a message; undefined where Slack does not give it. */
export async function linkToMessage(
  { channel, message: ts }: FromMessage,
  { slack, signal }: Surroundings,
): Promise<string | undefined> {
  if (channel === undefined || ts === undefined) return undefined;
  try {
    const link = await slack.permalink({ channel, ts }, signal);
    return link.startsWith('https://') ? link : undefined;
  } catch (error) {
    if (error instanceof SlackFailure) return undefined;
    throw error;
  }
}
