import { z } from 'zod';
import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { FromMessage } from '../forms/form-subject.ts';
import type { Surroundings } from '../handling/handler.ts';
import { changeCard } from '../rendering/change/change-card.ts';
import { shownView } from '../rendering/forms/shown-view.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import { changeOfCardKey, messageKeys } from '../threads/message-keys.ts';
import { wanted } from '../threads/wanted.ts';
import { isPrivate, messageAt, oldButton, placeOf } from './click.ts';
import type { Click } from './click.ts';

/** Ids of changes are as an agent makes them. */
const changeId = z.string().regex(/^chg-[a-z0-9]{6,32}$/);
/** What a form about a change carries. */
export const OfChange = FromMessage.extend({ change: changeId });

export function changeIdIn(value: string): string {
  const read = changeId.safeParse(value);
  if (!read.success) throw oldButton();
  return read.data;
}

/**
 * The change whose card was clicked. The card has to be the one that the bot put there for this customer and this
 * change, or an answer that only who clicked can see. Throws otherwise, before anything is asked of the agent.
 */
export async function clickedChange(id: string, click: Click, surroundings: Surroundings): Promise<Change> {
  const { agent, customer, signal } = surroundings;
  if (!isPrivate(click)) {
    const kept = await messageAt(placeOf(click), surroundings);
    if (kept === undefined || changeOfCardKey(customer, kept.key) !== id) throw oldButton();
  }
  return await agent.change({ params: { id } }, { signal });
}

/** In how many looks in a row the change may have moved on before it is left to those who follow it. */
const mostLooks = 3;

/** Wants the card of a change as it stands now, where it has one; looks again, so that nothing older is left standing. */
export async function refreshCard(
  change: Change,
  { agent, store, customer, signal }: Surroundings,
): Promise<SlackMessage> {
  const { name: cluster } = await agent.cluster({}, { signal });
  for (let [look, present] = [1, change]; ; look += 1) {
    const card = changeCard(present, { cluster });
    const kept = await store.messages.byKey(messageKeys.card(customer, change.id));
    if (kept !== undefined && kept.customer === customer) {
      await store.messages.want([wanted(kept.key, customer, kept.place, card)]);
    }
    const after = await agent.change({ params: { id: change.id } }, { signal });
    if (after.sequence === present.sequence || look >= mostLooks) return card;
    present = after;
  }
}

/** The same, and in the private answer or the window that was clicked in. */
export async function refreshWhereClicked(change: Change, click: Click, surroundings: Surroundings): Promise<void> {
  const card = await refreshCard(change, surroundings);
  const { slack, signal } = surroundings;
  if (click.view?.type === 'modal') await slack.updateView({ id: click.view.id }, shownView('Change', card), signal);
  else if (isPrivate(click) && click.response_url !== undefined) {
    await slack.respond(click.response_url, { ...card, replacesOriginal: true }, signal);
  }
}

/** The change stands otherwise than it was shown. */
export function changedSince({ id, state }: Change): AutoDevOpsError {
  return new AutoDevOpsError(
    'change.stale',
    state === 'waiting' ? `${id} has changed since it was shown here.` : `${id} waits for nobody's yes any more.`,
    'The message says now how it stands. Look at it again, then decide.',
  );
}
