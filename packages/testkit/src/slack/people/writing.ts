import { tellChannel } from '../delivering/events.ts';
import { tellOfChangedMessage, tellOfDeletedMessage } from '../delivering/message-events.ts';
import { addMessage, threadIn } from '../methods/posting.ts';
import { describeMessage } from '../state/messages.ts';
import type { Message } from '../state/messages.ts';
import { directMessage } from '../state/slack-state.ts';
import { enterChannel, ownInstallation, seenMessage } from './acting.ts';
import type { Acting } from './acting.ts';
import { PersonCannot } from './cannot.ts';
import type { MessageAt } from './clicking.ts';
import { typedText } from './typed-text.ts';

/** Writes into a channel, or into a thread of it. */
export function write(acting: Acting, channelId: string, text: string, threadTs = ''): Message {
  const channel = enterChannel(acting, channelId);
  if (channel.isArchived) throw new PersonCannot(`${channel.name} is archived`);
  const typed = typedText(text);
  const blocks = [
    {
      type: 'rich_text',
      block_id: acting.world.state.ids.secret(2),
      elements: [{ type: 'rich_text_section', elements: typed.elements }],
    },
  ];
  return addMessage(acting.world, channel, acting.user, { text: typed.text, blocks }, threadIn(channel, threadTs));
}

/** Writes to an app in the direct message with it. */
export function writeToApp(acting: Acting, app: string, text: string, threadTs = ''): Message {
  const { botUser } = ownInstallation(acting, ({ id }) => id === app, `the id ${app}`);
  return write(
    acting,
    directMessage(acting.world.state, acting.user, botUser, acting.world.clock.now()).id,
    text,
    threadTs,
  );
}

export function edit(acting: Acting, at: MessageAt, text: string): void {
  const channel = enterChannel(acting, at.channel);
  const message = seenMessage(acting, channel, at.ts);
  if (message.user !== acting.user.id) throw new PersonCannot('a person edits only what he wrote');
  const before = describeMessage(message);
  message.text = typedText(text).text;
  delete message.blocks;
  message.edited = { user: acting.user.id, ts: acting.world.state.ids.ts() };
  tellOfChangedMessage(acting.world, channel, message, before);
}

export function remove(acting: Acting, at: MessageAt): void {
  const channel = enterChannel(acting, at.channel);
  const message = seenMessage(acting, channel, at.ts);
  if (message.user !== acting.user.id && !acting.user.isAdmin) {
    throw new PersonCannot('a person deletes only what he wrote');
  }
  channel.messages.delete(message.ts);
  channel.pins.delete(message.ts);
  tellOfDeletedMessage(acting.world, channel, message);
}

/** Puts an emoji on a message, or takes it off again. */
export function react(acting: Acting, at: MessageAt, name: string): void {
  const channel = enterChannel(acting, at.channel);
  const message = seenMessage(acting, channel, at.ts);
  const users = message.reactions.get(name) ?? new Set();
  const isNew = !users.delete(acting.user.id);
  if (isNew) users.add(acting.user.id);
  if (users.size === 0) message.reactions.delete(name);
  else message.reactions.set(name, users);
  const type = isNew ? 'reaction_added' : 'reaction_removed';
  const body = {
    type,
    user: acting.user.id,
    reaction: name,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    item_user: message.user,
    event_ts: acting.world.state.ids.ts(),
  };
  tellChannel(acting.world, channel, { subscription: type, body });
}
