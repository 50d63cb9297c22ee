import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Origin } from '../receiving/origin.ts';
import type { SlackApi, SlackMessage } from '../slack/slack-api.ts';
import { SlackFailure } from '../slack/slack-failure.ts';

export interface TellChoice {
  readonly origin: Origin;
  /** Names what is told, so that working again tells it once. */
  readonly event: string;
  /** Undefined where the app is not installed: only the address that came with a command or a click is left then. */
  readonly slack: SlackApi | undefined;
  readonly respond: SlackApi['respond'];
  readonly signal: AbortSignal;
}

/** Tells something to the one who acted, and to nobody else. Throws `SlackFailure` where no way is left. */
export async function tellActor(
  message: SlackMessage,
  { origin, event, slack, respond, signal }: TellChoice,
): Promise<void> {
  if (origin.responseUrl !== '') {
    try {
      return await respond(origin.responseUrl, message, signal);
    } catch (error) {
      if (!(error instanceof SlackFailure) || error.kind === 'uncertain' || slack === undefined) throw error;
    }
  }
  if (slack === undefined || origin.user === '') return;
  const isInChannel = origin.channel !== '' && !origin.channel.startsWith('D');
  if (isInChannel) {
    return await slack.whisper(
      { channel: origin.channel, user: origin.user, ...(origin.threadTs === '' ? {} : { threadTs: origin.threadTs }) },
      message,
      signal,
    );
  }
  // In the bot's own conversation with him: a user's id names it.
  await slack.post(
    {
      channel: origin.channel === '' ? origin.user : origin.channel,
      ...(origin.threadTs === '' ? {} : { threadTs: origin.threadTs }),
      key: `told/${event}`,
      content: { ...message },
    },
    'interactive',
    signal,
  );
}

/** What of a failure people should read: Slack's own words say nothing to them. */
export function readable(error: unknown): unknown {
  if (!(error instanceof SlackFailure)) return error;
  if (error.code === 'expired_trigger_id' || error.code === 'trigger_expired' || error.code === 'trigger_exchanged') {
    return new AutoDevOpsError(
      'agent.busy',
      'Slack opens forms within three seconds only, and they were over.',
      'Do it again.',
      { cause: error },
    );
  }
  if (error.code === 'not_in_channel' || error.code === 'channel_not_found') {
    return new AutoDevOpsError(
      'usage',
      'I am not in this channel, so I cannot write here.',
      'Invite me with /invite, or ask in another channel.',
      { cause: error },
    );
  }
  if (error.code === 'missing_scope') {
    return new AutoDevOpsError(
      'config.invalid',
      'The app lacks a permission in Slack for this.',
      'Whoever installed it compares it with `autodevops slack manifest`, and installs it again.',
      { cause: error },
    );
  }
  return error.kind === 'refused'
    ? error
    : new AutoDevOpsError('agent.busy', 'Slack does not take it at the moment.', 'Try again in a minute.', {
        cause: error,
      });
}
