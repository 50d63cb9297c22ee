import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.ts';
import { tellOfChangedMessage, tellOfDeletedMessage } from '../delivering/message-events.ts';
import type { ResponsePlace } from '../delivering/response-urls.ts';
import { readContent } from '../methods/message-content.ts';
import { addBotMessage, threadIn } from '../methods/posting.ts';
import type { Channel } from '../state/channels.ts';
import { describeMessage } from '../state/messages.ts';
import { flagOf, textOf } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { readArguments, readBody } from './read-request.ts';
import { SlackError } from './slack-error.ts';

/** `POST` to a `response_url`: a message for the one person or the channel, or another content for the message that was clicked. */
export async function answerResponseUrl(
  world: World,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const fault = world.faults.strike('response_url', '');
  if (fault?.kind === 'down') return void request.socket.destroy();
  if (fault?.kind === 'server-error' || fault?.kind === 'rate-limited') {
    return send(
      response,
      fault.kind === 'rate-limited' ? 429 : 500,
      'error',
      fault.kind === 'rate-limited' ? { 'retry-after': String(fault.retryAfterSeconds ?? 30) } : {},
    );
  }
  const outcome = await respond(world, path, body, request.headers['content-type'] ?? '');
  if (fault?.kind === 'lost-answer') return void request.socket.destroy();
  send(response, outcome.status, outcome.text);
}

async function respond(
  world: World,
  path: string,
  body: Buffer,
  contentType: string,
): Promise<{ readonly status: number; readonly text: string }> {
  let args: Arguments = {};
  try {
    args = await readArguments(body, contentType, new URLSearchParams());
    carryOut(world, world.responseUrls.use(path), args);
    log(world, args, 200, { ok: true });
    return { status: 200, text: 'ok' };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const answer = { ok: false, error: error.code, ...error.extra };
    const status = ['used_url', 'expired_url', 'invalid_token'].includes(error.code) ? 404 : 400;
    log(world, args, status, answer);
    return { status, text: JSON.stringify(answer) };
  }
}

function log(world: World, args: Arguments, status: number, answer: Readonly<Record<string, unknown>>): void {
  world.calls.add({
    at: world.clock.now(),
    method: 'response_url',
    app: '',
    team: '',
    args,
    status,
    answer,
    isFaulty: false,
  });
}

function carryOut(world: World, place: ResponsePlace, args: Arguments): void {
  const channel = world.state.channels.get(place.channel);
  if (channel === undefined) throw new SlackError('channel_not_found');
  if (channel.isArchived) throw new SlackError('is_archived');
  if (flagOf(args, 'delete_original')) return remove(world, channel, place);
  const content = readContent(args);
  const original = place.messageTs === undefined ? undefined : channel.messages.get(place.messageTs);
  // Of an interaction, the original is replaced unless the app says otherwise.
  if (original !== undefined && args['replace_original'] !== false && args['replace_original'] !== 'false') {
    const before = describeMessage(original);
    for (const part of ['blocks', 'attachments'] as const) delete original[part];
    Object.assign(original, content);
    if (original.onlyFor === undefined) tellOfChangedMessage(world, channel, original, before);
    return;
  }
  const isShared = textOf(args, 'response_type') === 'in_channel';
  addBotMessage(world, place.installation, channel, content, {
    ...threadIn(channel, textOf(args, 'thread_ts')),
    ...(isShared ? {} : { onlyFor: place.user }),
  });
}

function remove(world: World, channel: Channel, { messageTs }: ResponsePlace): void {
  const original = messageTs === undefined ? undefined : channel.messages.get(messageTs);
  if (original === undefined) throw new SlackError('message_not_found');
  channel.messages.delete(original.ts);
  if (original.onlyFor === undefined) tellOfDeletedMessage(world, channel, original);
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end(text);
}
