import type { Change } from '@autodevops/domain/change/change';
import type { Person } from '@autodevops/domain/change/person';

/** Roles with which a person decides at all; the policy may ask for others besides. */
const decides: readonly string[] = ['approver', 'admin'];

/** Whether a change waits for a yes that this person could give: not his own wish, not said yet, and asked of his roles. The agent judges again. */
export function waitsFor(
  { id, roles }: Pick<Person, 'id' | 'roles'>,
  { state, requester, approvals, decision }: Pick<Change, 'state' | 'requester' | 'approvals' | 'decision'>,
): boolean {
  if (state !== 'waiting' || decision === undefined || decision.tier === 'forbidden') return false;
  if (!roles.some((role) => decides.includes(role)) || requester.person === id) return false;
  if (approvals.some(({ actor }) => actor.person === id)) return false;
  const asked = [...decision.roles, ...(decision.demands ?? []).flatMap((demand) => demand.roles)];
  const anybody = decision.roles.length === 0 || (decision.demands ?? []).some((demand) => demand.roles.length === 0);
  return anybody || asked.some((role) => roles.includes(role));
}
