import type { AgentSettings } from './agent-settings.ts';

/**
 * What is shown to the agent of these settings with every call: AUTODEVOPS_TOKEN, if it is set. Undefined where nobody
 * has to show who he is: whoever reaches a local agent by its socket, or has it inside of the process, is its user.
 */
export function agentToken(
  { configuration: { mode, listen, client } }: Pick<AgentSettings, 'configuration'>,
  env: Readonly<Record<string, string | undefined>>,
  inside: boolean,
): string | undefined {
  const known = mode === 'local' && (inside || (listen.kind === 'socket' && client.address === undefined));
  return known ? undefined : env['AUTODEVOPS_TOKEN'] || undefined;
}
