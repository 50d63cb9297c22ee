import { AutoDevOpsError } from '@autodevops/domain/errors';
import { handler } from '../handling/handler.ts';
import { actionIds, readApprovalValue } from '../rendering/action-ids.ts';
import { isShownWhole } from '../rendering/change/change-card.ts';
import { changedSince, clickedChange, refreshWhereClicked } from './change-card-of.ts';
import { Click, oldButton, valueOf } from './click.ts';

/**
 * A yes, in the name of who clicked, to exactly what stood above the button. Whether he may, and whether it counts, is
 * for the agent to say; clicking twice, or the same click again after a crash, is one yes.
 */
export const approveChange = handler<Click>({
  name: `action.${actionIds.approve}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    const { agent, actor, signal } = surroundings;
    const shown = readApprovalValue(valueOf(click));
    if (shown === undefined) throw oldButton();
    const change = await clickedChange(shown.id, click, surroundings);
    const isGiven = change.approvals.some(
      (approval) => approval.actor.account === actor.account && approval.digest === shown.digest,
    );
    if (isGiven || change.digest !== shown.digest || change.state !== 'waiting') {
      await refreshWhereClicked(change, click, surroundings);
      if (isGiven) return;
      throw changedSince(change);
    }
    const { name: cluster } = await agent.cluster({}, { signal });
    if (!isShownWhole(change, { cluster })) {
      throw new AutoDevOpsError(
        'change.refused',
        'This plan is too long to be shown whole here, so it cannot be approved here.',
        `See it in the editor or by autodevops change show ${change.id}, and decide there.`,
      );
    }
    await refreshWhereClicked(
      await agent.approve({ params: { id: change.id }, body: { digest: shown.digest } }, { signal }),
      click,
      surroundings,
    );
  },
});
