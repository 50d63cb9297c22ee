import { Hono } from 'hono';
import type { Context } from 'hono';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Actor } from '@autodevops/domain/change/actor';
import { noTracer } from '@autodevops/domain/ports/tracer';
import type { Span, Tracer } from '@autodevops/domain/ports/tracer';
import { isStream } from '../contract/endpoint.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Call, Handlers, StreamItem } from '../contract/handlers.ts';
import { admitted, checkHost } from './admission.ts';
import type { AdmissionChoice } from './admission.ts';
import { tellError } from './error-answer.ts';
import { eventStream } from './event-stream.ts';
import { readInput } from './read-input.ts';
import { failureAnswer, safeHeaders } from './safe-answer.ts';

export interface AppChoice extends AdmissionChoice {
  readonly handlers: Handlers;
  readonly newReference: () => string;
  readonly log: (line: {
    readonly level: 'info' | 'error';
    readonly message: string;
    readonly fields: Readonly<Record<string, string | number>>;
  }) => void;
  readonly observe: (endpoint: string, status: number, milliseconds: number) => void;
  readonly tracer?: Tracer;
  /** No request takes longer, in milliseconds; streams have no such end. */
  readonly longest: number;
  readonly openapi: () => unknown;
  readonly metrics: () => Promise<string>;
  /** Answers another assistant, which the caller lets speak for him; absent: there is no such door. */
  readonly mcp?: (request: Request, actor: Actor) => Promise<Response>;
}

function keyOf(endpoint: Endpoint, context: Context, choice: AppChoice): string {
  const key = context.req.header('idempotency-key') ?? '';
  if (isStream(endpoint) || !endpoint.writes) return key;
  if (key === '') return choice.newReference();
  if (!/^[\w-]{8,100}$/.test(key)) {
    throw new AutoDevOpsError(
      'usage',
      'The Idempotency-Key is not 8 to 100 letters, digits, "-" or "_".',
      'Make one key for each call, and keep it for its attempts.',
    );
  }
  return key;
}

type AnyAnswer = (input: unknown, call: Call) => Promise<unknown>;
type AnyStream = (input: unknown, call: Call, lastId: string | undefined) => AsyncIterable<StreamItem<unknown>>;

async function serve(choice: AppChoice, name: keyof Handlers, endpoint: Endpoint, context: Context): Promise<Response> {
  const identified = await admitted(choice, endpoint.right, context);
  const input = await readInput(endpoint, context);
  const idempotencyKey = keyOf(endpoint, context, choice);
  if (isStream(endpoint)) {
    const ended = new AbortController();
    const signal = AbortSignal.any([context.req.raw.signal, ended.signal]);
    const items = (choice.handlers[name] as unknown as AnyStream)(
      input,
      { ...identified, signal, idempotencyKey },
      context.req.header('last-event-id'),
    );
    const body = eventStream({
      items,
      stop: () => ended.abort(),
      tell: (error) => tellError(error, choice.newReference()),
      ending: choice.ending,
    });
    return new Response(body, { headers: { ...safeHeaders, 'content-type': 'text/event-stream; charset=utf-8' } });
  }
  const signal = AbortSignal.any([context.req.raw.signal, AbortSignal.timeout(choice.longest)]);
  const answer = await (choice.handlers[name] as unknown as AnyAnswer)(input, {
    ...identified,
    signal,
    idempotencyKey,
  });
  return Response.json(endpoint.answer.parse(answer), { headers: safeHeaders });
}

/** Measured, traced, and answered whatever happens. `name` is what metrics and logs call it. */
async function answered(
  choice: AppChoice,
  { name, path }: { readonly name: string; readonly path: string },
  context: Context,
  work: () => Promise<Response>,
): Promise<Response> {
  const began = choice.now();
  const reference = choice.newReference();
  const respond = async (span: Span): Promise<Response> => {
    const response = await work().catch((error: unknown) => {
      const told = tellError(error, reference);
      span.note({ 'autodevops.error': told.answer.error.code, 'autodevops.reference': reference });
      if (told.status >= 500) span.fail(told.answer.error.code);
      if (told.details !== undefined) {
        choice.log({
          level: 'error',
          message: 'a request failed',
          fields: { reference, endpoint: name, details: told.details },
        });
      }
      return failureAnswer(told);
    });
    span.note({ 'http.response.status_code': response.status });
    return response;
  };
  const { method } = context.req;
  const response = await (choice.tracer ?? noTracer).span(
    {
      name: `${method} ${path}`,
      kind: 'server',
      parent: context.req.header('traceparent'),
      facts: { 'http.request.method': method, 'http.route': path, 'autodevops.endpoint': name },
    },
    respond,
  );
  choice.observe(name, response.status, choice.now() - began);
  return response;
}

/** What needs no right is still not for the pages of a browser, nor under another name. */
async function openly(choice: AppChoice, context: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    checkHost(context, choice.hosts);
    return await answer();
  } catch (error) {
    return failureAnswer(tellError(error, choice.newReference()));
  }
}

/** The Model Context Protocol wants 403 where a page of a browser, or a name of somebody else's, is behind a request. */
async function assisted(choice: AppChoice, context: Context, mcp: NonNullable<AppChoice['mcp']>): Promise<Response> {
  const refused = await openly(choice, context, async () => new Response(null));
  if (!refused.ok) return Response.json(await refused.json(), { status: 403, headers: safeHeaders });
  return await answered(
    choice,
    { name: 'mcp', path: '/mcp' },
    context,
    async () => await mcp(context.req.raw, (await admitted(choice, 'read', context)).actor),
  );
}

/** The HTTP application: every endpoint of the table, its document and its metrics, the door of other assistants; nothing else. */
export function createApp(choice: AppChoice): Hono {
  const app = new Hono();
  for (const [name, endpoint] of Object.entries(endpoints) as [keyof Handlers, Endpoint][]) {
    app.on(endpoint.method, endpoint.path, (context) =>
      answered(
        choice,
        { name, path: endpoint.path },
        context,
        async () => await serve(choice, name, endpoint, context),
      ),
    );
  }
  const { mcp } = choice;
  if (mcp !== undefined) app.all('/mcp', (context) => assisted(choice, context, mcp));
  app.get('/openapi.json', (context) =>
    openly(choice, context, async () => Response.json(choice.openapi(), { headers: safeHeaders })),
  );
  app.get('/metrics', (context) =>
    openly(
      choice,
      context,
      async () =>
        new Response(await choice.metrics(), {
          headers: { ...safeHeaders, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
        }),
    ),
  );
  app.get('/livez', () => new Response('ok', { headers: safeHeaders }));
  app.notFound((context) =>
    failureAnswer(
      tellError(
        new AutoDevOpsError(
          'object.not-found',
          `There is no ${context.req.method} ${context.req.path.slice(0, 100)} here.`,
          'See /openapi.json.',
        ),
        choice.newReference(),
      ),
    ),
  );
  return app;
}
