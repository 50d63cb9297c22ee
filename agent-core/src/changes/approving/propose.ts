import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Change, ChangeEvent, Reason } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { ActionRequest, Plan } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import type { Lease } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { refuse } from '../../scarlet/refusal.ts';
import { samePerson } from '../journal/change-state.ts';
import { deny } from './denial.ts';
import { changeDigest } from '../simulating/digest.ts';
import { gitSource } from '../facts/git-source.ts';
import type { OwningTool } from '../facts/owning-tool.ts';
import { appendEvents, readChange } from '../journal/journal.ts';
import { openChanges, overlapOf } from '../journal/overlap.ts';
import { forbiddenText } from '../policy/forbidden-text.ts';
import { simulate } from '../simulating/simulate.ts';
import type { Ground } from '../simulating/simulate.ts';
import { timeOf } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface Proposal {
  readonly requests: readonly ActionRequest[];
  readonly requester: Actor;
  readonly reason: Reason;
  /** The same key gives the same change, however often it is sent. */
  readonly idempotencyKey: string;
  /** Patch what a GitOps tool, Helm or an operator keeps, although it may be put back. */
  readonly direct: boolean;
  readonly signal: AbortSignal;
}

export interface ProposalDesk extends Surroundings {
  readonly ground: Ground;
  /** `chg-` and 12 letters or digits. */
  readonly newId: () => string;
  /** How long a proposal may be decided and begun, in milliseconds. */
  readonly lifetime: number;
}

const proposing = { lease: 'changes/propose', milliseconds: 30_000, pause: 100, patience: 10_000 };

interface Drafted {
  readonly id: string;
  readonly plan: Plan;
  readonly decision: Decision;
}

function named({ tool, owner }: OwningTool): string {
  const names = { argocd: 'Argo CD', flux: 'Flux', helm: 'Helm', operator: 'An operator' } as const;
  return `${names[tool]} (${owner})`;
}

/** Behind the back of whoever keeps the object nothing is patched, unless that is asked for in so many words. */
async function refuseBehindItsBack(
  { facts, actions }: Plan,
  { ground, direct, signal }: Pick<ProposalDesk, 'ground'> & Pick<Proposal, 'direct' | 'signal'>,
): Promise<void> {
  const [owner] = facts.managedBy ?? [];
  if (direct || owner === undefined) return;
  const source = await gitSource(owner, ground.cluster, signal);
  const target = actions[0] === undefined ? 'it' : refText(actions[0].request.target);
  const better =
    source === undefined
      ? 'Change it where its owner takes it from (action open-git-change), or by the tool itself'
      : `Change it in Git, in ${source} (action open-git-change), or by the tool itself`;
  refuse(
    `${named(owner)} keeps ${target} and would put a change back.`,
    remedy`${better}; a direct change has to be asked for as such (${{ do: 'propose-directly' }}), and rule floor.managed-objects allows it only where the policy says so, with two yeses.`,
  );
}

/** The floor is no decision that anybody could lift, so there is nothing to keep open. */
function refuseBelowFloor({ voices }: Decision): void {
  if (!voices.some(({ tier, rule }) => tier === 'forbidden' && rule.startsWith('floor.'))) return;
  const { says, remedy: instead } = forbiddenText({ voices });
  refuse(says, instead);
}

async function draft({ requests, requester, reason, direct, signal }: Proposal, desk: ProposalDesk): Promise<Drafted> {
  const id = desk.newId();
  const now = desk.clock.now();
  const as = await desk.identity?.({ requester, approvals: [] });
  const plan = await simulate(
    { requests, from: requester.kind, changeId: id, moment: now, now, signal, ...(as === undefined ? {} : { as }) },
    desk.ground,
  );
  await refuseBehindItsBack(plan, { ground: desk.ground, direct, signal });
  const decision = await desk.decide({ actions: plan.actions, facts: plan.facts, requester, reason }, id);
  refuseBelowFloor(decision);
  return { id, plan, decision };
}

/** A proposal that only waits gives way to a later one of the same person, and an automation's to anybody's. */
function givesWay({ state, requester }: Change, by: Actor): boolean {
  return (state === 'proposed' || state === 'waiting') && (samePerson(requester, by) || requester.kind !== 'person');
}

async function inTheWayOf({ plan }: Drafted, { requester }: Proposal, desk: ProposalDesk): Promise<readonly Change[]> {
  const inTheWay: Change[] = [];
  for (const other of await openChanges(desk.store.changes)) {
    const common = overlapOf(plan, other.plan);
    if (common === undefined) continue;
    if (!givesWay(other, requester)) {
      refuse(
        `Change ${other.id} is ${other.state} and touches ${common} too.`,
        remedy`Wait for it, or withdraw it with ${{ do: 'cancel-change', change: other.id }}.`,
      );
    }
    inTheWay.push(other);
  }
  return inTheWay;
}

