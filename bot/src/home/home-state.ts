import { AutoDevOpsError } from '@autodevops/domain/errors';
import { linkedPerson } from '../commands/autodevops/linked-person.ts';
import type { Surroundings } from '../handling/handler.ts';
import type { HomeState } from '../rendering/home/home-view.ts';

const mostIncidents = 20;
const mostWaiting = 20;

/** What the agent does not tell now is left out of the view, which says so. */
async function ifTold<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AutoDevOpsError) return undefined;
    throw error;
  }
}

/** Whose yes counts is judged by the agent, for the person who asks. */
async function approvals({ agent, signal }: Surroundings): Promise<NonNullable<HomeState['approvals']>> {
  const { changes } = await agent.changes({ query: { open: 'true', limit: 100 } }, { signal });
  return changes.filter(({ awaitsYou, yours }) => awaitsYou && !yours).slice(0, mostWaiting);
}

/** What one person sees of his customer's agent now. */
export async function homeState(surroundings: Surroundings): Promise<HomeState> {
  const { agent, actor, signal, now } = surroundings;
  const asOf = now().toISOString();
  const person = await linkedPerson(surroundings);
  if (person === undefined) return { person: { name: actor.user.name, isLinked: false }, asOf };
  const [cluster, health, killSwitch, incidents, waiting] = await Promise.all([
    ifTold(async () => await agent.cluster({}, { signal })),
    ifTold(async () => await agent.health({}, { signal })),
    ifTold(async () => await agent.killSwitch({}, { signal })),
    ifTold(
      async () => (await agent.incidents({ query: { ongoing: 'true', limit: mostIncidents } }, { signal })).incidents,
    ),
    ifTold(async () => await approvals(surroundings)),
  ]);
  return {
    person: { name: person.name, isLinked: true },
    cluster,
    health,
    killSwitch,
    incidents,
    approvals: waiting,
    asOf,
  };
}
