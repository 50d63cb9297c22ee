import type { SlackFile } from './files.ts';

/** A message's content, as it is posted. */
export interface MessageContent {
  text: string;
  blocks?: readonly Block[];
  attachments?: readonly Readonly<Record<string, unknown>>[];
  metadata?: { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> };
}

export type Block = Readonly<Record<string, unknown>> & { readonly type: string; readonly block_id?: string };

/** State of menus and fields by block and action, as payloads have it. */
export type ChosenValues = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** A message in a channel. */
export interface Message extends MessageContent {
  readonly ts: string;
  readonly user: string;
  readonly team: string;
  /** Of an app's message. */
  readonly app?: string;
  readonly bot?: string;
  readonly subtype?: string;
  /** Parent's `ts`, of a reply. */
  readonly threadTs?: string;
  readonly isBroadcast?: boolean;
  edited?: { readonly user: string; readonly ts: string };
  files?: SlackFile[];
  readonly reactions: Map<string, Set<string>>;
  /** What people have chosen in its menus and fields: by person, block and action. */
  readonly chosen: Map<string, ChosenValues>;
  /** Seen by this person alone; never in the channel's history. */
  readonly onlyFor?: string;
  /** Display that the app asked for instead of its own. */
  readonly username?: string;
  readonly icon?: Readonly<Record<string, string>>;
  stream?: MessageStream;
  /** Links that apps were told of, by which they may unfurl. */
  readonly links: Set<string>;
  unfurls?: Readonly<Record<string, unknown>>;
}

/** A message that is still being written by `chat.appendStream`. */
export interface MessageStream {
  readonly startedAt: number;
  isOpen: boolean;
  /** By what it is fed; undefined as long as it was not. */
  mode?: 'markdown_text' | 'chunks' | undefined;
  readonly chunks: Readonly<Record<string, unknown>>[];
}

/** A message as events and histories have it. */
export function describeMessage(message: Message, replies: readonly Message[] = []): Record<string, unknown> {
  return {
    type: 'message',
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: message.team,
    ...(message.app === undefined ? {} : { app_id: message.app, bot_id: message.bot }),
    ...(message.username === undefined ? {} : { username: message.username }),
    ...(message.icon === undefined ? {} : { icons: message.icon }),
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(message.files === undefined
      ? {}
      : { files: message.files.map(({ id, name, title, mimetype }) => ({ id, name, title, mimetype })) }),
    ...(message.stream === undefined ? {} : { streaming_state: message.stream.isOpen ? 'in_progress' : 'completed' }),
    ...describeReactions(message),
    ...describeThread(message, replies),
  };
}

function describeReactions({ reactions }: Message): Record<string, unknown> {
  if (reactions.size === 0) return {};
  return { reactions: [...reactions].map(([name, users]) => ({ name, users: [...users], count: users.size })) };
}

function describeThread(message: Message, replies: readonly Message[]): Record<string, unknown> {
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: latest.ts,
    is_locked: false,
    subscribed: true,
  };
}
