import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { agentClient } from '../client/agent-client.ts';
import type { Way } from '../http/admission.ts';
import { largestBody } from '../http/read-input.ts';
import type { McpSessions } from './http-sessions.ts';

export interface AssistantsChoice {
  readonly version: string;
  readonly clock: Clock;
  readonly newId: (length: number) => string;
  /** No call takes longer, in milliseconds. */
  readonly longest: number;
  /** The agent's own application, without a network. */
  readonly fetch: (request: Request, way: Way) => Promise<Response>;
}

async function open({ version, clock, newId, longest, fetch }: AssistantsChoice): Promise<McpSessions> {
  const { mcpSessions } = await import('./http-sessions.ts');
  return mcpSessions({
    version,
    largestBody,
    now: () => clock.now(),
    answerWithin: longest,
    clientOf: (actor) =>
      agentClient({
        address: 'http://localhost',
        fetch: async (request) =>
          await fetch(request, { overNetwork: false, atMost: 'propose', actor: { ...actor, surface: 'mcp' } }),
        token: async () => undefined,
        newKey: () => `mcp-${newId(24)}`,
        wait: (milliseconds, signal) => clock.wait(milliseconds, signal),
      }),
  });
}

/**
 * Other assistants at `/mcp`. Each call of theirs goes through the same door as any request, as whoever let them in, and
 * to proposing at most. The protocol's library is loaded for the first of them.
 */
export function assistantsOverHttp(choice: AssistantsChoice): McpSessions {
  let opened: Promise<McpSessions> | undefined;
  return {
    answer: async (request, actor) => {
      opened ??= open(choice);
      return await (await opened).answer(request, actor);
    },
    close: async () => {
      await (await opened)?.close();
    },
  };
}
