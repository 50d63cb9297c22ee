import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

const shape = /^inc-[a-z0-9]{6,32}$/;

/** The id that a person gave, or that of the newest incident for `last`. Throws `usage`. */
export async function incidentIdFrom(
  given: string | undefined,
  agent: Pick<AgentClient, 'incidents'>,
  signal: AbortSignal,
): Promise<string> {
  if (given === undefined) {
    throw new AutoDevOpsError('usage', 'Which incident?', 'Give one id, or last. /incident list shows them.');
  }
  if (shape.test(given)) return given;
  if (given.toLowerCase() !== 'last') {
    throw new AutoDevOpsError(
      'usage',
      `"${oneLine(given, 60)}" is not the id of an incident.`,
      'Ids begin with inc-; last is the newest one. /incident list shows them.',
    );
  }
  const {
    incidents: [newest],
  } = await agent.incidents({ query: { limit: 1 } }, { signal });
  if (newest === undefined) {
    throw new AutoDevOpsError('usage', 'There is no incident.', 'Open one: /incident open "what is wrong"');
  }
  return newest.id;
}
