import type { Installation } from '../state/apps.ts';
import { describeMessage } from '../state/messages.ts';
import type { Block, ChosenValues, Message } from '../state/messages.ts';
import { describeView } from '../state/views.ts';
import type { View } from '../state/views.ts';
import type { Channel } from '../state/channels.ts';
import { repliesOf } from '../state/threads.ts';
import { enterChannel, installationBehind, seenMessage } from './acting.ts';
import type { Acting } from './acting.ts';
import { PersonCannot } from './cannot.ts';
import { chosenValue } from './chosen-value.ts';
import type { Given } from './chosen-value.ts';
import { elementNamed } from '../state/interactive-element.ts';
import type { InteractiveElement } from '../state/interactive-element.ts';
import { payloadBase } from './payload.ts';
import { nothingToSee, trouble } from './reaction.ts';
import type { Reaction } from './reaction.ts';

/** Where a message stands. */
export interface MessageAt {
  readonly channel: string;
  readonly ts: string;
}

export interface ClickOptions {
  /** What is chosen in a menu; nothing for a button. */
  readonly given?: Given;
  /** Where several blocks have an element of that name. */
  readonly blockId?: string;
}

function found(blocks: readonly Block[] | undefined, actionId: string, blockId?: string): InteractiveElement {
  const element = elementNamed(blocks, actionId, blockId);
  if (element === undefined) throw new PersonCannot(`there is nothing named "${actionId}" to use`);
  return element;
}

/** What was used, as `actions` has it. A button with an address alone tells the app nothing that it has to answer. */
function describeAction(
  { world }: Acting,
  { block, element }: InteractiveElement,
  given: Given | undefined,
): Record<string, unknown> {
  const { type, action_id: id, text, value } = element;
  const base = { action_id: id, block_id: block.block_id, type, action_ts: world.state.ids.ts() };
  const isButton = given === undefined;
  return isButton
    ? { ...base, ...(text === undefined ? {} : { text }), ...(value === undefined ? {} : { value }) }
    : { ...base, ...chosenValue(element, given) };
}

/** Uses a button or menu of a message. */
export async function useMessage(
  acting: Acting,
  at: MessageAt,
  actionId: string,
  options: ClickOptions = {},
): Promise<Reaction> {
  const channel = enterChannel(acting, at.channel);
  const message = seenMessage(acting, channel, at.ts);
  const used = found(message.blocks, actionId, options.blockId);
  const installation = installationBehind(acting.world, message);
  const action = describeAction(acting, used, options.given);
  if (options.given !== undefined && used.element['type'] !== 'overflow') {
    message.chosen.set(acting.user.id, withValue(message.chosen.get(acting.user.id), used, options.given));
  }
  const payload = {
    type: 'block_actions',
    ...messagePayload(acting, installation, channel, message),
    actions: [action],
  };
  return sendInteraction(acting, installation, payload);
}

function withValue(values: ChosenValues = {}, { block, element }: InteractiveElement, given: Given): ChosenValues {
  const id = block.block_id ?? '';
  return { ...values, [id]: { ...values[id], [String(element['action_id'])]: chosenValue(element, given) } };
}

export function messagePayload(
  acting: Acting,
  installation: Installation,
  channel: Channel,
  message: Message,
): Record<string, unknown> {
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const responseUrl = acting.world.responseUrls.issue({
    installation,
    user: acting.user.id,
    channel: channel.id,
    messageTs: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
  });
  return {
    ...payloadBase(acting, installation),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.onlyFor !== undefined,
      ...thread,
    },
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    // Of a message that one person alone sees, Slack sends no content.
    ...(message.onlyFor === undefined ? { message: describeMessage(message, repliesOf(channel, message.ts)) } : {}),
    state: { values: message.chosen.get(acting.user.id) ?? {} },
    response_url: responseUrl,
  };
}

/** Uses a button or menu of a modal or the Home tab. */
export async function useView(
  acting: Acting,
  view: View,
  actionId: string,
  options: ClickOptions = {},
): Promise<Reaction> {
  const { world } = acting;
  if (!view.isOpen || view.user !== acting.user.id) {
    throw new PersonCannot(`the view ${view.id} is not open for ${acting.user.name}`);
  }
  const used = found(view.content.blocks, actionId, options.blockId);
  const installation = world.state.installations.find(
    ({ app, botUser, isActive }) => isActive && app.id === view.app && botUser.bot === view.bot,
  );
  if (installation === undefined) throw new PersonCannot(`the app of the view ${view.id} is not installed`);
  const action = describeAction(acting, used, options.given);
  if (options.given !== undefined) view.values = withValue(view.values, used, options.given);
  const payload = {
    type: 'block_actions',
    ...payloadBase(acting, installation),
    container: { type: 'view', view_id: view.id },
    view: describeView(view),
    actions: [action],
  };
  return sendInteraction(acting, installation, payload);
}

export async function sendInteraction(
  { world }: Acting,
  { app }: Installation,
  payload: Readonly<Record<string, unknown>>,
): Promise<Reaction> {
  const outcome = await world.deliveries.send({ app, kind: 'interaction', payload });
  return outcome.isAcknowledged
    ? nothingToSee
    : trouble('This app responded with an error. Try again, or contact the app maintainer.');
}
