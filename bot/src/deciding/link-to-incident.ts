import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../handling/handler.ts';

/** Says in the incident which change is about it, so that its card comes into the thread. What is over or too full takes none. */
export async function linkToIncident(
  { id, plan }: Change,
  incident: string,
  { agent, signal, log }: Surroundings,
): Promise<void> {
  const title = (plan.actions[0]?.sentences.will ?? '').slice(0, 200);
  await agent
    .updateIncident({ params: { id: incident }, body: { link: { title, target: id } } }, { signal })
    .catch((error: unknown) => {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'incident.wrong-state') throw error;
      log('a change could not be linked to its incident', { incident, change: id });
    });
}
