import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Decision } from '@autodevops/domain/change/decision';
import { stricter } from '@autodevops/domain/change/decision';
import type { Facts, Plan } from '@autodevops/domain/change/plan';
import { refText } from '@autodevops/domain/object-ref';
import { steadyActions } from './digest.ts';

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function operationsDiffer(before: Plan, now: Plan): readonly string[] {
  const [old, fresh] = [steadyActions(before), steadyActions(now)];
  return before.actions.flatMap((action, index) =>
    same(old[index], fresh[index])
      ? []
      : [
          `What would be done to ${refText(action.request.target)} is no longer the same: ${now.actions[index]?.sentences.will ?? ''}`,
        ],
  );
}

function outsideOf(before: readonly string[], now: readonly string[]): readonly string[] {
  return now.filter((name) => !before.includes(name));
}

/** Fewer pods behind a Service than before is worse, and so is everything that reaches further. */
function wider(before: Facts, now: Facts): readonly string[] {
  const [old, fresh] = [before.blastRadius, now.blastRadius];
  if (old === undefined) return [];
  if (fresh === undefined) return ['Who would notice can no longer be found out.'];
  const services = outsideOf(old.services, fresh.services);
  const namespaces = outsideOf(old.namespaces, fresh.namespaces);
  return [
    ...(services.length === 0 ? [] : [`It would touch Service ${services.join(', ')} too.`]),
    ...(namespaces.length === 0 ? [] : [`It would reach into namespace ${namespaces.join(', ')} too.`]),
    ...(fresh.objects > old.objects ? [`It would touch ${fresh.objects} objects, not ${old.objects}.`] : []),
    ...(fresh.shareOfReadyEndpoints > old.shareOfReadyEndpoints
      ? [
          `It would touch ${Math.round(fresh.shareOfReadyEndpoints * 100)} % of a Service's ready endpoints, not ${Math.round(old.shareOfReadyEndpoints * 100)} %.`,
        ]
      : []),
  ];
}

function otherOwner(before: Facts, now: Facts): readonly string[] {
  const owners = ({ managedBy }: Facts): string =>
    managedBy === undefined
      ? 'somebody unknown'
      : managedBy
          .map(({ owner }) => owner)
          .toSorted()
          .join(', ') || 'nobody';
  return owners(before) === owners(now) ? [] : [`It is managed by ${owners(now)} now, and was by ${owners(before)}.`];
}

/**
 * What is different in a plan that was made again, one sentence each; empty when what was agreed to still holds. What
 * would be sent has to be the same; how far it reaches may only have become less.
 */
export function planDifferences(before: Plan, now: Plan): readonly string[] {
  const operations = operationsDiffer(before, now);
  const fields =
    operations.length > 0 || same(before.diff, now.diff)
      ? []
      : ['Other fields would differ afterwards than were shown.'];
  const undo = before.facts.reversible === now.facts.reversible ? [] : ['Whether it can be taken back has changed.'];
  return [...operations, ...fields, ...undo, ...otherOwner(before.facts, now.facts), ...wider(before.facts, now.facts)];
}

/** What is different in a decision that was made again. A policy of another version was never agreed to. */
export function decisionDifferences(before: Decision, now: Decision): readonly string[] {
  if (before.policyVersion !== now.policyVersion) return ['The policy has changed since.'];
  if (stricter(before.tier, now.tier) === before.tier) return [];
  return [`The policy says ${now.tier} now, and said ${before.tier}: ${now.voices[0]?.why ?? ''}`];
}
