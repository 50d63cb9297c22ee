import { tellChannel } from '../delivering/events.ts';
import type { Channel } from '../state/channels.ts';
import { channelType } from '../state/channels.ts';
import type { User } from '../state/workspaces.ts';
import type { World } from '../world.ts';

export function joinChannel(world: World, channel: Channel, user: User, inviter?: User): void {
  if (channel.members.has(user.id)) return;
  channel.members.add(user.id);
  tellMembership(world, channel, user, 'member_joined_channel', inviter);
}

export function leaveChannel(world: World, channel: Channel, user: User): void {
  if (!channel.members.has(user.id)) return;
  tellMembership(world, channel, user, 'member_left_channel');
  channel.members.delete(user.id);
}

function tellMembership(world: World, channel: Channel, user: User, type: string, inviter?: User): void {
  const body = {
    type,
    user: user.id,
    channel: channel.id,
    channel_type: channelType(channel) === 'group' ? 'G' : 'C',
    team: user.team.id,
    ...(inviter === undefined ? {} : { inviter: inviter.id }),
    event_ts: world.state.ids.ts(),
  };
  tellChannel(world, channel, { subscription: type, body });
}
