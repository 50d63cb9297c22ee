import type { AgentClient } from '@autodevops/agentd/client';
import { printable } from '@autodevops/domain/printable';
import { usageError } from '../options/usage-error.ts';

const shape = /^inc-[a-z0-9]{6,32}$/;
const listed = '`autodevops incident list` shows them.';

/** The id that a person gave, or that of the newest incident for `last`. Throws `usage`. */
export async function incidentIdFrom(
  given: string | undefined,
  client: Pick<AgentClient, 'incidents'>,
  signal: AbortSignal,
): Promise<string> {
  if (given === undefined) throw usageError('Which incident?', `Give one id, or last. ${listed}`);
  if (shape.test(given)) return given;
  if (given !== 'last') {
    throw usageError(
      `"${printable(given)}" is not the id of an incident.`,
      `Ids begin with inc-; last is the newest one. ${listed}`,
    );
  }
  const {
    incidents: [newest],
  } = await client.incidents({ query: { limit: 1 } }, { signal });
  if (newest === undefined) {
    throw usageError('There is no incident.', 'Open one: autodevops incident open "what is wrong".');
  }
  return newest.id;
}

/** The words behind an id. */
export function wordsAfter([, ...words]: readonly string[]): string {
  return words.join(' ').trim();
}

/** Throws `usage` when something stands behind what a command takes. */
export function nothingAfter(positionals: readonly string[], most: number): void {
  const more = positionals[most];
  if (more !== undefined) throw usageError(`"${printable(more)}" is one too many.`, `Give one id, or last. ${listed}`);
}
