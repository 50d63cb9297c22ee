import type { KeptChannel } from '@autodevops/domain/ports/bot-store';
import type { WorkspaceEvent, WorkspaceSurroundings } from '../handling/workspace-event.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import type { SlackApi, SlackChannel } from '../slack/slack-api.ts';
import { sharedWithOthers } from '../customers/channel-suspension.ts';
import { flawOf } from './incident-channel.ts';

/** Why a channel is open that others may read: somebody who may do so said so. */
export const allowed = 'Somebody allowed it.';
const archived = 'It is archived.';
const left = 'The app is not in it.';
/** What passes by itself. Where a guest or a stranger came in, somebody has to allow it again. */
const passing: readonly string[] = [sharedWithOthers, archived, left];

/** The channel as it is to be kept after a look at it. What people suspended or allowed in spite of a look stays so. */
export function channelAfterLook(kept: KeptChannel, seen: SlackChannel): KeptChannel {
  const why = flawOf(seen);
  if (why === '') {
    return kept.isSuspended && passing.includes(kept.why) ? { ...kept, isSuspended: false, why: '' } : kept;
  }
  return kept.isSuspended || (why === sharedWithOthers && kept.why === allowed)
    ? kept
    : { ...kept, isSuspended: true, why };
}

/** A channel that Slack does not know any more, or does not show to the app. */
const unseen: SlackChannel = {
  id: '',
  name: '',
  isMember: false,
  isArchived: false,
  isShared: false,
  isDirectMessage: false,
};

/** Looks at a channel and keeps what follows for it. Throws `SlackFailure` where Slack does not tell. */
export async function lookAtChannel(
  kept: KeptChannel,
  slack: Pick<SlackApi, 'channel'>,
  signal: AbortSignal,
): Promise<KeptChannel> {
  const seen = await slack.channel(kept.channel, signal).catch((error: unknown) => {
    if (error instanceof SlackFailure && (error.code === 'channel_not_found' || error.code === 'not_in_channel')) {
      return unseen;
    }
    throw error;
  });
  return channelAfterLook(kept, seen);
}

async function looked({ origin, installation, slack, store, signal, log }: WorkspaceSurroundings): Promise<void> {
  const { app } = installation;
  const team = installation.team === '' ? origin.team : installation.team;
  const kept = await store.channels.find(app, team, origin.channel);
  if (kept === undefined || kept.customer !== installation.customer) return;
  const after = await lookAtChannel(kept, slack, signal);
  if (after === kept) return;
  await store.channels.put(after);
  log(after.isSuspended ? 'a channel was suspended' : 'a channel is open again', {
    app,
    team,
    channel: kept.channel,
    why: after.why,
  });
}

/** What happens to channels as a whole: each is looked at anew, since events come late, twice and out of order. https://docs.slack.dev/reference/events */
export const channelLife: readonly WorkspaceEvent[] = [
  'channel_unshared',
  'channel_archive',
  'channel_unarchive',
  'channel_deleted',
  'channel_left',
  'channel_rename',
  'group_archive',
  'group_unarchive',
  'group_deleted',
  'group_left',
  'group_rename',
].map((event) => ({
  name: `event.${event}`,
  scopes: [event.startsWith('group') ? 'groups:read' : 'channels:read'],
  handle: looked,
}));
