import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentClient } from '../client/agent-client.ts';
import type { AgentClient } from '../client/agent-client.ts';

export interface AgentClientChoice {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Undefined where nobody has to show who he is. */
  readonly token: string | undefined;
  /** The trace that this process is a part of, as TRACEPARENT names it; what is none is left out. */
  readonly traceparent?: string | undefined;
}

const traceContext = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A client of an agent. */
export function agentClientOf({ fetch, token, traceparent = '' }: AgentClientChoice): AgentClient {
  return agentClient({
    address: 'http://localhost',
    fetch,
    token: async () => token,
    traceparent: () => (traceContext.test(traceparent) ? traceparent : undefined),
    newKey: () => randomUUID(),
    wait: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
    },
  });
}
