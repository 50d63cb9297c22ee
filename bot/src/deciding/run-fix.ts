import { AutoDevOpsError } from '@autodevops/domain/errors';
import { waysFor } from '../commands/scarlet/proposal-choice.ts';
import type { Fixable } from '../commands/scarlet/proposal-choice.ts';
import { rehearse } from '../commands/scarlet/rehearse.ts';
import { handler } from '../handling/handler.ts';
import type { Surroundings } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { rehearsalMessage } from '../rendering/change/rehearsal-message.ts';
import { Click } from './click.ts';
import { clickedCause, isSameCause, scopeOf } from './clicked-cause.ts';
import type { ClickedCause } from './clicked-cause.ts';
import { claimFix } from './fix-claim.ts';
import { linkToIncident } from './link-to-incident.ts';
import { whisperTo } from './whisper.ts';

async function fixableOf({ cause }: ClickedCause, { agent, signal }: Surroundings): Promise<Fixable> {
  const { fixes } = await agent.fixes({ body: scopeOf(cause) }, { signal });
  const found = fixes.find((one) => isSameCause(one.cause, cause));
  if (found === undefined) {
    throw new AutoDevOpsError(
      'change.stale',
      'Jamie does not see this cause at the moment.',
      'Ask her what is wrong now: mention me in this thread.',
    );
  }
  return found;
}

/**
 * Proposes what would help, in the name of who clicked: the bot itself may propose nothing. What the policy forbids, or
 * lets be done without anybody's yes, is only shown to him: nothing is done by a button that says "propose".
 */
export const runFix = handler<Click>({
  name: `action.${actionIds.runFix}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    const { agent, signal } = surroundings;
    const clicked = await clickedCause(click, surroundings);
    const fixable = await fixableOf(clicked, surroundings);
    const { body, rehearsal } = await rehearse(
      fixable,
      waysFor(fixable, { action: undefined, values: {} }),
      surroundings,
    );
    const { tier } = rehearsal.decision;
    if (tier === 'forbidden' || tier === 'auto') {
      return await whisperTo(click, rehearsalMessage(fixable.cause, rehearsal), surroundings);
    }
    const { proposed, givenUp } = await claimFix(clicked, surroundings);
    const change = await agent.propose({ body }, { signal }).catch(async (error: unknown) => {
      await givenUp();
      throw error;
    });
    await linkToIncident(change, clicked.incident.id, surroundings);
    await proposed(change.id);
  },
});
