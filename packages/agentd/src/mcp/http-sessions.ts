import { randomBytes } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AgentClient } from '../client/agent-client.ts';
import { serveMcp } from './server.ts';

/** Other assistants over streamable HTTP (https://modelcontextprotocol.io/specification/2025-06-18/basic/transports). */
export interface McpSessions {
  /** Answers one request of somebody who has shown who he is. */
  readonly answer: (request: Request, actor: Actor) => Promise<Response>;
  readonly close: () => Promise<void>;
}

export interface McpSessionsChoice {
  /** A client that speaks as this actor, and may do what an assistant may. */
  readonly clientOf: (actor: Actor) => AgentClient;
  readonly version: string;
  readonly now: () => number;
  /** Bytes of one request. */
  readonly largestBody: number;
  /** No call takes longer, in milliseconds. */
  readonly answerWithin: number;
}

interface Session {
  readonly account: string;
  readonly began: number;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly server: McpServer;
  usedAt: number;
  /** Requests that are being answered. */
  running: number;
}

/** In milliseconds: unused for so long, and as long as any. */
const idle = 30 * 60_000;
const longest = 8 * 3_600_000;
/** Of one account the one that was used longest ago gives way to a new one; of all together none does. */
const mostOfOne = 10;
const mostOfAll = 200;

type Sessions = Map<string, Session>;

async function end(sessions: Sessions, id: string): Promise<void> {
  const session = sessions.get(id);
  sessions.delete(id);
  await session?.server.close();
}

async function endOld(sessions: Sessions, now: number): Promise<void> {
  const old = [...sessions].filter(
    ([, { running, usedAt, began }]) => (running === 0 && now - usedAt >= idle) || now - began >= longest,
  );
  for (const [id] of old) await end(sessions, id);
}

/** Those that an account had before, as far as they are too many; one that is at work is ended too, if it must be. */
async function endMany(sessions: Sessions, account: string): Promise<void> {
  const own = [...sessions]
    .filter(([, session]) => session.account === account)
    .toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
  for (const [id] of own.slice(0, Math.max(0, own.length - mostOfOne))) await end(sessions, id);
}

async function begin(
  sessions: Sessions,
  actor: Actor,
  { clientOf, version, now, largestBody }: McpSessionsChoice,
): Promise<Session> {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomBytes(24).toString('base64url'),
    onsessioninitialized: async (id) => {
      sessions.set(id, session);
      await endMany(sessions, actor.account);
    },
    onsessionclosed: (id) => void sessions.delete(id),
    // Our tools answer once and say nothing unasked, so no stream has to be kept open for them.
    enableJsonResponse: true,
    maxRequestBodySize: largestBody,
  });
  const server = await serveMcp(
    (shown) => clientOf((shown?.extra?.['actor'] as Actor | undefined) ?? actor),
    transport,
    version,
  );
  const session: Session = { account: actor.account, began: now(), transport, server, usedAt: now(), running: 0 };
  return session;
}

function noSuchSession(): AutoDevOpsError {
  return new AutoDevOpsError('object.not-found', 'There is no such session, or it has ended.', 'Begin a new one.');
}

/** The session that a request names, which has to be the caller's own; a new one where it names none. */
async function sessionFor(
  sessions: Sessions,
  request: Request,
  actor: Actor,
  choice: McpSessionsChoice,
): Promise<Session> {
  const id = request.headers.get('mcp-session-id');
  if (id === null) {
    if (sessions.size >= mostOfAll) {
      throw new AutoDevOpsError(
        'agent.busy',
        'Too many assistants are connected at once.',
        'End a session, or try again later.',
      );
    }
    return await begin(sessions, actor, choice);
  }
  const session = sessions.get(id);
  if (session === undefined || session.account !== actor.account) throw noSuchSession();
  return session;
}

async function answer(
  sessions: Sessions,
  request: Request,
  actor: Actor,
  choice: McpSessionsChoice,
): Promise<Response> {
  if (request.method !== 'POST' && request.method !== 'DELETE') {
    return new Response(null, { status: 405, headers: { allow: 'POST, DELETE' } });
  }
  await endOld(sessions, choice.now());
  const session = await sessionFor(sessions, request, actor, choice);
  session.running += 1;
  try {
    // What a call may do is decided anew each time, by who makes it now.
    const gone = AbortSignal.any([request.signal, AbortSignal.timeout(choice.answerWithin)]);
    return await session.transport.handleRequest(request, {
      authInfo: { token: '', clientId: actor.account, scopes: [], extra: { actor, gone } },
    });
  } finally {
    session.running -= 1;
    session.usedAt = choice.now();
    // A request that began nothing leaves nothing behind.
    if (session.transport.sessionId === undefined) await session.server.close();
  }
}

/** Sessions of assistants: each is one account's, bounded in number and in time. */
export function mcpSessions(choice: McpSessionsChoice): McpSessions {
  const sessions: Sessions = new Map();
  return {
    answer: async (request, actor) => await answer(sessions, request, actor, choice),
    close: async () => {
      for (const id of sessions.keys()) await end(sessions, id);
    },
  };
}
