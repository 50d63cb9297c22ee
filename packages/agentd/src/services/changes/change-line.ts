import { asLinked, refusalOfApprover, rulesFor } from '@autodevops/agent-core/changes/approving/approver';
import type { ApprovalRules } from '@autodevops/agent-core/changes/approving/approver';
import { samePerson } from '@autodevops/agent-core/changes/journal/change-state';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Change } from '@autodevops/domain/change/change';
import type { People } from '@autodevops/domain/ports/store';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { mayDo } from '../../identity/person-actor.ts';

export type ChangeLine = AnswerOf<Endpoints['changes']>['changes'][number];

type Linked = Pick<People, 'byAccount'>;

interface LineChoice {
  readonly people: Linked;
  readonly rules: ApprovalRules;
}

/** Each account is looked up once, however many changes are of it. */
function lookedUpOnce(people: Linked): Linked {
  const known = new Map<string, ReturnType<Linked['byAccount']>>();
  return {
    byAccount: async (account) => {
      const person = known.get(account) ?? people.byAccount(account);
      known.set(account, person);
      return await person;
    },
  };
}

/** Whether a yes of the caller would count, as `approve` sees it. */
async function awaits(change: Change, caller: Actor, { people, rules }: LineChoice): Promise<boolean> {
  if (change.state !== 'waiting' || !mayDo(caller, 'decide')) return false;
  const [approver, requester, own] = await Promise.all([
    asLinked(caller, people),
    asLinked(change.requester, people),
    rulesFor(caller, rules, people),
  ]);
  return refusalOfApprover(change, approver, requester, own) === undefined;
}

async function changeLine(change: Change, caller: Actor, choice: LineChoice): Promise<ChangeLine> {
  const { id, state, says, createdAt, updatedAt, plan, decision, requester } = change;
  return {
    id,
    state,
    says,
    createdAt,
    updatedAt,
    will: plan.actions.map(({ sentences }) => sentences.will),
    tier: decision?.tier ?? '',
    askedBy: requester.name,
    yours: samePerson(requester, caller),
    awaitsYou: await awaits(change, caller, choice),
  };
}

/** What a list shows of changes, and what each is to whoever asks for the list. */
export async function changeLines(
  changes: readonly Change[],
  caller: Actor,
  { people, rules }: LineChoice,
): Promise<readonly ChangeLine[]> {
  const choice = { people: lookedUpOnce(people), rules };
  return await Promise.all(changes.map(async (change) => await changeLine(change, caller, choice)));
}
