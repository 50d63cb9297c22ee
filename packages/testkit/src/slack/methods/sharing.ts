import { tellChannel } from '../delivering/events.ts';
import type { Channel } from '../state/channels.ts';
import type { Team } from '../state/workspaces.ts';
import type { World } from '../world.ts';
import { leaveChannel } from './membership.ts';

/** Another workspace sees the channel, or is asked to. https://docs.slack.dev/reference/events/channel_shared */
export function shareChannel(world: World, channel: Channel, team: Team, isPending: boolean): void {
  if (isPending) {
    channel.pendingTeams.add(team.id);
    return;
  }
  channel.pendingTeams.delete(team.id);
  channel.teams.add(team);
  tellChannel(world, channel, {
    subscription: 'channel_shared',
    body: { type: 'channel_shared', connected_team_id: team.id, channel: channel.id, event_ts: world.state.ids.ts() },
  });
}

export function unshareChannel(world: World, channel: Channel, team: Team): void {
  for (const id of channel.members) {
    const member = world.state.users.get(id);
    if (member?.team === team) leaveChannel(world, channel, member);
  }
  channel.pendingTeams.delete(team.id);
  channel.teams.delete(team);
  const body = {
    type: 'channel_unshared',
    previously_connected_team_id: team.id,
    channel: channel.id,
    is_ext_shared: channel.teams.size > 1,
    event_ts: world.state.ids.ts(),
  };
  tellChannel(world, channel, { subscription: 'channel_unshared', body });
}
