import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentClient } from '@autodevops/agentd/client';
import type { AgentClient } from '@autodevops/agentd/client';

/** A client of an agent; `token` is undefined where nobody has to show who he is. */
export function agentClientOf({ fetch, token }: { readonly fetch: (request: Request) => Promise<Response>; readonly token: string | undefined }): AgentClient {
  return agentClient({
    address: 'http://localhost',
    fetch,
    token: async () => token,
    newKey: () => randomUUID(),
    wait: async (milliseconds, signal) => { await sleep(milliseconds, undefined, { signal }).catch(() => undefined); },
  });
}
