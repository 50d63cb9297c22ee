import type { World } from '../world.ts';
import { tellOfNewMessage } from '../delivering/message-events.ts';
import type { Channel } from '../state/channels.ts';
import type { Message, MessageContent } from '../state/messages.ts';
import type { Installation } from '../state/apps.ts';
import { clearStatus } from '../state/assistant-panes.ts';
import { visibleMessage } from '../state/threads.ts';
import { SlackError } from '../server/slack-error.ts';
import type { User } from '../state/workspaces.ts';

type Extra = Partial<
  Pick<Message, 'threadTs' | 'subtype' | 'isBroadcast' | 'onlyFor' | 'username' | 'icon' | 'stream' | 'files'>
>;

/** The parent that a thread's name leads to. Slack posts into the channel when the parent is gone; a reply has no thread. */
export function threadIn(channel: Channel, threadTs: string): { readonly threadTs?: string } {
  if (threadTs === '') return {};
  const parent = visibleMessage(channel, threadTs);
  if (parent === undefined) return {};
  if (parent.threadTs !== undefined && parent.threadTs !== parent.ts) throw new SlackError('cannot_reply_to_message');
  return { threadTs };
}

/** Puts a message into a channel and tells the apps that are there. */
export function addMessage(
  world: World,
  channel: Channel,
  author: User,
  content: MessageContent,
  extra: Extra = {},
): Message {
  const ts = world.state.ids.ts();
  const message: Message = {
    ...content,
    ...extra,
    ts,
    user: author.id,
    team: author.team.id,
    ...(author.isBot && author.app !== undefined && author.bot !== undefined
      ? { app: author.app, bot: author.bot }
      : {}),
    reactions: new Map(),
    chosen: new Map(),
    links: new Set(),
  };
  channel.messages.set(ts, message);
  if (message.threadTs !== undefined) clearStatus(world.state, channel.id, message.threadTs);
  if (message.onlyFor === undefined && message.stream === undefined) tellOfNewMessage(world, channel, message);
  return message;
}

/** As the app's bot. */
export function addBotMessage(
  world: World,
  installation: Installation,
  channel: Channel,
  content: MessageContent,
  extra: Extra = {},
): Message {
  return addMessage(world, channel, installation.botUser, content, extra);
}
