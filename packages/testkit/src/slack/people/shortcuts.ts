import { validateOptions } from './offered-options.ts';
import { describeMessage } from '../state/messages.ts';
import { describeView } from '../state/views.ts';
import type { View } from '../state/views.ts';
import { enterChannel, installationBehind, ownInstallation, seenMessage } from './acting.ts';
import type { Acting } from './acting.ts';
import { PersonCannot } from './cannot.ts';
import type { MessageAt } from './clicking.ts';
import { messagePayload, sendInteraction } from './clicking.ts';
import { elementNamed } from '../state/interactive-element.ts';
import { payloadBase } from './payload.ts';
import type { Reaction } from './reaction.ts';

function withShortcut(
  acting: Acting,
  callbackId: string,
  type: 'global' | 'message',
): ReturnType<typeof ownInstallation> {
  const matches = (one: { readonly callback_id: string; readonly type: string }): boolean =>
    one.callback_id === callbackId && one.type === type;
  return ownInstallation(
    acting,
    (app) => app.manifest.features.shortcuts?.some(matches) === true,
    `the ${type} shortcut ${callbackId}`,
  );
}

/** Of the lightning bolt or the search. */
export async function useGlobalShortcut(acting: Acting, callbackId: string): Promise<Reaction> {
  const installation = withShortcut(acting, callbackId, 'global');
  return sendInteraction(acting, installation, {
    type: 'shortcut',
    ...payloadBase(acting, installation),
    callback_id: callbackId,
    action_ts: acting.world.state.ids.ts(),
  });
}

/** Of a message's menu. */
export async function useMessageShortcut(acting: Acting, callbackId: string, at: MessageAt): Promise<Reaction> {
  const installation = withShortcut(acting, callbackId, 'message');
  const { world, user } = acting;
  const channel = enterChannel(acting, at.channel);
  const message = seenMessage(acting, channel, at.ts);
  const payload = {
    type: 'message_action',
    ...payloadBase(acting, installation),
    callback_id: callbackId,
    action_ts: world.state.ids.ts(),
    message_ts: message.ts,
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    message: describeMessage(message),
    response_url: world.responseUrls.issue({ installation, user: user.id, channel: channel.id, messageTs: message.ts }),
  };
  return sendInteraction(acting, installation, payload);
}

/** Types into a menu that asks its app for options; tells what the menu offers then. Empty: the app offered nothing that Slack takes. */
export async function typeIntoMenu(
  acting: Acting,
  where: MessageAt | View,
  actionId: string,
  text: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { world } = acting;
  const isView = 'content' in where;
  const channel = isView ? undefined : enterChannel(acting, where.channel);
  const message = channel === undefined ? undefined : seenMessage(acting, channel, (where as MessageAt).ts);
  const used = elementNamed(isView ? where.content.blocks : message?.blocks, actionId);
  if (used === undefined || !String(used.element['type']).endsWith('external_select')) {
    throw new PersonCannot(`there is no menu "${actionId}" that asks for options`);
  }
  const installation = isView
    ? ownInstallation(acting, ({ id }) => id === where.app, `the id ${where.app}`)
    : installationBehind(world, message as NonNullable<typeof message>);
  const base = withoutAnswering(payloadBase(acting, installation));
  const surroundings = isView
    ? { container: { type: 'view', view_id: where.id }, view: describeView(where) }
    : withoutAnswering(
        messagePayload(
          acting,
          installation,
          channel as NonNullable<typeof channel>,
          message as NonNullable<typeof message>,
        ),
      );
  const payload = {
    type: 'block_suggestion',
    ...base,
    action_id: actionId,
    block_id: used.block.block_id,
    value: text,
    ...surroundings,
  };
  const outcome = await world.deliveries.send({ app: installation.app, kind: 'options', payload });
  return outcome.isAcknowledged ? validateOptions(outcome.answer) : [];
}

/** Whoever asks for options may neither open a form nor answer. */
function withoutAnswering(payload: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).filter(([name]) => name !== 'trigger_id' && name !== 'response_url'),
  );
}
