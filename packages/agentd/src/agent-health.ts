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

/** So far the machine's clock may be off, in milliseconds, before it is said. */
const mostOff = 60_000;

/** The agent goes on by the time that has passed, so it is not needed to be well. */
function clockHealth({
  behind,
  ahead,
}: AgentParts['machineClock']): readonly { name: string; well: boolean; says: string }[] {
  const [back, forwards] = [behind(), ahead()].map((off) => (off > mostOff ? Math.round(off / 60_000) : 0));
  const says = [
    ...(back
      ? [
          `was set back by ${back} min; until it has caught up, or the agent is started anew, time is what has passed since the agent began`,
        ]
      : []),
    ...(forwards
      ? [
          `was set forwards by ${forwards} min; until it is set right, or has stood so for a day, budgets, rests and freezes end by what has passed`,
        ]
      : []),
  ];
  return says.length === 0 ? [] : [{ name: 'clock', well: false, says: says.join('; ') }];
}

/** Whether each part that an answer needs is well, each in its own words. */
export async function healthOf(
  { version, store, cluster, watching, machineClock }: AgentParts,
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
    parts: [...parts, ...memoryHealth(watching.age()), ...clockHealth(machineClock)],
  };
}
