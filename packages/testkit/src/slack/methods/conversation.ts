import type { InstalledCall } from '../server/api-method.ts';
import { SlackError } from '../server/slack-error.ts';
import { covers } from '../state/apps.ts';
import type { Channel } from '../state/channels.ts';
import type { Message } from '../state/messages.ts';
import { isMet } from '../state/people.ts';
import { directMessage } from '../state/slack-state.ts';
import { visibleMessage } from '../state/threads.ts';

/**
 * The conversation that an app names, if its workspace sees it: a private one only as a member. To an app, one of
 * another workspace and one that does not exist are the same.
 */
export function seenChannel({ world, installation, user }: InstalledCall, id: string): Channel {
  const channel = world.state.channels.get(id);
  const sees = channel !== undefined && [...channel.teams].some((team) => covers(installation, team));
  if (!sees || (channel.isPrivate && !channel.members.has(user.id))) throw new SlackError('channel_not_found');
  return channel;
}

/** One that the app is a member of and may write into. */
export function joinedChannel(call: InstalledCall, id: string): Channel {
  const channel = seenChannel(call, id);
  if (!channel.members.has(call.user.id)) throw new SlackError('not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  return channel;
}

/** Where a message goes: a conversation, a public channel's name, or a person, to whom a direct message is opened. */
export function postingChannel(call: InstalledCall, given: string): Channel {
  const { world, user, team, token } = call;
  const named = given.startsWith('#')
    ? [...world.state.channels.values()].find((channel) => channel.teams.has(team) && `#${channel.name}` === given)?.id
    : given;
  const person = world.state.users.get(given);
  if (person !== undefined) {
    if (
      person.isDeleted ||
      person.isBot ||
      !(covers(call.installation, person.team) || isMet(world.state, person, team))
    ) {
      throw new SlackError('channel_not_found');
    }
    return directMessage(world.state, user, person, world.clock.now());
  }
  const channel = seenChannel(call, named ?? '');
  const mayWithoutJoining = token.scopes.includes('chat:write.public') && !channel.isPrivate;
  if (!channel.members.has(user.id) && !mayWithoutJoining) throw new SlackError('not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  return channel;
}

/** A message that everybody in the channel sees. */
export function neededMessage(channel: Channel, ts: string): Message {
  const message = visibleMessage(channel, ts);
  if (message === undefined) throw new SlackError('message_not_found');
  return message;
}