/** After the new one is kept, so that nothing gives way to what could not be written. One that was agreed to meanwhile stays. */
async function giveWay(others: readonly Change[], id: string, { store, clock, agent }: ProposalDesk): Promise<void> {
  for (const other of others) {
    const before = await readChange(store.changes, other.id);
    if (before.change.state === other.state) {
      await appendEvents(store.changes, {
        id: other.id,
        before,
        events: [{ type: 'superseded', time: timeOf(clock), by: id }],
        agent,
      });
    }
  }
}

function eventsOf(
  { id, plan, decision }: Drafted,
  { requester, reason, idempotencyKey }: Proposal,
  desk: ProposalDesk,
): readonly ChangeEvent[] {
  const time = timeOf(desk.clock);
  const expiresAt = new Date(desk.clock.now() + desk.lifetime).toISOString();
  return [
    { type: 'proposed', time, requester, reason, plan, idempotencyKey, expiresAt },
    { type: 'decided', time, decision, digest: changeDigest({ id, requester, reason, plan }, decision, desk.digest) },
  ];
}

/** Only one proposal at a time looks for others in its way and is written. */
async function proposingLease({ store, clock, holder }: ProposalDesk, id: string, signal: AbortSignal): Promise<Lease> {
  for (const deadline = clock.now() + proposing.patience; ;) {
    const lease = await store.leases.acquire(proposing.lease, `${holder}/${id}`, proposing.milliseconds);
    if (lease !== undefined) return lease;
    if (clock.now() >= deadline) {
      throw new AutoDevOpsError('store.locked', 'Another proposal is being written.', 'Try again in a moment.');
    }
    await clock.wait(proposing.pause, signal);
  }
}

async function keep(drafted: Drafted, proposal: Proposal, desk: ProposalDesk): Promise<Change> {
  const lease = await proposingLease(desk, drafted.id, proposal.signal);
  try {
    const others = await inTheWayOf(drafted, proposal, desk);
    const fence = { lease: lease.name, fence: lease.fence };
    const { change } = await appendEvents(desk.store.changes, {
      id: drafted.id,
      before: undefined,
      events: eventsOf(drafted, proposal, desk),
      agent: desk.agent,
      fence,
    });
    await giveWay(others, change.id, desk);
    return change;
  } finally {
    await desk.store.leases.release(lease);
  }
}

/** Nothing was written when the lease was lost on the way, so it is taken once more. */
async function keepInTheEnd(drafted: Drafted, proposal: Proposal, desk: ProposalDesk): Promise<Change> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await keep(drafted, proposal, desk);
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.fenced' || attempt >= 3) throw error;
    }
  }
}

function asAsked({ action, target, params }: ActionRequest): unknown {
  const { uid: _uid, apiVersion: _version, ...name } = target;
  return { action, target: name, params };
}

/** What the key was used for before; undefined when it is new. Refused when it was used for something else. */
async function before(
  { idempotencyKey, requester, requests }: Proposal,
  { store }: ProposalDesk,
): Promise<Change | undefined> {
  const id = await store.changes.byKey(idempotencyKey);
  if (id === undefined) return undefined;
  const { change } = await readChange(store.changes, id);
  const same =
    samePerson(change.requester, requester) &&
    canonicalJson(requests.map(asAsked)) === canonicalJson(change.plan.actions.map(({ request }) => asAsked(request)));
  return same
    ? change
    : refuse(`The idempotency key was used for another request, ${id}.`, 'Take a new key for a new request.');
}

/**
 * Plans, rehearses and decides what is asked for, and keeps it as a change with its audit rows. Nothing is changed in
 * the cluster. Throws `change.invalid` for what no action reads; and after writing the refusal to the audit log
 * `change.refused` for what cannot or must not be done, `change.not-allowed` where nobody may act for it.
 */
export async function propose(proposal: Proposal, desk: ProposalDesk): Promise<Change> {
  try {
    const known = await before(proposal, desk);
    if (known !== undefined) return known;
    const drafted = await draft(proposal, desk);
    return await keepInTheEnd(drafted, proposal, desk).catch(async (error: unknown) => {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict') throw error;
      const meanwhile = await before(proposal, desk);
      if (meanwhile === undefined) throw error;
      return meanwhile;
    });
  } catch (error) {
    if (
      !(error instanceof AutoDevOpsError) ||
      (error.code !== 'change.refused' && error.code !== 'change.not-allowed')
    ) {
      throw error;
    }
    const requests = proposal.requests.map(({ action, target }) => `${action} ${refText(target)}`);
    return await deny(
      error,
      { code: 'DNY001', actor: proposal.requester, subject: requests.join(', '), details: { requests } },
      desk,
    );
  }
}
