import { AutoDevOpsError } from '@autodevops/domain/errors';
import { flawOfChannel } from '../../handling/guard.ts';
import type { Surroundings } from '../../handling/handler.ts';

/**
 * What is shown to everybody in a channel is shown to the customer's own people alone: a command is heard in any
 * channel, its answer to the asker alone is safe in all of them, and a shared one is not. Throws `usage` where others
 * read, and `SlackFailure` where Slack does not tell who does.
 */
export async function requireOwnReaders(
  channel: string,
  { store, slack, event: { app, team }, customer, signal }: Surroundings,
): Promise<void> {
  // Two who write to each other may be of two companies, and the app does not see them.
  if (channel.startsWith('D')) {
    throw new AutoDevOpsError(
      'usage',
      'I cannot see who reads in a conversation of two.',
      'Ask without --share: the answer is for you alone then.',
    );
  }
  const kept = await store.channels.find(app, team, channel);
  const flaw = flawOfChannel(kept, kept === undefined ? await slack.channel(channel, signal) : undefined, { customer });
  if (flaw !== undefined) {
    throw new AutoDevOpsError(
      'usage',
      'Others than your own people read here, so nothing is shown to the whole channel.',
      'Ask without --share: the answer is for you alone then.',
    );
  }
}
