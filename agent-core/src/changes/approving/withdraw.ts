import type { Actor } from '@autodevops/domain/change/actor';
import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { asLinked } from './approver.ts';
import type { ApprovalRules } from './approver.ts';
import { samePerson } from '../journal/change-state.ts';
import { deny } from './denial.ts';
import { expireWhenDue } from './expire.ts';
import { appendEvents, readChange } from '../journal/journal.ts';
import { timeOf } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface No {
  readonly id: string;
  readonly actor: Actor;
  readonly why: string;
}

export interface WithdrawalDesk extends Surroundings {
  readonly rules: Pick<ApprovalRules, 'mode'>;
}

type Word = 'rejected' | 'cancelled' | 'undo-began';
const attempts = 10;

function refusalOf(change: Change, actor: Actor, { mode }: Pick<ApprovalRules, 'mode'>): string | undefined {
  const isRequester = samePerson(actor, change.requester);
  if (actor.kind !== 'person') {
    return isRequester ? undefined : `${actor.name} did not ask for ${change.id} and is no person.`;
  }
  if (isRequester || mode === 'local' || actor.person !== '') return undefined;
  return `The account ${actor.account} is not linked to a person.`;
}

function eventOf(word: Word, { actor, why }: No, time: string): ChangeEvent {
  return word === 'undo-began'
    ? { type: word, time, actor, why: why === '' ? `${actor.name} wants it taken back.` : why }
    : { type: word, time, actor, why };
}

async function say(word: Word, no: No, desk: WithdrawalDesk): Promise<Change> {
  const before = await expireWhenDue(await readChange(desk.store.changes, no.id), desk);
  const actor = await asLinked(no.actor, desk.store.people);
  const denied = { code: 'DNY002' as const, actor, subject: no.id, details: { wanted: word } };
  const refused = refusalOf(before.change, actor, desk.rules);
  if (refused !== undefined) {
    return await deny(new AutoDevOpsError('change.not-allowed', refused, 'Ask a person who may.'), denied, desk);
  }
  const event = eventOf(word, { ...no, actor }, timeOf(desk.clock));
  try {
    return (await appendEvents(desk.store.changes, { id: no.id, before, events: [event], agent: desk.agent })).change;
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'change.wrong-state') return await deny(error, denied, desk);
    throw error;
  }
}

async function sayOnce(word: Word, no: No, desk: WithdrawalDesk): Promise<Change> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await say(word, no, desk);
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict' || attempt >= attempts) throw error;
    }
  }
}

/** A person's no, before it has begun. Throws `change.wrong-state` later, `change.not-allowed` for whom nobody knows. */
export async function reject(no: No, desk: WithdrawalDesk): Promise<Change> {
  return await sayOnce('rejected', no, desk);
}

/** Takes a request back before it has begun. Throws as `reject`. */
export async function cancel(no: No, desk: WithdrawalDesk): Promise<Change> {
  return await sayOnce('cancelled', no, desk);
}

/**
 * Lets a change that is on its way be taken back: whoever executes it sees this before the next step. Throws
 * `change.wrong-state` when it has come to an end.
 */
export async function takeBack(no: No, desk: WithdrawalDesk): Promise<Change> {
  return await sayOnce('undo-began', no, desk);
}
