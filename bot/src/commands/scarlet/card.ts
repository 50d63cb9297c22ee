import type { Change } from '@autodevops/domain/change/change';
import type { Surroundings } from '../../handling/handler.ts';
import { changeCard } from '../../rendering/change/change-card.ts';
import { privately } from '../sub-command.ts';
import type { Reply } from '../sub-command.ts';

/** A change with its buttons, for the asker: a yes is to what stands above it. For everybody it stands in its thread. */
export async function cardReply(change: Change, { agent, signal }: Surroundings): Promise<Reply> {
  const { name } = await agent.cluster({}, { signal });
  return privately(changeCard(change, { cluster: name }));
}
