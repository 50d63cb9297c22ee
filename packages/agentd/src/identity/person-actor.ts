import type { Actor, Surface } from '@autodevops/domain/change/actor';
import type { People } from '@autodevops/domain/ports/store';
import type { Right, Shown } from '../contract/endpoint.ts';
import { rights } from '../contract/endpoint.ts';

/** Roles that give rights over this agent; a policy may name any others for approvals. */
const rightOfRole: Readonly<Record<string, Right>> = {
  viewer: 'read',
  operator: 'propose',
  approver: 'decide',
  admin: 'administer',
};

/** The role of what tells of alerts. No account of a person has it, and it gives no other right. */
export const alertSource = 'alert-source';

export function mayDo(actor: Actor, right: Shown): boolean {
  if (right === 'alert') {
    return (actor.kind === 'automation' && actor.roles.includes(alertSource)) || mayDo(actor, 'propose');
  }
  if (actor.kind === 'automation' && actor.roles.includes(alertSource)) return false;
  if (right === 'account') return actor.kind === 'person';
  const level = Math.max(
    -1,
    ...actor.roles.map((role) => rights.indexOf(rightOfRole[role] ?? 'read')).filter((found) => found >= 0),
  );
  return actor.roles.length > 0 && level >= rights.indexOf(right);
}

export interface Caller {
  readonly account: string;
  readonly name: string;
  readonly surface: Surface;
  /** Roles of an account that no person is linked to. */
  readonly unlinkedRoles: readonly string[];
  /** Roles that the caller's own surface vouches for; what a person has here counts besides. */
  readonly vouchedRoles?: readonly string[];
}

/** The caller as changes and the audit log know him: the linked person of the account, with that person's roles. */
export async function actorOf(caller: Caller, people: People): Promise<Actor> {
  const person = await people.byAccount(caller.account);
  // No other surface makes an administrator: that takes a person who is linked here.
  const vouched = (caller.vouchedRoles ?? []).filter((role) => role !== 'admin');
  const roles = [...new Set([...(person?.roles ?? caller.unlinkedRoles), ...vouched])].toSorted();
  return {
    kind: 'person',
    account: caller.account,
    person: person?.id ?? '',
    name: person?.name ?? caller.name,
    roles,
    surface: caller.surface,
  };
}
