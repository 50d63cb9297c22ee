import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

const shape = /^chg-[a-z0-9]{6,32}$/;

/** The id that a person gave, or that of the newest change for `last`. Throws `usage`. */
export async function changeIdFrom(
  given: string | undefined,
  agent: Pick<AgentClient, 'changes'>,
  signal: AbortSignal,
): Promise<string> {
  if (given === undefined) {
    throw new AutoDevOpsError(
      'usage',
      'Which change?',
      'Give one id, or last. /scarlet status shows those that are open.',
    );
  }
  if (shape.test(given)) return given;
  if (given.toLowerCase() !== 'last') {
    throw new AutoDevOpsError(
      'usage',
      `"${oneLine(given, 60)}" is not the id of a change.`,
      'Ids begin with chg-; last is the newest one. /scarlet status shows those that are open.',
    );
  }
  const {
    changes: [newest],
  } = await agent.changes({ query: { limit: 1 } }, { signal });
  if (newest === undefined) {
    throw new AutoDevOpsError('usage', 'No change was ever proposed here.', 'Propose one: /scarlet propose deploy/web');
  }
  return newest.id;
}
