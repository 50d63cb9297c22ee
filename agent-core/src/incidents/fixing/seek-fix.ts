import type { Actor } from '@autodevops/domain/change/actor';
import type { Change, Reason } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { isUnplannable } from '@autodevops/domain/change/unplannable';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import { refKey } from '@autodevops/domain/object-ref';
import type { Store } from '@autodevops/domain/ports/store';
import { readChange } from '../../changes/journal/journal.ts';
import { openChanges } from '../../changes/journal/overlap.ts';
import { forbiddenText } from '../../changes/policy/forbidden-text.ts';
import { timeOf } from '../../changes/surroundings.ts';
import { readyProposals } from '../../scarlet/ready-proposals.ts';
import { fixesWanted } from './fixes-wanted.ts';
import type { FixRules } from './fixes-wanted.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { changeIncident, readIncident } from '../incident-journal.ts';
import { keptText } from '../kept-text.ts';
import { causeKey } from '../diagnosing/relevant-causes.ts';

/** What is asked for, and why, in Scarlet's name. */
export interface FixProposal {
  readonly requests: readonly [ActionRequest];
  readonly requester: Actor;
  readonly reason: Reason;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

export interface FixDesk extends Pick<IncidentDesk, 'clock' | 'digest'> {
  readonly store: Pick<Store, 'incidents' | 'changes'>;
  readonly scarlet: Actor;
  readonly rules: FixRules;
  /** What the policy would say of it; nothing is proposed. Throws `change.refused` for what cannot or must not be done. */
  readonly rehearse: (proposal: FixProposal) => Promise<Decision>;
  /** Throws as `rehearse` does; the same key gives the same change. */
  readonly propose: (proposal: FixProposal) => Promise<Change>;
}

/** What came of it: a change, or none and the reason. */
interface Sought {
  readonly change: string;
  readonly says: string;
}

function soughtBy({ id, plan }: Change): Sought {
  return { change: id, says: plan.actions[0]?.sentences.will ?? '' };
}

function proposalOf(
  { code, title, cause, object, confidence, evidence }: Cause,
  request: ActionRequest,
  { scarlet }: FixDesk,
): Pick<FixProposal, 'requests' | 'requester' | 'reason'> {
  return {
    requests: [request],
    requester: scarlet,
    reason: { text: keptText(`${title}: ${cause}`, 1000), finding: { code, object, confidence, evidence } },
  };
}

/** The first way that can be gone and that the policy lets be proposed; else why the last one was not. */
async function firstWay(
  cause: Cause,
  requests: readonly ActionRequest[],
  how: Pick<FixProposal, 'idempotencyKey' | 'signal'>,
  desk: FixDesk,
): Promise<Sought> {
  let says = '';
  for (const request of requests) {
    const proposal = { ...proposalOf(cause, request, desk), ...how };
    try {
      const decision = await desk.rehearse(proposal);
      if (decision.tier !== 'forbidden') return soughtBy(await desk.propose(proposal));
      ({ says } = forbiddenText(decision));
    } catch (error) {
      if (!isUnplannable(error)) throw error;
      says = error.message;
    }
  }
  return { change: '', says: keptText(says) };
}

/** Somebody, or an automation, is at work on one of these objects already. */
async function isBeingChanged(requests: readonly ActionRequest[], { store: { changes } }: FixDesk): Promise<boolean> {
  const targets = new Set(requests.map(({ target }) => refKey(target)));
  return (await openChanges(changes)).some(({ plan }) =>
    plan.actions.some(({ request }) => targets.has(refKey(request.target))),
  );
}

async function seek(
  { id, returns }: Incident,
  cause: Cause,
  signal: AbortSignal,
  desk: FixDesk,
): Promise<string | undefined> {
  const {
    store: { incidents, changes },
    digest,
    clock,
    scarlet,
  } = desk;
  const requests = readyProposals(cause);
  if (requests.length === 0) return undefined;
  const key = causeKey(cause);
  const idempotencyKey = `incident-fix/${id}/${returns}/${digest(key).slice(0, 32)}`;
  // Who died between the proposal and its note in the timeline has proposed it.
  const known = await changes.byKey(idempotencyKey);
  if (known === undefined && (await isBeingChanged(requests, desk))) return undefined;
  const sought =
    known === undefined
      ? await firstWay(cause, requests, { idempotencyKey, signal }, desk)
      : soughtBy((await readChange(changes, known)).change);
  await changeIncident(incidents, id, (present) =>
    !isOngoing(present) ||
    (present.fixes?.length ?? 0) >= incidentBounds.causes ||
    present.fixes?.some((fix) => fix.cause === key) === true
      ? []
      : [{ type: 'fix-sought', time: timeOf(clock), actor: scarlet, cause: key, ...sought }],
  );
  return sought.change === '' ? undefined : sought.change;
}

/**
 * Proposes what would remove an incident's causes as a diagnosis has just seen them, once for each cause and opening; the
 * policy decides about it as about anything else. What could not be proposed is written to the timeline with its reason.
 * Gives the ids of the changes. Throws what planning throws when the cluster does not answer; it may be tried again then.
 */
export async function seekFixes(
  id: string,
  diagnosis: Pick<Diagnosis, 'causes'>,
  signal: AbortSignal,
  desk: FixDesk,
): Promise<readonly string[]> {
  const incident = await readIncident(desk.store.incidents, id);
  const proposed: string[] = [];
  for (const cause of fixesWanted(incident, diagnosis, desk.rules)) {
    const change = await seek(incident, cause, signal, desk);
    if (change !== undefined) proposed.push(change);
  }
  return proposed;
}
