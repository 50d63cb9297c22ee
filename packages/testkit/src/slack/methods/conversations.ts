import { tellChannel } from '../delivering/events.ts';
import { asInstalled } from '../server/api-method.ts';
import type { Answer, ApiMethod, InstalledCall } from '../server/api-method.ts';
import { flagOf, namesOf, neededText, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import { channelType, describeChannel } from '../state/channels.ts';
import type { Channel } from '../state/channels.ts';
import { describeMessage } from '../state/messages.ts';
import type { Message } from '../state/messages.ts';
import { addChannel, directMessage } from '../state/slack-state.ts';
import { repliesOf, visibleMessages } from '../state/threads.ts';
import { covers } from '../state/apps.ts';
import { joinedChannel, seenChannel } from './conversation.ts';
import { joinChannel, leaveChannel } from './membership.ts';
import { pageOf } from './page.ts';

const readScopes = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' } as const;

/** The method takes one of several scopes; which, depends on the kind of conversation. */
function mayRead({ token }: InstalledCall, channel: Channel, what: 'read' | 'history'): void {
  const needed = `${readScopes[channelType(channel)]}:${what}`;
  if (!token.scopes.includes(needed)) {
    throw new SlackError('missing_scope', { needed, provided: token.scopes.join(',') });
  }
}

const info = asInstalled((call) => {
  const channel = seenChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  mayRead(call, channel, 'read');
  const { num_members: members, ...described } = describeChannel(channel, call.user);
  return { channel: flagOf(call.args, 'include_num_members') ? { ...described, num_members: members } : described };
});

function visibleChannels({ world, args, installation, user }: InstalledCall): readonly Channel[] {
  const types = (textOf(args, 'types') || 'public_channel').split(',');
  const kinds = { channel: 'public_channel', group: 'private_channel', im: 'im', mpim: 'mpim' } as const;
  return [...world.state.channels.values()].filter(
    (channel) =>
      types.includes(kinds[channelType(channel)]) &&
      [...channel.teams].some((team) => covers(installation, team)) &&
      (!channel.isPrivate || channel.members.has(user.id)) &&
      !(flagOf(args, 'exclude_archived') && channel.isArchived),
  );
}

function listing(which: (call: InstalledCall) => readonly Channel[]): ApiMethod {
  return asInstalled((call) => {
    const { page, next } = pageOf(which(call), call.args, 100);
    return {
      channels: page.map((channel) => describeChannel(channel, call.user)),
      response_metadata: { next_cursor: next },
    };
  });
}

/** Those that a person, or the app itself, is a member of. */
function joinedChannels(call: InstalledCall): readonly Channel[] {
  const id = textOf(call.args, 'user') || call.user.id;
  if (!call.world.state.users.has(id)) throw new SlackError('user_not_found');
  return visibleChannels(call).filter(({ members: all }) => all.has(id));
}

function between(messages: readonly Message[], call: InstalledCall): readonly Message[] {
  const oldest = textOf(call.args, 'oldest') || '0';
  const latest = textOf(call.args, 'latest');
  const inclusive = flagOf(call.args, 'inclusive');
  return messages.filter(
    ({ ts }) =>
      (Number(ts) > Number(oldest) || (inclusive && ts === oldest)) &&
      (latest === '' || Number(ts) < Number(latest) || (inclusive && ts === latest)),
  );
}

function described(messages: readonly Message[], channel: Channel, call: InstalledCall): readonly Answer[] {
  const withMetadata = flagOf(call.args, 'include_all_metadata');
  return messages.map((message) => ({
    ...describeMessage(message, repliesOf(channel, message.ts)),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  }));
}

function readable(call: InstalledCall): Channel {
  const channel = seenChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  mayRead(call, channel, 'history');
  if (!channel.members.has(call.user.id)) throw new SlackError('not_in_channel');
  return channel;
}

/** Objects of one answer, where an app is not from the marketplace and not the workspace's own. */
const throttledPage = 15;

function historyPage(call: InstalledCall, usual: number): Parameters<typeof pageOf>[1] {
  if (call.app.distribution !== 'commercial') return { ...call.args, limit: call.args['limit'] ?? usual };
  return { ...call.args, limit: Math.min(throttledPage, Number(call.args['limit'] ?? throttledPage)) };
}

const history = asInstalled((call) => {
  const channel = readable(call);
  const top = visibleMessages(channel).filter(
    ({ threadTs, isBroadcast }) => threadTs === undefined || isBroadcast === true,
  );
  const { page, next } = pageOf(between(top, call).toReversed(), historyPage(call, 100), 100, 999);
  return {
    messages: described(page, channel, call),
    has_more: next !== '',
    pin_count: channel.pins.size,
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
});

const replies = asInstalled((call) => {
  const channel = readable(call);
  const ts = neededText(call.args, 'ts', 'thread_not_found');
  const named = channel.messages.get(ts);
  if (named === undefined || named.onlyFor !== undefined) throw new SlackError('thread_not_found');
  const root = named.threadTs === undefined ? named : channel.messages.get(named.threadTs);
  if (root === undefined) throw new SlackError('thread_not_found');
  const { page, next } = pageOf([root, ...between(repliesOf(channel, root.ts), call)], historyPage(call, 1000), 1000);
  return {
    messages: described(page, channel, call),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
});

const members = asInstalled((call) => {
  const channel = seenChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  mayRead(call, channel, 'read');
  const { page, next } = pageOf([...channel.members], call.args, 100);
  return { members: page, response_metadata: { next_cursor: next } };
});

const join = asInstalled((call) => {
  const channel = seenChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  if (channel.isArchived) throw new SlackError('is_archived');
  if (channel.isPrivate) throw new SlackError('method_not_supported_for_channel_type');
  joinChannel(call.world, channel, call.user);
  return { channel: describeChannel(channel, call.user) };
});

const leave = asInstalled((call) => {
  const channel = seenChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  if (!channel.members.has(call.user.id)) return { not_in_channel: true };
  leaveChannel(call.world, channel, call.user);
  return {};
});

const open = asInstalled((call) => {
  const { world, args, user, installation } = call;
  const ids = namesOf(args, 'users');
  if (ids.length === 0) throw new SlackError('users_list_not_supplied');
  const people = ids.map((id) => {
    const person = world.state.users.get(id);
    if (person === undefined || !covers(installation, person.team)) throw new SlackError('user_not_found');
    if (person.isBot) throw new SlackError('cannot_dm_bot');
    if (person.isDeleted) throw new SlackError('user_disabled');
    return person;
  });
  const [only] = people;
  if (people.length > 1 || only === undefined) throw new SlackError('method_not_supported_for_channel_type');
  const channel = directMessage(world.state, user, only, world.clock.now());
  return { channel: flagOf(args, 'return_im') ? describeChannel(channel, user) : { id: channel.id } };
});

const namePattern = /^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u;

const create = asInstalled((call) => {
  const { world, args, user, team } = call;
  const name = neededText(args, 'name', 'invalid_name_required');
  if (!namePattern.test(name)) {
    throw new SlackError(name.length > 80 ? 'invalid_name_maxlength' : 'invalid_name_specials');
  }
  if ([...world.state.channels.values()].some((channel) => channel.team === team && channel.name === name)) {
    throw new SlackError('name_taken');
  }
  const channel = addChannel(world.state, {
    team,
    kind: 'channel',
    name,
    isPrivate: flagOf(args, 'is_private'),
    members: new Set([user.id]),
    creator: user.id,
    teams: new Set([team]),
    created: world.clock.now(),
  });
  return { channel: describeChannel(channel, user) };
});

const invite = asInstalled((call) => {
  const channel = joinedChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  for (const id of namesOf(call.args, 'users')) {
    const person = call.world.state.users.get(id);
    if (person === undefined || !channel.teams.has(person.team)) throw new SlackError('user_not_found');
    if (id === call.user.id) throw new SlackError('cant_invite_self');
    if (channel.members.has(id)) throw new SlackError('already_in_channel');
    joinChannel(call.world, channel, person);
  }
  return { channel: describeChannel(channel, call.user) };
});

function setting(name: 'topic' | 'purpose'): ApiMethod {
  return asInstalled((call) => {
    const channel = joinedChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
    const text = textOf(call.args, name);
    if ([...text].length > 250) throw new SlackError('too_long');
    channel[name] = text;
    return { channel: describeChannel(channel, call.user), [name]: text };
  });
}

const archive = asInstalled((call) => {
  const channel = joinedChannel({ ...call }, neededText(call.args, 'channel', 'channel_not_found'));
  channel.isArchived = true;
  tellChannel(call.world, channel, {
    subscription: 'channel_archive',
    body: { type: 'channel_archive', channel: channel.id, user: call.user.id },
  });
  return {};
});

export const conversationMethods: Readonly<Record<string, ApiMethod>> = {
  'conversations.archive': archive,
  'conversations.create': create,
  'conversations.history': history,
  'conversations.info': info,
  'conversations.invite': invite,
  'conversations.join': join,
  'conversations.leave': leave,
  'conversations.list': listing(visibleChannels),
  'conversations.members': members,
  'conversations.open': open,
  'conversations.replies': replies,
  'conversations.setPurpose': setting('purpose'),
  'conversations.setTopic': setting('topic'),
  'users.conversations': listing(joinedChannels),
};
