import { tellOfChangedMessage, tellOfDeletedMessage } from '../delivering/message-events.ts';
import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { flagOf, neededText, recordOf, textOf } from '../server/arguments.ts';
import type { Arguments } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import type { Channel } from '../state/channels.ts';
import { describeMessage } from '../state/messages.ts';
import type { Message } from '../state/messages.ts';
import { joinedChannel, neededMessage, postingChannel, seenChannel } from './conversation.ts';
import { readContent } from './message-content.ts';
import { addBotMessage, threadIn } from './posting.ts';

function display(args: Arguments, scopes: readonly string[]): Partial<Pick<Message, 'username' | 'icon'>> {
  const username = textOf(args, 'username');
  const emoji = textOf(args, 'icon_emoji');
  const url = textOf(args, 'icon_url');
  if (username + emoji + url === '') return {};
  if (!scopes.includes('chat:write.customize')) {
    throw new SlackError('missing_scope', { needed: 'chat:write.customize', provided: scopes.join(',') });
  }
  return {
    ...(username === '' ? {} : { username }),
    ...(emoji + url === '' ? {} : { icon: emoji === '' ? { image_48: url } : { emoji } }),
  };
}

const postMessage = asInstalled((call) => {
  const { world, args, installation, token } = call;
  const channel = postingChannel(call, neededText(args, 'channel', 'channel_not_found'));
  const content = readContent(args);
  const thread = threadIn(channel, textOf(args, 'thread_ts'));
  const isBroadcast = flagOf(args, 'reply_broadcast') && thread.threadTs !== undefined;
  const message = addBotMessage(world, installation, channel, content, {
    ...thread,
    ...(isBroadcast ? { isBroadcast, subtype: 'thread_broadcast' } : {}),
    ...display(args, token.scopes),
  });
  return { channel: channel.id, ts: message.ts, message: describeMessage(message) };
});

const postEphemeral = asInstalled((call) => {
  const { world, args, installation } = call;
  const channel = joinedOrPublic(call, neededText(args, 'channel', 'channel_not_found'));
  const reader = neededText(args, 'user', 'user_not_in_channel');
  if (!channel.members.has(reader)) throw new SlackError('user_not_in_channel');
  const message = addBotMessage(world, installation, channel, readContent(args), {
    ...threadIn(channel, textOf(args, 'thread_ts')),
    onlyFor: reader,
  });
  return { message_ts: message.ts };
});

function joinedOrPublic(call: InstalledCall, id: string): Channel {
  return call.token.scopes.includes('chat:write.public') ? postingChannel(call, id) : joinedChannel(call, id);
}

/** https://docs.slack.dev/reference/methods/chat.update#errors: `msg_too_long` */
const longestUpdate = 4000;

const update = asInstalled((call) => {
  const { world, args, user } = call;
  const channel = seenChannel(call, neededText(args, 'channel', 'channel_not_found'));
  const message = neededMessage(channel, neededText(args, 'ts', 'message_not_found'));
  if (channel.isArchived) throw new SlackError('is_archived');
  if (message.user !== user.id) throw new SlackError('cant_update_message');
  if (message.stream?.isOpen === true) throw new SlackError('streaming_state_conflict');
  if ([...textOf(args, 'text')].length > longestUpdate) throw new SlackError('msg_too_long');
  const content = readContent({ ...(textOf(args, 'markdown_text') === '' ? { text: message.text } : {}), ...args });
  const before = describeMessage(message);
  change(message, args, content);
  message.edited = { user: user.id, ts: world.state.ids.ts() };
  tellOfChangedMessage(world, channel, message, before);
  return { channel: channel.id, ts: message.ts, text: message.text, message: describeMessage(message) };
});

/** What is not given stays, except that blocks and attachments go when only a text is given. */
function change(message: Message, args: Arguments, content: ReturnType<typeof readContent>): void {
  message.text = content.text;
  for (const part of ['blocks', 'attachments'] as const) {
    if (content[part] === undefined) delete message[part];
    else Object.assign(message, { [part]: content[part] });
  }
  if (args['metadata'] !== undefined && content.metadata !== undefined) message.metadata = content.metadata;
}

const remove = asInstalled((call) => {
  const { world, args, user } = call;
  const channel = seenChannel(call, neededText(args, 'channel', 'channel_not_found'));
  const message = neededMessage(channel, neededText(args, 'ts', 'message_not_found'));
  if (message.user !== user.id) throw new SlackError('cant_delete_message');
  channel.messages.delete(message.ts);
  channel.pins.delete(message.ts);
  tellOfDeletedMessage(world, channel, message);
  return { channel: channel.id, ts: message.ts };
});

const getPermalink = asInstalled((call) => {
  const channel = seenChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  const { ts, threadTs } = neededMessage(channel, neededText(call.args, 'message_ts', 'message_not_found'));
  const thread = threadTs === undefined ? '' : `?thread_ts=${threadTs}&cid=${channel.id}`;
  return {
    channel: channel.id,
    permalink: `https://${call.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${thread}`,
  };
});

/** Only links that Slack told the app of, in that very message. */
const unfurl = asInstalled((call) => {
  const { world, args, team } = call;
  const id = textOf(args, 'unfurl_id');
  const [channelId = '', ...rest] = id === '' ? [textOf(args, 'channel'), textOf(args, 'ts')] : id.split(/\.(.*)/);
  const channel = seenChannel(call, channelId);
  const message = channel.messages.get(rest.join(''));
  if (message === undefined) throw new SlackError('cannot_find_message');
  const unfurls = recordOf(args['unfurls']);
  const foreign = Object.keys(unfurls).filter((url) => !message.links.has(url));
  if (foreign.length > 0) throw new SlackError('cannot_unfurl_url', { urls: foreign, team: team.id });
  for (const one of Object.values(unfurls)) {
    readContent(
      recordOf(one)['blocks'] === undefined ? { attachments: [recordOf(one)] } : { blocks: recordOf(one)['blocks'] },
    );
  }
  const before = describeMessage(message);
  message.unfurls = { ...message.unfurls, ...unfurls };
  tellOfChangedMessage(world, channel, message, before);
  return {};
});

export const chatMethods: Readonly<Record<string, ApiMethod>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
  'chat.unfurl': unfurl,
};
