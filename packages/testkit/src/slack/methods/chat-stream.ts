import { tellOfNewMessage } from '../delivering/message-events.ts';
import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { listOf, neededText, recordOf, textOf } from '../server/arguments.ts';
import { explained, SlackError } from '../server/slack-error.ts';
import { validateMessage } from '../rules/validate-message.ts';
import { sessionStatuses, setSession, threadOfMessage } from '../state/agent-sessions.ts';
import type { SessionStatus } from '../state/agent-sessions.ts';
import { withBlockIds } from '../state/block-ids.ts';
import { describeMessage } from '../state/messages.ts';
import type { Block, Message, MessageStream } from '../state/messages.ts';
import type { Channel } from '../state/channels.ts';
import { visibleMessage } from '../state/threads.ts';
import { joinedChannel, neededMessage } from './conversation.ts';
import { refuseProblems } from './message-content.ts';
import { addBotMessage } from './posting.ts';

/** A stream ends about five minutes after it began, however it is fed. Seen by users: node-slack-sdk#2702 */
const streamLifetime = 5 * 60_000;
/** https://docs.slack.dev/reference/methods/chat.appendStream: `markdown_text` */
const longestText = 12_000;
const mostBlocks = 50;

type Chunk = Readonly<Record<string, unknown>>;

const chunkTypes = new Set(['markdown_text', 'task_update', 'plan_update', 'blocks']);

/** Chunks of a call, its `markdown_text` being one. */
function readChunks({ args }: InstalledCall): readonly Chunk[] {
  const text = textOf(args, 'markdown_text');
  const chunks = listOf(args['chunks']);
  if (text !== '' && chunks.length > 0) throw new SlackError('cannot_provide_both_markdown_text_and_chunks');
  const wrong = chunks.some(
    ({ type, text: given }) => !chunkTypes.has(String(type)) || (type === 'markdown_text' && typeof given !== 'string'),
  );
  if (wrong) throw new SlackError('invalid_chunks');
  const all = [...(text === '' ? [] : [{ type: 'markdown_text', text }]), ...chunks];
  if (all.some((chunk) => [...textOf(chunk, 'text')].length > longestText)) throw new SlackError('msg_too_long');
  for (const { blocks } of all.filter(({ type }) => type === 'blocks')) refuseProblems(validateMessage({ blocks }));
  return all;
}

/** The text so far, and the blocks that came as chunks. */
function render(message: Message): void {
  const chunks = message.stream?.chunks ?? [];
  message.text = chunks.map((chunk) => (chunk['type'] === 'markdown_text' ? textOf(chunk, 'text') : '')).join('');
  const blocks = chunks.flatMap(({ blocks }) => listOf(blocks)) as unknown as readonly Block[];
  if (blocks.length > mostBlocks) throw new SlackError('msg_blocks_too_many');
  if (blocks.length > 0) message.blocks = withBlockIds(blocks);
}

const start = asInstalled((call) => {
  const { world, args, installation } = call;
  const channel = joinedChannel(call, neededText(args, 'channel', 'channel_not_found'));
  const threadTs = textOf(args, 'thread_ts');
  // Only in a channel a stream may stand by itself.
  if (threadTs === '' ? channel.kind === 'im' : visibleMessage(channel, threadTs) === undefined) {
    throw new SlackError('invalid_thread_ts');
  }
  if (channel.kind !== 'im') refuseWithoutRecipient(call);
  const chunks = readChunks(call);
  const stream: MessageStream = { startedAt: world.clock.now(), isOpen: true, chunks: [...chunks] };
  refuseOtherMode(call, stream);
  const message = addBotMessage(
    world,
    installation,
    channel,
    { text: '' },
    { ...(threadTs === '' ? {} : { threadTs }), stream },
  );
  render(message);
  noteSession(call, channel, message, 'processing');
  return { channel: channel.id, ts: message.ts };
});

