import { flawOfPerson } from '../handling/guard.ts';
import type { WorkspaceEvent, WorkspaceSurroundings } from '../handling/workspace-event.ts';

/** Why a channel is suspended that another company may read. */
export const sharedWithOthers = 'It was shared with another company.';

/** Channels are kept by their workspace, also where the whole organisation has the app. */
function teamOf({ installation, origin }: WorkspaceSurroundings): string {
  return installation.team === '' ? origin.team : installation.team;
}

async function suspend(surroundings: WorkspaceSurroundings, channel: string, why: string): Promise<void> {
  const { origin, installation, store, log } = surroundings;
  const kept = await store.channels.find(installation.app, teamOf(surroundings), channel);
  if (kept === undefined || kept.isSuspended) return;
  await store.channels.put({ ...kept, isSuspended: true, why });
  log('a channel was suspended', { app: installation.app, team: origin.team, channel, why });
}

/** Another company may read there now: nothing more is said until somebody allows it. https://docs.slack.dev/reference/events/channel_shared */
export const channelShared: WorkspaceEvent = {
  name: 'event.channel_shared',
  scopes: ['channels:read', 'groups:read'],
  handle: async (surroundings) => await suspend(surroundings, surroundings.origin.channel, sharedWithOthers),
};

/** A guest or a stranger in a channel of incidents reads along. https://docs.slack.dev/reference/events/member_joined_channel */
export const memberJoined: WorkspaceEvent = {
  name: 'event.member_joined_channel',
  scopes: ['channels:read', 'groups:read'],
  handle: async (surroundings) => {
    const { origin, installation, store, slack, signal } = surroundings;
    const kept = await store.channels.find(installation.app, teamOf(surroundings), origin.channel);
    if (kept === undefined || kept.isSuspended || origin.user === installation.botUser) return;
    const flaw = flawOfPerson(
      await slack.user(origin.user, { isFresh: true }, signal),
      { ...origin, userTeam: '' },
      installation,
    );
    if (flaw === 'guest') await suspend(surroundings, origin.channel, 'A guest joined it.');
    if (flaw === 'stranger') await suspend(surroundings, origin.channel, 'Somebody of another company joined it.');
  },
};
