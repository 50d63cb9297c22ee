import type { KnownBlock } from '@slack/types';
import type { Change, ChangeState } from '@autodevops/domain/change/change';
import { changeTense } from '@autodevops/domain/change/change-tense';
import { actionIds, approvalValue } from '../action-ids.ts';
import { button, buttons, confirmation } from '../blocks/buttons.ts';
import { header, smallPrint } from '../blocks/plain-blocks.ts';
import { fit, messageBounds } from '../budget/fit.ts';
import type { Part } from '../budget/fit.ts';
import { always, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, line, richText, when, words } from '../text/rich-text.ts';
import { changeHeadings, changeMarks } from './change-words.ts';
import { approvalParts, stepParts } from './change-progress.ts';
import { decisionParts, isEverySentenceWhole, planParts, reasonParts } from './plan-parts.ts';

export interface ChangeCardView {
  readonly cluster: string;
}

/** What of the card is shown only where there is room, and still leaves the plan whole. */
const besideThePlan: readonly string[] = ['reason', 'rule', 'yes', 'step'];

const underWay: readonly ChangeState[] = ['executing', 'verifying'];
/** Ends after which what was done may still be taken back, by a new change. */
const tookPlace: readonly ChangeState[] = ['succeeded', 'failed', 'unknown'];
const dropped: readonly ChangeState[] = ['rejected', 'forbidden', 'expired', 'cancelled', 'superseded'];

function head({ state, says }: Change): readonly KnownBlock[] {
  return [header(`${changeMarks[state]} ${changeHeadings[state]}`), ...richText(line(words(says, 1000)))];
}

function waits({ state, digest }: Change): boolean {
  return state === 'waiting' && digest !== '';
}

function proposalButtons(change: Change, isWhole: boolean): readonly KnownBlock[] {
  const { id } = change;
  return buttons(
    isWhole ? button(actionIds.approve, 'Approve', approvalValue(change), { style: 'primary' }) : undefined,
    button(actionIds.reject, 'Reject', id, { style: 'danger' }),
    button(actionIds.showDiff, 'Show diff', id),
    button(actionIds.ask, 'Ask', id),
  );
}

function isUndoable({ state, steps, plan }: Change): boolean {
  if (underWay.includes(state)) return true;
  const done = steps.filter(({ step, outcome }) => step.direction === 'forward' && outcome === 'done');
  return (
    tookPlace.includes(state) && done.some(({ step }) => (plan.actions[step.action]?.undo.operations.length ?? 0) > 0)
  );
}

function laterButtons(change: Change): readonly KnownBlock[] {
  const { id, state } = change;
  const asks = underWay.includes(state)
    ? 'It stops, and what was done is taken back.'
    : 'A new change is proposed that takes it back.';
  return buttons(
    isUndoable(change)
      ? button(actionIds.undo, 'Undo', id, {
          style: 'danger',
          confirm: confirmation('Take it back?', asks, 'Take it back'),
        })
      : undefined,
    button(actionIds.showDiff, 'Show diff', id),
  );
}

function cutNotice({ id }: Change): readonly KnownBlock[] {
  return richText(
    line(
      bold('This plan is too long to be shown whole here, so it cannot be approved here. '),
      words(`See it in the editor or by autodevops change show ${id}, and decide there.`),
    ),
  );
}

function smallParts({ id, digest, expiresAt, state }: Change, { cluster }: ChangeCardView): Part {
  const limit = state === 'waiting' || state === 'approved' ? richText(line(words('Expires '), when(expiresAt))) : [];
  return always([
    ...limit,
    ...smallPrint(`${id} · cluster ${cluster}${digest === '' ? '' : ` · digest ${digest.slice(0, 16)}`}`),
  ]);
}

/** In one line: a decision that is final leaves the plan's sentences and no buttons. */
function droppedCard(change: Change, view: ChangeCardView): readonly Part[] {
  return [
    always(head(change)),
    ...planParts(change.plan, 'dropped').filter(({ noun }) => noun === 'action'),
    ...approvalParts(change),
    smallParts(change, view),
  ];
}

function cardParts(change: Change, view: ChangeCardView, isWhole: boolean): readonly Part[] {
  const { state, plan, decision } = change;
  if (dropped.includes(state)) return droppedCard(change, view);
  const isWaiting = waits(change);
  return [
    always(head(change)),
    ...planParts(plan, changeTense(state)),
    ...(isWaiting && !isWhole ? [always(cutNotice(change))] : []),
    ...(decision === undefined || (!isWaiting && state !== 'approved' && state !== 'proposed')
      ? []
      : decisionParts(decision)),
    ...approvalParts(change),
    ...stepParts(change),
    ...reasonParts(change),
    smallParts(change, view),
    always(isWaiting ? proposalButtons(change, isWhole) : laterButtons(change)),
  ];
}

/** Whether a card can show all of the plan that a yes would be about. */
export function isShownWhole(change: Change, view: ChangeCardView): boolean {
  const { left } = fit(cardParts(change, view, true), messageBounds);
  return isEverySentenceWhole(change.plan) && [...left.keys()].every((noun) => besideThePlan.includes(noun));
}

/**
 * A change in its thread, from the typed plan: what it does, how far it reaches, who may approve; later who agreed, what
 * is done and how it ended. Approve is offered only where the whole plan stands above it.
 */
export function changeCard(change: Change, view: ChangeCardView): SlackMessage {
  const { id, state, plan, says } = change;
  const will = plan.actions.map(({ sentences }) => sentences.will).join(' ');
  return message(
    `${changeMarks[state]} ${changeHeadings[state]}: ${mrkdwn(waits(change) ? will : says, 300)}`,
    cardParts(change, view, isShownWhole(change, view)),
    `autodevops change show ${id} has all of it.`,
  );
}