/** An agent that streams is at work in that thread. https://docs.slack.dev/ai/migrating-to-agent-messaging#compatibility-bridge */
function noteSession(
  { world, installation: { app } }: InstalledCall,
  channel: Channel,
  message: Message,
  status: SessionStatus,
): void {
  if (app.manifest.features.agent_view !== undefined) {
    setSession(world.state, { app: app.id, channel: channel.id, threadTs: threadOfMessage(message) }, status);
  }
}

/** https://docs.slack.dev/reference/methods/chat.startStream: needed when streaming to channels */
function refuseWithoutRecipient({ args }: InstalledCall): void {
  if (textOf(args, 'recipient_user_id') === '') throw new SlackError('missing_recipient_user_id');
  if (textOf(args, 'recipient_team_id') === '') throw new SlackError('missing_recipient_team_id');
}

interface OpenStream {
  readonly channel: Channel;
  readonly message: Message;
  readonly stream: NonNullable<Message['stream']>;
}

function openStream(call: InstalledCall): OpenStream {
  const channel = joinedChannel(call, neededText(call.args, 'channel', 'channel_not_found'));
  const message = neededMessage(channel, neededText(call.args, 'ts', 'message_not_found'));
  const { stream } = message;
  if (message.user !== call.user.id) throw new SlackError('message_not_owned_by_app');
  if (stream !== undefined && call.world.clock.now() - stream.startedAt >= streamLifetime) stream.isOpen = false;
  if (stream?.isOpen !== true) throw new SlackError('message_not_in_streaming_state');
  return { channel, message, stream };
}

/** What began with a text goes on with texts, and with chunks what began with those. */
function refuseOtherMode({ args }: InstalledCall, stream: MessageStream): void {
  const given =
    textOf(args, 'markdown_text') !== '' ? 'markdown_text' : listOf(args['chunks']).length > 0 ? 'chunks' : undefined;
  stream.mode ??= given;
  if (given !== undefined && stream.mode !== given) throw new SlackError('streaming_mode_mismatch');
}

function append({ message, stream }: OpenStream, chunks: readonly Chunk[]): void {
  const before = stream.chunks.length;
  stream.chunks.push(...chunks);
  try {
    render(message);
  } catch (error) {
    stream.chunks.length = before;
    render(message);
    throw error;
  }
}

const appendStream = asInstalled((call) => {
  const open = openStream(call);
  const chunks = readChunks(call);
  if (chunks.length === 0) throw new SlackError('no_text');
  refuseOtherMode(call, open.stream);
  append(open, chunks);
  return { channel: open.channel.id, ts: open.message.ts };
});

/** How its session stands afterwards. https://docs.slack.dev/reference/methods/chat.stopStream */
function readSessionStatus({ args }: InstalledCall): SessionStatus {
  const given = textOf(args, 'session_status');
  const status = given === '' ? 'active' : sessionStatuses.find((one) => one === given);
  if (status === undefined) {
    throw explained('invalid_arguments', ['[ERROR] invalid session_status [json-pointer:/session_status]']);
  }
  return status;
}

const stopStream = asInstalled((call) => {
  const open = openStream(call);
  const { message, channel, stream } = open;
  const { blocks, metadata } = call.args;
  refuseProblems(
    validateMessage({ ...(blocks === undefined ? {} : { blocks }), ...(metadata === undefined ? {} : { metadata }) }),
  );
  const status = readSessionStatus(call);
  refuseOtherMode(call, stream);
  append(open, readChunks(call));
  stream.isOpen = false;
  noteSession(call, channel, message, status);
  if (blocks !== undefined) {
    message.blocks = [...(message.blocks ?? []), ...withBlockIds(listOf(blocks) as unknown as readonly Block[])];
  }
  if (metadata !== undefined) message.metadata = recordOf(metadata) as NonNullable<Message['metadata']>;
  tellOfNewMessage(call.world, channel, message);
  return { channel: channel.id, ts: message.ts, message: describeMessage(message) };
});

export const streamMethods: Readonly<Record<string, ApiMethod>> = {
  'chat.startStream': start,
  'chat.appendStream': appendStream,
  'chat.stopStream': stopStream,
};
