import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Person } from '@autodevops/domain/change/person';
import { linkedPerson } from '../commands/autodevops/linked-person.ts';
import type { Surroundings } from '../handling/handler.ts';
import type { HomeState } from '../rendering/home/home-view.ts';
import { waitsFor } from './my-approvals.ts';

const mostIncidents = 20;
/** Each is asked for by itself: whose yes counts stands in the change. */
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

async function approvals(
  person: Person,
  { agent, signal }: Surroundings,
): Promise<NonNullable<HomeState['approvals']>> {
  const { changes } = await agent.changes({ query: { open: 'true', limit: 100 } }, { signal });
  const waiting = changes.filter(({ state }) => state === 'waiting').slice(0, mostWaiting);
  const whole = await Promise.all(waiting.map(async ({ id }) => await agent.change({ params: { id } }, { signal })));
  return waiting.filter((_, index) => whole[index] !== undefined && waitsFor(person, whole[index]));
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
    ifTold(async () => await approvals(person, surroundings)),
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
