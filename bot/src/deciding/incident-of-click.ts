import type { Incident } from '@autodevops/domain/incident/incident';
import type { Surroundings } from '../handling/handler.ts';
import { incidentOfKey } from '../threads/message-keys.ts';
import { messageAt, oldButton, placeOf } from './click.ts';
import type { Click } from './click.ts';

/**
 * The incident that a button is about. In a thread of the bot it has to be that thread's; elsewhere (an answer that was
 * shared, say) the agent knows it or does not.
 */
export async function clickedIncident(id: string, click: Click, surroundings: Surroundings): Promise<Incident> {
  const { agent, customer, signal } = surroundings;
  if (!/^inc-[a-z0-9]{6,32}$/.test(id)) throw oldButton();
  const kept = await messageAt(placeOf(click), surroundings);
  const thread = kept === undefined ? undefined : incidentOfKey(customer, kept.key);
  if (thread !== undefined && thread !== id) throw oldButton();
  return await agent.incident({ params: { id } }, { signal });
}
