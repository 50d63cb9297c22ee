import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.ts';
import type { Fault } from '../faults/fault-script.ts';
import { apiMethods } from '../methods/registry.ts';
import { slackMethods } from '../rules/methods/slack-methods.ts';
import type { SlackMethod } from '../rules/methods/method.ts';
import type { Answer } from './api-method.ts';
import { textOf } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { authenticate, authorise, givenToken, inTeam } from './authentication.ts';
import type { Caller } from './authentication.ts';
import { readArguments, readBody } from './read-request.ts';
import { explained, SlackError } from './slack-error.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: Readonly<Record<string, unknown>>;
}

const refusal = (code: string, extra: Answer = {}): Reply => ({
  status: 200,
  headers: {},
  answer: { ok: false, error: code, ...extra },
});

function limited(retryAfterSeconds: number): Reply {
  return {
    status: 429,
    headers: { 'retry-after': String(retryAfterSeconds) },
    answer: { ok: false, error: 'ratelimited' },
  };
}

/** `POST /api/METHOD`: reads the call, lets it fail as Slack or the script of faults would, does it, and writes it down. */
export async function answerApiCall(
  world: World,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const args = await readArguments(
    body,
    request.headers['content-type'] ?? '',
    new URL(request.url ?? '/', world.base()).searchParams,
  ).catch((error: unknown) => error as Error);
  const given = args instanceof Error ? {} : args;
  const token = givenToken(request.headers, given);
  const known = world.state.tokens.get(token);
  const fault = world.faults.strike(name, known?.app.id ?? '');
  const reply =
    fault === undefined || fault.kind === 'slow' || fault.kind === 'lost-answer'
      ? await perform(world, name, args, token, request.headers.authorization ?? '')
      : failed(fault);
  const isCut = fault?.kind === 'down' || fault?.kind === 'lost-answer';
  world.calls.add({
    at: world.clock.now(),
    method: name,
    app: known?.app.id ?? '',
    team: known?.installation?.team?.id ?? known?.installation?.enterprise?.id ?? '',
    args: given,
    status: isCut ? 0 : reply.status,
    answer: reply.answer,
    isFaulty: fault !== undefined,
  });
  if (fault?.kind === 'slow') await new Promise<void>((resolve) => void world.clock.after(fault.milliseconds, resolve));
  if (isCut) request.socket.destroy();
  else write(response, reply, known?.scopes ?? [], slackMethods[name]);
}

function failed(fault: Fault): Reply {
  if (fault.kind === 'rate-limited') return limited(fault.retryAfterSeconds ?? 30);
  if (fault.kind === 'server-error') {
    return {
      status: fault.status ?? 500,
      headers: { 'content-type': 'text/html' },
      answer: { html: '<html><body>Server Error</body></html>' },
    };
  }
  return refusal(fault.kind === 'error' ? fault.error : 'internal_error');
}

async function perform(
  world: World,
  name: string,
  args: Arguments | Error,
  token: string,
  authorization: string,
): Promise<Reply> {
  try {
    if (args instanceof Error) throw args;
    const { [name]: method } = slackMethods;
    const { [name]: handle } = apiMethods;
    if (method === undefined || handle === undefined) return refusal('unknown_method', { req_method: name });
    const caller = method.token === 'none' ? undefined : allowed(world, method, args, token);
    const wait = world.limits.take(rateOf(world, method, args, caller));
    if (wait > 0) return limited(Math.max(1, Math.ceil(wait / 1000)));
    const answer = await handle({ world, args: checked(method, args), caller, authorization });
    return { status: 200, headers: {}, answer: { ok: true, ...answer } };
  } catch (error) {
    if (error instanceof SlackError) return refusal(error.code, error.extra);
    throw error;
  }
}

function allowed(world: World, method: SlackMethod, args: Arguments, token: string): Caller {
  const caller = authenticate(world.state, token, world.clock.now());
  authorise(method, caller);
  return inTeam(world.state, caller, textOf(args, 'team_id'));
}

const history = new Set(['conversations.history', 'conversations.replies']);

function rateOf(
  world: World,
  method: SlackMethod,
  args: Arguments,
  caller: Caller | undefined,
): Parameters<World['limits']['take']>[0] {
  const installation = caller?.installed?.installation;
  return {
    method,
    app: caller?.app.id ?? textOf(args, 'client_id'),
    team: caller?.installed?.team.id ?? installation?.enterprise?.id ?? '',
    channel: textOf(args, 'channel'),
    // https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
    isThrottled: history.has(method.name) && caller?.app.distribution === 'commercial',
  };
}

/** Arguments that every method takes. */
const everywhere = new Set(['token', 'team_id', 'pretty']);

function checked(method: SlackMethod, args: Arguments): Arguments {
  const named = method.arguments.safeParse(
    Object.fromEntries(Object.entries(args).filter(([name]) => !everywhere.has(name))),
  );
  if (named.success) return { ...named.data, ...(args['team_id'] === undefined ? {} : { team_id: args['team_id'] }) };
  const messages = named.error.issues.map(
    ({ message, path }) => `[ERROR] ${message} [json-pointer:/${path.join('/')}]`,
  );
  throw explained('invalid_arguments', messages);
}

function write(
  response: ServerResponse,
  { status, headers, answer }: Reply,
  scopes: readonly string[],
  method: SlackMethod | undefined,
): void {
  const isPage = headers['content-type'] === 'text/html';
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(scopes.length > 0 ? { 'x-oauth-scopes': scopes.join(',') } : {}),
    ...(method !== undefined && method.scopes.length > 0 ? { 'x-accepted-oauth-scopes': method.scopes.join(',') } : {}),
    ...headers,
  });
  response.end(isPage ? String(answer['html']) : JSON.stringify(answer));
}
