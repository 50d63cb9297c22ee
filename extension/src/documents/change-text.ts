import type { Change } from '@autodevops/domain/change/change';
import { changeTense } from '@autodevops/domain/change/change-tense';
import type { ChangeTense } from '@autodevops/domain/change/change-tense';
import type { Decision, Tier } from '@autodevops/domain/change/decision';
import type { Facts, Plan } from '@autodevops/domain/change/plan';
import { reachSentences } from '@autodevops/domain/change/reach-sentences';
import { printable } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import { section, textOf } from './lines.ts';

/** How far a plan reaches, and what its simulation found, as sentences. */
export function reachLines(facts: Facts, tense: ChangeTense): readonly string[] {
  return [...reachSentences(facts, tense), ...facts.notes];
}

/** What the parts of a plan are called: what it would do, what it did, what it would have done. */
export function planTitles(
  { capturedAt }: Pick<Facts, 'capturedAt'>,
  tense: ChangeTense,
): { readonly difference: string; readonly reach: string } {
  switch (tense) {
    case 'ahead':
      return { difference: t('What would differ'), reach: t('How far it reaches') };
    case 'begun':
    case 'undone':
      return { difference: t('What it changed'), reach: t('How far it reached, as was found at {0}', capturedAt) };
    case 'dropped':
      return {
        difference: t('What would have differed'),
        reach: t('How far it would have reached, as was found at {0}', capturedAt),
      };
  }
}

/** Who has to agree, and what asks for it: the strictest rule speaks first. */
export function decisionReason(decision: Decision): string {
  const why = decision.voices[0]?.why ?? '';
  return why === '' ? decisionSentence(decision) : `${decisionSentence(decision)} ${why}`;
}

const decided: Readonly<Record<Tier, { readonly ahead: () => string; readonly behind: () => string }>> = {
  auto: {
    ahead: () => t('The policy lets it be done at once.'),
    behind: () => t('The policy let it be done at once.'),
  },
  one: { ahead: () => t('The policy asks for one yes.'), behind: () => t('The policy asked for one yes.') },
  two: {
    ahead: () => t('The policy asks for the yes of two people.'),
    behind: () => t('The policy asked for the yes of two people.'),
  },
  forbidden: { ahead: () => t('The policy forbids it.'), behind: () => t('The policy forbade it.') },
};

/** Who has to agree, in one sentence. */
export function decisionSentence({ tier }: Pick<Decision, 'tier'>, tense: ChangeTense = 'ahead'): string {
  return tense === 'ahead' ? decided[tier].ahead() : decided[tier].behind();
}

export function decisionLines(decision: Decision, tense: ChangeTense): readonly string[] {
  return [
    decisionSentence(decision, tense),
    ...decision.voices.map(({ rule, tier, why }) => `${rule} (${tier}): ${why}`),
  ];
}

function workTitle(tense: ChangeTense): string {
  if (tense === 'ahead') return t('What would be done');
  return tense === 'dropped' ? t('What would have been done') : t('What it did');
}

function planLines(plan: Plan, tense: ChangeTense): readonly string[] {
  const titles = planTitles(plan.facts, tense);
  return [
    ...section(
      workTitle(tense),
      plan.actions.map(({ sentences }) => sentences.will),
    ),
    ...section(
      titles.difference,
      plan.diff.map(
        ({ object, path, before, after }) =>
          `${object.kind} ${object.name}: ${path}: ${before === '' ? '∅' : before} → ${after === '' ? '∅' : after}`,
      ),
    ),
    ...section(titles.reach, reachLines(plan.facts, tense)),
    ...section(
      tense === 'ahead' ? t('What would take it back') : t('What takes it back'),
      plan.actions.map(({ undo }) => undo.why).filter((why) => why !== ''),
    ),
  ];
}

/** A rehearsal, before anything is proposed. */
export function rehearsalText(plan: Plan, decision: Decision): string {
  return textOf([
    decisionSentence(decision),
    ...planLines(plan, 'ahead'),
    ...section(t('Decision'), decisionLines(decision, 'ahead')),
  ]);
}

/** One change, whole. */
export function changeText(change: Change): string {
  const { id, state, says, reason, requester, plan, decision, approvals, steps, createdAt, expiresAt } = change;
  const tense = changeTense(state);
  return textOf([
    `${id} · ${state}`,
    printable(says),
    t('Asked for by {0} at {1}: {2}', printable(requester.name), createdAt, printable(reason.text)),
    ...(state === 'waiting' ? [t('Waits until {0}', expiresAt)] : []),
    ...planLines(plan, tense),
    ...(decision === undefined ? [] : section(t('Decision'), decisionLines(decision, tense))),
    ...section(
      t('Yeses'),
      approvals.map(({ actor, time }) => `${actor.name}, ${time}`),
    ),
    ...section(
      t('Steps'),
      steps.map(
        ({ step, outcome, says: told }) =>
          `${step.direction === 'back' ? '↩ ' : ''}${step.action + 1}.${step.operation + 1} ${outcome ?? '…'}${told === '' ? '' : `: ${told}`}`,
      ),
    ),
  ]);
}
