import type { Actor } from '@autodevops/domain/change/actor';
import type { Change } from '@autodevops/domain/change/change';
import { likenessOf } from '@autodevops/domain/change/account-likeness';
import type { People } from '@autodevops/domain/ports/store';
import { samePerson } from '../journal/change-state.ts';
import { missingYeses } from '../policy/demands.ts';

export interface ApprovalRules {
  /** One person alone: nobody has to be linked, and may agree to their own request where the policy wants one yes. */
  readonly mode: 'local' | 'cloud';
  /** Whether in local mode the one who asked may give the only yes, where that is the user of the machine. */
  readonly ownYes: boolean;
}

/** Who it is by now: what the surface says about a person's links and roles may be older than what is stored. */
export async function asLinked(actor: Actor, people: Pick<People, 'byAccount'>): Promise<Actor> {
  const person = await people.byAccount(actor.account);
  return person === undefined
    ? { ...actor, person: '', roles: [] }
    : { ...actor, person: person.id, roles: [...person.roles] };
}

/** The account of who uses the machine that the agent runs on, and could do by hand what it does. */
const ofMachine = /^local:/;

/**
 * The rules for one approver: an own yes is for who has the machine, by whatever account that person comes, and for
 * nobody who was only given a token there.
 */
export async function rulesFor(
  { account }: Actor,
  rules: ApprovalRules,
  people: Pick<People, 'byAccount'>,
): Promise<ApprovalRules> {
  if (!rules.ownYes || ofMachine.test(account)) return rules;
  const person = await people.byAccount(account);
  return { ...rules, ownYes: person?.accounts.some((one) => ofMachine.test(one)) === true };
}

function mayAgreeAlone(change: Change, { mode, ownYes }: ApprovalRules): boolean {
  return mode === 'local' && ownYes && change.decision?.tier === 'one';
}

/** A yes that leaves open just what was open before is none. */
function refusalOfRoles({ decision, approvals }: Change, approver: Actor): string | undefined {
  if (decision === undefined) return undefined;
  const given = approvals.map(({ actor }) => actor);
  const open = missingYeses(decision, given);
  return missingYeses(decision, [...given, approver]).join() === open.join()
    ? `${approver.name} has none of the roles that are still wanted. ${open.join(' ')}`
    : undefined;
}

/**
 * Why this person's yes does not count; undefined when it does. `approver` and `requester` are as they are linked now.
 */
export function refusalOfApprover(
  change: Change,
  approver: Actor,
  requester: Actor,
  rules: ApprovalRules,
): string | undefined {
  const alone = mayAgreeAlone(change, rules);
  if (approver.kind !== 'person') return `${approver.name} is no person: only people agree to changes.`;
  if (samePerson(approver, requester) || samePerson(approver, change.requester)) {
    return alone ? undefined : `${approver.name} asked for ${change.id}, and who asks does not agree.`;
  }
  const twin = [change.requester, ...change.approvals.map(({ actor }) => actor)].find(
    ({ account }) => likenessOf(account) === likenessOf(approver.account) && account !== approver.account,
  );
  if (twin !== undefined) {
    return `The account ${approver.account} looks like ${twin.account}, and one human under two names does not count twice.`;
  }
  if (approver.person === '' && !alone) {
    return `The account ${approver.account} is not linked to a person, and only people agree to changes.`;
  }
  if (change.approvals.some(({ actor }) => samePerson(actor, approver))) {
    return `${approver.name} has agreed already; another person has to.`;
  }
  return refusalOfRoles(change, approver);
}
