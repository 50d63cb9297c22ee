import { AutoDevOpsError } from '@autodevops/domain/errors';
import { linkedPerson } from '../commands/autodevops/linked-person.ts';
import type { Surroundings } from '../handling/handler.ts';
import type { HomeState } from '../rendering/home/home-view.ts';

/** As many as are asked for; the view shows those that have room, and says how many are left. */
const mostAsked = 100;

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
  const { changes } = await agent.changes({ query: { open: 'true', limit: mostAsked } }, { signal });
  return changes.filter(({ awaitsYou, yours }) => awaitsYou && !yours);
}

/** What one person sees of his customer's agent now. */
export async function homeState(surroundings: Surroundings): Promise<HomeState> {
  const { agent, actor, signal, now } = surroundings;
  const asOf = now().toISOString();
  const person = await linkedPerson(surroundings);
  if (person === undefined) {
    return { person: { name: actor.user.name, isLinked: false, hasAddress: actor.vouchedEmail !== undefined }, asOf };
  }
  const [cluster, health, killSwitch, incidents, waiting] = await Promise.all([
    ifTold(async () => await agent.cluster({}, { signal })),
    ifTold(async () => await agent.health({}, { signal })),
    ifTold(async () => await agent.killSwitch({}, { signal })),
    ifTold(async () => (await agent.incidents({ query: { ongoing: 'true', limit: mostAsked } }, { signal })).incidents),
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
