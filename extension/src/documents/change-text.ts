import type { Change } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Facts, Plan } from '@autodevops/domain/change/plan';
import { printable } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import { section, textOf } from './lines.ts';

function endpointsLine(share: number): string {
  return share === 0
    ? t('None of their ready endpoints is touched.')
    : t('It touches up to {0} % of the ready endpoints of one of them.', Math.max(1, Math.round(share * 100)));
}

/** How far a plan reaches, as sentences; what could not be found out is said too. */
export function reachLines({
  blastRadius,
  disruptionsAllowed,
  managedBy,
  reversible,
  notes,
}: Facts): readonly string[] {
  const namespaces = blastRadius?.namespaces.join(', ') || t('no namespace');
  const reach =
    blastRadius === undefined
      ? [t('How far it reaches could not be found out.')]
      : [
          blastRadius.objects === 1
            ? t('One object in {0}', namespaces)
            : t('{0} objects in {1}', blastRadius.objects, namespaces),
          blastRadius.services.length === 0
            ? t('No Service routes to them.')
            : t('Services: {0}', blastRadius.services.join(', ')),
          ...(blastRadius.services.length === 0 ? [] : [endpointsLine(blastRadius.shareOfReadyEndpoints)]),
        ];
  return [
    ...reach,
    ...(disruptionsAllowed === undefined ? [] : [t('Its disruption budget allows {0} more now.', disruptionsAllowed)]),
    ...(managedBy ?? []).map(({ tool, owner }) => t('{0} manages it ({1}) and may put it back.', tool, owner)),
    reversible ? t('It can be taken back.') : t('It cannot be taken back.'),
    ...notes,
  ];
}

/** Who has to agree, and what asks for it: the strictest rule speaks first. */
export function decisionReason(decision: Decision): string {
  const why = decision.voices[0]?.why ?? '';
  return why === '' ? decisionSentence(decision) : `${decisionSentence(decision)} ${why}`;
}

/** Who has to agree, in one sentence. */
export function decisionSentence({ tier }: Pick<Decision, 'tier'>): string {
  if (tier === 'auto') return t('The policy lets it be done at once.');
  if (tier === 'one') return t('The policy asks for one yes.');
  return tier === 'two' ? t('The policy asks for the yes of two people.') : t('The policy forbids it.');
}

export function decisionLines(decision: Decision): readonly string[] {
  return [decisionSentence(decision), ...decision.voices.map(({ rule, tier, why }) => `${rule} (${tier}): ${why}`)];
}

function planLines(plan: Plan): readonly string[] {
  return [
    ...section(
      t('What would be done'),
      plan.actions.map(({ sentences }) => sentences.will),
    ),
    ...section(
      t('What would differ'),
      plan.diff.map(
        ({ object, path, before, after }) =>
          `${object.kind} ${object.name}: ${path}: ${before === '' ? '∅' : before} → ${after === '' ? '∅' : after}`,
      ),
    ),
    ...section(t('How far it reaches'), reachLines(plan.facts)),
    ...section(
      t('What would take it back'),
      plan.actions.map(({ undo }) => undo.why).filter((why) => why !== ''),
    ),
  ];
}

/** A rehearsal, before anything is proposed. */
export function rehearsalText(plan: Plan, decision: Decision): string {
  return textOf([decisionSentence(decision), ...planLines(plan), ...section(t('Decision'), decisionLines(decision))]);
}

/** One change, whole. */
export function changeText(change: Change): string {
  const { id, state, says, reason, requester, plan, decision, approvals, steps, createdAt, expiresAt } = change;
  return textOf([
    `${id} · ${state}`,
    printable(says),
    t('Asked for by {0} at {1}: {2}', printable(requester.name), createdAt, printable(reason.text)),
    ...(state === 'waiting' ? [t('Waits until {0}', expiresAt)] : []),
    ...planLines(plan),
    ...(decision === undefined ? [] : section(t('Decision'), decisionLines(decision))),
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
