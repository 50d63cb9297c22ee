import type { Cause } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { causeLines } from '../render/cause-lines.ts';
import { cleared } from '../render/cleared.ts';
import { finish } from '../render/change-text.ts';
import { decisionLines, planLines } from '../render/plan-text.ts';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';
import type { ActionRequest, Fixable, Rehearsal } from './fixable.ts';

export interface FixView {
  readonly look: Look;
  readonly everything: boolean;
  /** ISO 8601: what "ago" counts from. */
  readonly now: string;
}

function causeText(cause: Cause, { look, everything, now }: FixView): readonly string[] {
  // What to do is said by the plan below, or by the steps for people.
  return causeLines({ ...cause, nextSteps: [], changes: [] }, look, { everything, now });
}

function heading(look: Look, text: string): string {
  return paint(look, 'bold', text);
}

function otherWays(others: readonly ActionRequest[], { look }: FixView): readonly string[] {
  if (others.length === 0) return [];
  return hang('   ', `Other ways: ${others.map(({ action }) => `--action ${action}`).join(', ')}.`, look.columns).map((line) => paint(look, 'dim', line));
}

/** Beside the cause (left out where it was shown before): what would be done about it exactly, how far that reaches, and who has to agree. */
export function fixText(given: { readonly cause: Cause | undefined; readonly rehearsal: Rehearsal; readonly others: readonly ActionRequest[] }, view: FixView): string {
  const { cause, rehearsal: { plan, decision }, others } = cleared(given);
  const { look, everything } = view;
  return finish([
    ...(cause === undefined ? [] : [...causeText(cause, view), '']),
    heading(look, 'What Scarlet would do'),
    ...planLines(plan, look, everything),
    ...otherWays(others, view),
    '',
    heading(look, 'Who has to agree'),
    ...decisionLines(decision, look, everything),
  ], look);
}

/** A cause that only people can remove, with what they can do, and what else could be fixed. */
export function manualText(given: Fixable, fixable: readonly Fixable[], view: FixView): string {
  const { cause, manual } = cleared(given);
  const { look } = view;
  const others = cleared(fixable).filter((other) => other.proposals.length > 0);
  const label = `   ${paint(look, 'green', symbol(look, 'arrow'))} `;
  return finish([
    ...causeText(cause, view),
    '',
    heading(look, 'Only a person can do this'),
    ...manual.flatMap((step) => hang(label, step, look.columns)),
    ...(others.length === 0 ? [] : ['', heading(look, 'What can be fixed from here')]),
    ...others.slice(0, 5).flatMap(({ cause: { title, object } }) => hang('   ', `${title}: ${refText(object)}`, look.columns)),
  ], look);
}
