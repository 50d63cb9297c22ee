import type { Actor } from '@autodevops/domain/change/actor';
import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { partsOf, remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import { asLinked, refusalOfApprover, rulesFor } from './approver.ts';
import type { ApprovalRules } from './approver.ts';
import { deny } from './denial.ts';
import { expireWhenDue } from './expire.ts';
import { killSwitch, stopOf } from '../governing/kill-switch.ts';
import { appendEvents, readChange } from '../journal/journal.ts';
import type { Recorded } from '../journal/journal.ts';
import { differencesSince } from '../simulating/recheck.ts';
import type { Rechecking } from '../simulating/recheck.ts';
import { timeOf } from '../surroundings.ts';

export interface Yes {
  readonly id: string;
  readonly actor: Actor;
  /** Of what the person saw. */
  readonly digest: string;
  readonly signal: AbortSignal;
}

export interface ApprovalDesk extends Rechecking {
  readonly rules: ApprovalRules;
}

interface Refusal {
  readonly code: ErrorCode;
  readonly what: string;
  readonly instead: string | RemedyParts;
}

/** Writers who meet read again; so many at once there are not. */
const attempts = 10;

function refusalOfState({ id, state, says }: Change): Refusal | undefined {
  if (state === 'waiting') return undefined;
  return {
    code: 'change.wrong-state',
    what: `${id} waits for nobody's yes: it is ${state}. ${says}`,
    instead: remedy`See it with ${{ do: 'show-change', change: id }}.`,
  };
}

async function refusalOf(
  { change }: Recorded,
  approver: Actor,
  { digest, signal }: Yes,
  desk: ApprovalDesk,
): Promise<Refusal | undefined> {
  const state = refusalOfState(change);
  if (state !== undefined) return state;
  const { people } = desk.store;
  const rules = await rulesFor(approver, desk.rules, people);
  const who = refusalOfApprover(change, approver, await asLinked(change.requester, people), rules);
  if (who !== undefined) return { code: 'change.not-allowed', what: who, instead: 'Ask a person who may.' };
  if (digest !== change.digest) {
    return {
      code: 'change.stale',
      what: `What you agreed to is not what ${change.id} is now.`,
      instead: remedy`Look again with ${{ do: 'show-change', change: change.id }}.`,
    };
  }
  const stop = stopOf(await killSwitch(desk.store.settings));
  if (stop !== undefined) return { code: stop.code, what: stop.message, instead: partsOf(stop) };
  const differences = await differencesSince(change, desk, signal);
  if (differences.length === 0) return undefined;
  return {
    code: 'change.stale',
    what: `The cluster is no longer as ${change.id} saw it. ${differences.join(' ')}`,
    instead: 'Propose it again.',
  };
}

async function approveOnce(yes: Yes, desk: ApprovalDesk): Promise<Change> {
  const before = await expireWhenDue(await readChange(desk.store.changes, yes.id), desk);
  const approver = await asLinked(yes.actor, desk.store.people);
  const denied = { code: 'DNY002' as const, actor: approver, subject: yes.id, details: { digest: yes.digest } };
  const refusal = await refusalOf(before, approver, yes, desk);
  if (refusal !== undefined) {
    return await deny(new AutoDevOpsError(refusal.code, refusal.what, refusal.instead), denied, desk);
  }
  const time = timeOf(desk.clock);
  const event = { type: 'approved' as const, time, approval: { actor: approver, digest: yes.digest, time } };
  try {
    return (await appendEvents(desk.store.changes, { id: yes.id, before, events: [event], agent: desk.agent })).change;
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'change.wrong-state') return await deny(error, denied, desk);
    throw error;
  }
}

/**
 * A person's yes to exactly what they saw. Throws `change.not-allowed` (who), `change.stale` (to what),
 * `change.wrong-state` (when) or `change.stopped` (kill switch), each after writing the refusal to the audit log.
 */
export async function approve(yes: Yes, desk: ApprovalDesk): Promise<Change> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await approveOnce(yes, desk);
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict' || attempt >= attempts) throw error;
    }
  }
}
