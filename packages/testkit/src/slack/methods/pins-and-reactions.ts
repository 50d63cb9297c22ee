import { tellChannel } from '../delivering/events.ts';
import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { neededText, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import type { Channel } from '../state/channels.ts';
import { describeMessage } from '../state/messages.ts';
import type { Message } from '../state/messages.ts';
import { joinedChannel, neededMessage, seenChannel } from './conversation.ts';

function target(call: InstalledCall): { readonly channel: Channel; readonly message: Message } {
  const channel = joinedChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  return { channel, message: neededMessage(channel, textOf(call.args, 'timestamp')) };
}

/** https://docs.slack.dev/reference/methods/pins.add: "up to 100 pins" */
const mostPins = 100;

function tellOfPin(
  { world, user }: InstalledCall,
  channel: Channel,
  message: Message,
  type: 'pin_added' | 'pin_removed',
): void {
  const body = {
    type,
    user: user.id,
    channel_id: channel.id,
    item: { type: 'message', channel: channel.id, message: describeMessage(message) },
    event_ts: world.state.ids.ts(),
  };
  tellChannel(world, channel, { subscription: type, body });
}

const addPin = asInstalled((call) => {
  const { channel, message } = target(call);
  if (channel.pins.has(message.ts)) throw new SlackError('already_pinned');
  if (channel.pins.size >= mostPins) throw new SlackError('too_many_pins');
  channel.pins.add(message.ts);
  tellOfPin(call, channel, message, 'pin_added');
  return {};
});

const removePin = asInstalled((call) => {
  const { channel, message } = target(call);
  if (!channel.pins.delete(message.ts)) throw new SlackError('no_pin');
  tellOfPin(call, channel, message, 'pin_removed');
  return {};
});

const listPins = asInstalled((call) => {
  const channel = seenChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  const messages = [...channel.pins].map((ts) => channel.messages.get(ts)).filter((message) => message !== undefined);
  return {
    items: messages.map((message) => ({ type: 'message', channel: channel.id, message: describeMessage(message) })),
  };
});

function tellOfReaction(
  { world, user }: InstalledCall,
  channel: Channel,
  message: Message,
  type: 'reaction_added' | 'reaction_removed',
  reaction: string,
): void {
  const body = {
    type,
    user: user.id,
    reaction,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    item_user: message.user,
    event_ts: world.state.ids.ts(),
  };
  tellChannel(world, channel, { subscription: type, body });
}

const addReaction = asInstalled((call) => {
  const { channel, message } = target(call);
  const name = neededText(call.args, 'name', 'invalid_name');
  const users = message.reactions.get(name) ?? new Set();
  if (users.has(call.user.id)) throw new SlackError('already_reacted');
  message.reactions.set(name, users.add(call.user.id));
  tellOfReaction(call, channel, message, 'reaction_added', name);
  return {};
});

const removeReaction = asInstalled((call) => {
  const { channel, message } = target(call);
  const name = neededText(call.args, 'name', 'invalid_name');
  const users = message.reactions.get(name);
  if (users?.delete(call.user.id) !== true) throw new SlackError('no_reaction');
  if (users.size === 0) message.reactions.delete(name);
  tellOfReaction(call, channel, message, 'reaction_removed', name);
  return {};
});

export const pinAndReactionMethods: Readonly<Record<string, ApiMethod>> = {
  'pins.add': addPin,
  'pins.list': listPins,
  'pins.remove': removePin,
  'reactions.add': addReaction,
  'reactions.remove': removeReaction,
};
