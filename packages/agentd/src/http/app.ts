import { Hono } from 'hono';
import type { Context } from 'hono';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Actor } from '@autodevops/domain/change/actor';
import { isStream } from '../contract/endpoint.ts';
import type { Endpoint, Right } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Call, Handlers, StreamItem } from '../contract/handlers.ts';
import type { Arrival } from '../identity/identify.ts';
import { tellError } from './error-answer.ts';
import { eventStream } from './event-stream.ts';
import type { RateLimit } from './rate-limit.ts';
import { readInput } from './read-input.ts';

/** What whoever listens says of a request, as Hono's environment; nothing for one that came over no network. */
export type Way = Pick<Arrival, 'overNetwork'>;

export interface AppChoice {
  readonly handlers: Handlers;
  /** Who calls; throws `agent.unauthorized`. Looks at headers and at nothing of the body. */
  readonly identify: (headers: Headers, arrival: Arrival) => Promise<Actor>;
  readonly mayDo: (actor: Actor, right: Right) => boolean;
  /** Names by which this server may be called; empty: any. A page of a browser cannot get past it by another name. */
  readonly hosts: readonly string[];
  readonly limit: RateLimit;
  readonly now: () => number;
  readonly newReference: () => string;
  readonly log: (line: { readonly level: 'info' | 'error'; readonly message: string; readonly fields: Readonly<Record<string, string | number>> }) => void;
  readonly observe: (endpoint: string, status: number, milliseconds: number) => void;
  /** No request takes longer, in milliseconds; streams have no such end. */
  readonly longest: number;
  readonly openapi: () => unknown;
  readonly metrics: () => Promise<string>;
  /** Aborted when the server ends: nothing new is begun, and streams break off. */
  readonly ending: AbortSignal;
}

const safeHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" } as const;

function checkHost(context: Context, hosts: readonly string[]): void {
  // A request that came over no network has its host in the address only.
  const host = (context.req.header('host') ?? new URL(context.req.url).host).replace(/:\d+$/, '');
  if (hosts.length > 0 && !hosts.includes(host)) throw new AutoDevOpsError('agent.unauthorized', 'This agent is not called by that name.', `Call it by ${hosts[0]}.`);
  if (context.req.header('origin') !== undefined) throw new AutoDevOpsError('agent.unauthorized', 'This agent does not answer pages of a browser.', 'Use the command line, the extension or the bot.');
}

async function admitted(choice: AppChoice, endpoint: Endpoint, context: Context): Promise<Actor> {
  checkHost(context, choice.hosts);
  const actor = await choice.identify(context.req.raw.headers, { right: endpoint.right, overNetwork: (context.env as Way | undefined)?.overNetwork === true });
  const wait = choice.limit.take(actor.account, choice.now());
  if (wait !== undefined) throw new AutoDevOpsError('agent.busy', `Too many requests of ${actor.account} at once.`, `Try again in ${wait} s.`);
  if (!choice.mayDo(actor, endpoint.right)) throw new AutoDevOpsError('change.not-allowed', `${actor.name} may not ${endpoint.right} here.`, 'Ask who administers this agent for the role.');
  if (choice.ending.aborted) throw new AutoDevOpsError('store.unavailable', 'The agent is ending.', 'Try again in some seconds.');
  return actor;
}

function keyOf(endpoint: Endpoint, context: Context, choice: AppChoice): string {
  const key = context.req.header('idempotency-key') ?? '';
  if (isStream(endpoint) || !endpoint.writes) return key;
  if (key === '') return choice.newReference();
  if (!/^[\w-]{8,100}$/.test(key)) throw new AutoDevOpsError('usage', 'The Idempotency-Key is not 8 to 100 letters, digits, "-" or "_".', 'Make one key for each call, and keep it for its attempts.');
  return key;
}

type AnyAnswer = (input: unknown, call: Call) => Promise<unknown>;
type AnyStream = (input: unknown, call: Call, lastId: string | undefined) => AsyncIterable<StreamItem<unknown>>;

async function serve(choice: AppChoice, name: keyof Handlers, endpoint: Endpoint, context: Context): Promise<Response> {
  const actor = await admitted(choice, endpoint, context);
  const input = await readInput(endpoint, context);
  const idempotencyKey = keyOf(endpoint, context, choice);
  if (isStream(endpoint)) {
    const ended = new AbortController();
    const signal = AbortSignal.any([context.req.raw.signal, ended.signal]);
    const items = (choice.handlers[name] as unknown as AnyStream)(input, { actor, signal, idempotencyKey }, context.req.header('last-event-id'));
    const body = eventStream({ items, stop: () => ended.abort(), tell: (error) => tellError(error, choice.newReference()), ending: choice.ending });
    return new Response(body, { headers: { ...safeHeaders, 'content-type': 'text/event-stream; charset=utf-8' } });
  }
  const signal = AbortSignal.any([context.req.raw.signal, AbortSignal.timeout(choice.longest)]);
  const answer = await (choice.handlers[name] as unknown as AnyAnswer)(input, { actor, signal, idempotencyKey });
  return Response.json(endpoint.answer.parse(answer), { headers: safeHeaders });
}

async function answered(choice: AppChoice, name: keyof Handlers, endpoint: Endpoint, context: Context): Promise<Response> {
  const began = choice.now();
  const reference = choice.newReference();
  const response = await serve(choice, name, endpoint, context).catch((error: unknown) => {
    const { status, answer, details } = tellError(error, reference);
    if (details !== undefined) choice.log({ level: 'error', message: 'a request failed', fields: { reference, endpoint: name, details } });
    return Response.json(answer, { status, headers: safeHeaders });
  });
  choice.observe(name, response.status, choice.now() - began);
  return response;
}

/** What needs no right is still not for the pages of a browser, nor under another name. */
async function openly(choice: AppChoice, context: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    checkHost(context, choice.hosts);
    return await answer();
  } catch (error) {
    const told = tellError(error, choice.newReference());
    return Response.json(told.answer, { status: told.status, headers: safeHeaders });
  }
}

/** The HTTP application: every endpoint of the table, its document and its metrics; nothing else. */
export function createApp(choice: AppChoice): Hono {
  const app = new Hono();
  for (const [name, endpoint] of Object.entries(endpoints) as [keyof Handlers, Endpoint][]) {
    app.on(endpoint.method, endpoint.path, (context) => answered(choice, name, endpoint, context));
  }
  app.get('/openapi.json', (context) => openly(choice, context, async () => Response.json(choice.openapi(), { headers: safeHeaders })));
  app.get('/metrics', (context) => openly(choice, context, async () => new Response(await choice.metrics(), { headers: { ...safeHeaders, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } })));
  app.get('/livez', () => new Response('ok', { headers: safeHeaders }));
  app.notFound((context) => {
    const { status, answer } = tellError(new AutoDevOpsError('object.not-found', `There is no ${context.req.method} ${context.req.path.slice(0, 100)} here.`, 'See /openapi.json.'), choice.newReference());
    return Response.json(answer, { status, headers: safeHeaders });
  });
  return app;
}
