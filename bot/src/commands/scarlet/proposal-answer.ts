import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Surroundings } from '../../handling/handler.ts';
import { rehearsalMessage } from '../../rendering/change/rehearsal-message.ts';
import { privately } from '../sub-command.ts';
import type { Reply } from '../sub-command.ts';
import { cardReply } from './card.ts';
import type { Fixable } from './proposal-choice.ts';
import { rehearse } from './rehearse.ts';

/**
 * Proposes the first way that can be planned, and shows its card. What the policy forbids is only shown; so is, without
 * `isSaid`, what nobody has to agree to: it is done as soon as it is proposed, so the asker has to have seen it.
 */
export async function proposalAnswer(
  fixable: Fixable,
  ways: readonly ActionRequest[],
  isSaid: boolean,
  surroundings: Surroundings,
): Promise<Reply> {
  const { agent, signal } = surroundings;
  const { body, rehearsal } = await rehearse(fixable, ways, surroundings);
  const { tier } = rehearsal.decision;
  if (tier === 'forbidden' || (tier === 'auto' && !isSaid)) {
    return privately(rehearsalMessage(fixable.cause, rehearsal));
  }
  return await cardReply(await agent.propose({ body }, { signal }), surroundings);
}
