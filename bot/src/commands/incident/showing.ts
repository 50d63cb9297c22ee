import type { Incident } from '@autodevops/domain/incident/incident';
import type { Surroundings } from '../../handling/handler.ts';
import { incidentCard } from '../../rendering/incident/incident-card.ts';
import type { Reply } from '../sub-command.ts';

/** An incident as it stands now. */
export async function incidentReply(
  incident: Incident,
  { agent, signal }: Pick<Surroundings, 'agent' | 'signal'>,
): Promise<Reply> {
  const { name } = await agent.cluster({}, { signal });
  return { render: () => incidentCard(incident, { cluster: name }), isShareable: true };
}
