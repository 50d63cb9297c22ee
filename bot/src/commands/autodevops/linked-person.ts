import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../../handling/handler.ts';

/** The person whom the agent knows the asker's account by; undefined where it knows nobody. */
export async function linkedPerson({
  agent,
  actor,
  signal,
}: Pick<Surroundings, 'agent' | 'actor' | 'signal'>): Promise<Person | undefined> {
  try {
    const { people } = await agent.people({}, { signal });
    return people.find(({ accounts }) => accounts.includes(actor.account));
  } catch (error) {
    // Whoever is linked may look.
    if (error instanceof AutoDevOpsError && error.code === 'change.not-allowed') return undefined;
    throw error;
  }
}
