import { createHash } from 'node:crypto';
import { z } from 'zod';
import { originOf } from './origin.ts';
import type { Origin } from './origin.ts';

type Body = Readonly<Record<string, unknown>>;

/** One thing that came, still to be kept. */
export interface Inbound {
  readonly kind: 'command' | 'action' | 'view' | 'shortcut' | 'event' | 'options' | 'closed';
  /** Cannot repeat, except when Slack sends the same again. */
  readonly id: string;
  /** Name of the handler that it is for. */
  readonly handler: string;
  readonly origin: Origin;
  readonly payload: Body;
}

const short = z.string().min(1).max(300);
const Command = z.looseObject({ command: short, trigger_id: short, team_id: short, user_id: short });
const Actions = z.looseObject({
  type: z.literal('block_actions'),
  actions: z
    .array(
      z.looseObject({
        action_id: short,
        block_id: z.string().max(300).catch(''),
        action_ts: z.string().max(50).catch(''),
      }),
    )
    .min(1)
    .max(100),
  view: z.looseObject({ id: short }).nullish(),
});
const ViewSubmission = z.looseObject({
  type: z.enum(['view_submission', 'view_closed']),
  view: z.looseObject({ id: short, hash: z.string().max(300).catch(''), callback_id: z.string().max(300).catch('') }),
});
const Shortcut = z.looseObject({ type: z.enum(['shortcut', 'message_action']), callback_id: short, trigger_id: short });
const EventCallback = z.looseObject({
  type: z.literal('event_callback'),
  event_id: short,
  event: z.looseObject({ type: short }),
});
const Message = z.looseObject({
  channel_type: z.string().catch(''),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  user: z.string().optional(),
  thread_ts: z.string().optional(),
  hidden: z.boolean().optional(),
});

/** Slack's own ids are long and of any letters: what is kept is their hash, with the kind before it. */
function idOf(kind: string, ...parts: readonly string[]): string {
  return `${kind}-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`;
}

/** Without the verification token of old, which Slack still sends: it is a secret, and nothing uses it. */
function kept(body: Body): Body {
  const { token: _token, ...rest } = body;
  return rest;
}

function actionsIn(body: Body, origin: Origin): readonly Inbound[] {
  const read = Actions.safeParse(body);
  if (!read.success) return [];
  const place = read.data.view?.id ?? `${origin.channel}/${origin.messageTs}`;
  return read.data.actions.map((action) => ({
    kind: 'action' as const,
    id: idOf(
      'action',
      origin.app,
      origin.team,
      place,
      action.action_id,
      action.block_id,
      origin.user,
      action.action_ts,
    ),
    handler: `action.${action.action_id.split('/')[0] ?? ''}`,
    origin,
    payload: kept({ ...body, actions: [action] }),
  }));
}

/** What people wrote, and to whom. What programs wrote, edits and whatever is no talk with the bot is nothing to keep. */
function messageHandler(event: unknown): string | undefined {
  const read = Message.safeParse(event);
  if (!read.success) return undefined;
  const { subtype, bot_id: bot, user, hidden, channel_type: type, thread_ts: thread } = read.data;
  if (bot !== undefined || user === undefined || hidden === true) return undefined;
  if (subtype !== undefined && subtype !== 'file_share' && subtype !== 'thread_broadcast') return undefined;
  if (type === 'im' || type === 'app_home') return 'event.message.im';
  return thread === undefined ? undefined : 'event.message';
}

function eventIn(body: Body, origin: Origin): readonly Inbound[] {
  const read = EventCallback.safeParse(body);
  if (!read.success) return [];
  const { event_id: id, event } = read.data;
  const handler = event.type === 'message' ? messageHandler(event) : `event.${event.type}`;
  return handler === undefined
    ? []
    : [{ kind: 'event', id: idOf('event', origin.app, id), handler, origin, payload: kept(body) }];
}

function interactionIn(body: Body, origin: Origin): readonly Inbound[] {
  if (body['type'] === 'block_actions') return actionsIn(body, origin);
  if (body['type'] === 'block_suggestion') return [{ kind: 'options', id: '', handler: '', origin, payload: {} }];
  const view = ViewSubmission.safeParse(body);
  if (view.success) {
    const { id, hash, callback_id: callback } = view.data.view;
    const kind = view.data.type === 'view_submission' ? 'view' : 'closed';
    return [
      {
        kind,
        id: idOf(kind, origin.app, origin.team, id, hash, origin.user),
        handler: `${kind}.${callback.split('/')[0] ?? ''}`,
        origin,
        payload: kept(body),
      },
    ];
  }
  const shortcut = Shortcut.safeParse(body);
  if (!shortcut.success) return [];
  return [
    {
      kind: 'shortcut',
      id: idOf('shortcut', origin.app, shortcut.data.trigger_id),
      handler: `shortcut.${shortcut.data.callback_id}`,
      origin,
      payload: kept(body),
    },
  ];
}

/** What a body of Slack holds; nothing for what the bot has no use for. Never throws. */
export function inboundOf(body: Body): readonly Inbound[] {
  const origin = originOf(body);
  if (typeof body['command'] === 'string') {
    const read = Command.safeParse(body);
    return read.success
      ? [
          {
            kind: 'command',
            id: idOf('command', origin.app, read.data.trigger_id),
            handler: `command.${read.data.command}`,
            origin,
            payload: kept(body),
          },
        ]
      : [];
  }
  return body['type'] === 'event_callback' ? eventIn(body, origin) : interactionIn(body, origin);
}
