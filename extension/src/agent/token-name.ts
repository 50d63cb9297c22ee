import type { AgentWanted } from './agent-launcher.ts';

/** Under which name the editor keeps the token that is shown to this agent: each has its own. */
export function tokenName({ context, config }: Pick<AgentWanted, 'context' | 'config'>): string {
  return `agentToken:${JSON.stringify([context ?? '', config ?? ''])}`;
}
