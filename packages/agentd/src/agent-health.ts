import type { AgentParts } from './agent-parts.ts';
import { longestStaleness } from './services/cluster/warm-reader.ts';
import type { HandlerChoice } from './services/handlers.ts';

/** What is held of the cluster in memory; it is not needed to be well, because the cluster itself can be asked. */
function memoryHealth(age: number | undefined): readonly { name: string; well: boolean; says: string }[] {
  if (age === undefined) return [];
  if (!Number.isFinite(age)) return [{ name: 'memory of the cluster', well: false, says: 'is being filled' }];
  return [
    { name: 'memory of the cluster', well: age <= longestStaleness, says: `in step ${Math.round(age / 1000)} s ago` },
  ];
}

/** So far the machine's clock may be behind, in milliseconds, before it is said. */
const mostBehind = 60_000;

/** The agent goes on by the time that has passed, so it is not needed to be well. */
function clockHealth(behind: number): readonly { name: string; well: boolean; says: string }[] {
  if (behind <= mostBehind) return [];
  return [
    {
      name: 'clock',
      well: false,
      says: `was set back by ${Math.round(behind / 60_000)} min; until it has caught up, or the agent is started anew, time is what has passed since the agent began`,
    },
  ];
}

/** Whether each part that an answer needs is well, each in its own words. */
export async function healthOf(
  { version, store, cluster, watching, clockBehind }: AgentParts,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<HandlerChoice['health']>>> {
  const check = async (
    name: string,
    look: () => Promise<unknown>,
  ): Promise<{ name: string; well: boolean; says: string }> =>
    await look().then(
      () => ({ name, well: true, says: 'answers' }),
      (error: unknown) => ({ name, well: false, says: error instanceof Error ? error.message : 'does not answer' }),
    );
  const parts = await Promise.all([
    check('store', () => store.audit.head()),
    check('cluster', () =>
      cluster.get({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'default' }, { signal }),
    ),
  ]);
  return {
    version,
    ready: parts.every(({ well }) => well),
    parts: [...parts, ...memoryHealth(watching.age()), ...clockHealth(clockBehind())],
  };
}
