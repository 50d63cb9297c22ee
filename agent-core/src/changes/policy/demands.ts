import type { Actor } from '@autodevops/domain/change/actor';
import type { Decision, Demand, Tier } from '@autodevops/domain/change/decision';

const yeses: Readonly<Record<Tier, number>> = { auto: 0, one: 1, two: 2, forbidden: 0 };

function isMetBy(demand: Demand, other: Demand): boolean {
  if (demand.approvals > other.approvals) return false;
  return (
    demand.roles.length === 0 || (other.roles.length > 0 && other.roles.every((role) => demand.roles.includes(role)))
  );
}

/** What the voices ask for together, without what another of them asks for anyway. */
export function demandsOf(
  voices: readonly { readonly tier: Tier; readonly approvers: readonly string[] }[],
): readonly Demand[] {
  const asked = voices
    .filter(({ tier }) => yeses[tier] > 0)
    .map(({ tier, approvers }): Demand => ({ approvals: yeses[tier], roles: [...new Set(approvers)].toSorted() }));
  const kept: Demand[] = [];
  for (const demand of asked.toSorted(
    (a, b) =>
      b.approvals - a.approvals || b.roles.length - a.roles.length || (a.roles.join(',') < b.roles.join(',') ? -1 : 1),
  )) {
    if (!kept.some((other) => isMetBy(demand, other))) kept.push(demand);
  }
  return kept.filter((demand) => !kept.some((other) => other !== demand && isMetBy(demand, other)));
}

/** Roles whose yes counts for any of the demands; empty where one of them takes anybody's. */
export function rolesOf(demands: readonly Demand[]): readonly string[] {
  if (demands.some(({ roles }) => roles.length === 0)) return [];
  return [...new Set(demands.flatMap(({ roles }) => roles))].toSorted();
}

function peopleOf(approvers: readonly Actor[], roles: readonly string[], tier: Tier): number {
  const counted = approvers.filter(
    ({ kind, person, roles: own }) =>
      kind === 'person' &&
      (person !== '' || tier === 'one') &&
      (roles.length === 0 || own.some((role) => roles.includes(role))),
  );
  return new Set(counted.map(({ person, account }) => (person === '' ? account : person))).size;
}

/**
 * What is still to be agreed to, as sentences; nothing when the yeses are enough. Whether a yes counts at all has been
 * looked at before; here two accounts of one person count once, and one that is linked to nobody is enough for one yes
 * at most.
 */
export function missingYeses(
  decision: Pick<Decision, 'tier' | 'roles' | 'demands'>,
  approvers: readonly Actor[],
): readonly string[] {
  if (decision.tier === 'forbidden') return ['It is forbidden; no yes allows it.'];
  const anyhow = { approvals: yeses[decision.tier], roles: decision.demands === undefined ? decision.roles : [] };
  const demands = (decision.demands ?? []).some((demand) => isMetBy(anyhow, demand))
    ? (decision.demands ?? [])
    : [anyhow, ...(decision.demands ?? [])];
  return demands.flatMap(({ approvals, roles }) => {
    const open = approvals - peopleOf(approvers, roles, decision.tier);
    if (open <= 0) return [];
    return [
      `${open === 1 ? 'One more person' : 'Two people'}${roles.length === 0 ? '' : ` with the role ${roles.join(' or ')}`} must agree.`,
    ];
  });
}
