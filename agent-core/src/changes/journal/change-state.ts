import { finalStates } from '@autodevops/domain/change/change';
import type { Approval, Change, ChangeEvent, ChangeState, StepId } from '@autodevops/domain/change/change';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { missingYeses } from '../policy/demands.ts';
import { backwardSteps, firstToDo, forwardSteps, operationOf, sameStep } from './steps.ts';
import { standingSentence } from './standing-sentence.ts';

type EventOf<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>;

/** What an event makes of a change, or why it cannot be. */
export type Applied = { readonly change: Change } | { readonly refused: string };

type Next = Partial<Pick<Change, 'state' | 'decision' | 'digest' | 'approvals' | 'steps'>> & { readonly says?: string };
type Answer = Next | { readonly refused: string };
type LaterEvent = Exclude<ChangeEvent, { type: 'proposed' }>;

const open: readonly ChangeState[] = ['proposed', 'waiting', 'approved'];
const running: readonly ChangeState[] = ['executing', 'verifying', 'undoing'];

/** In which states an event can happen. Nothing happens to a change in a final state. */
const allowed: Readonly<Record<LaterEvent['type'], readonly ChangeState[]>> = {
  decided: ['proposed'],
  approved: ['waiting'],
  rejected: ['waiting', 'approved'],
  cancelled: open,
  expired: open,
  superseded: ['proposed', 'waiting'],
  'execution-began': ['approved'],
  'step-intended': ['executing', 'undoing'],
  'step-ended': ['executing', 'undoing'],
  'verification-began': ['executing'],
  verified: ['verifying'],
  'not-verified': ['verifying'],
  'undo-began': running,
  undone: ['undoing'],
  failed: ['approved', 'executing', 'verifying', 'undoing'],
  unknown: running,
};

export function isFinal(state: ChangeState): boolean {
  return finalStates.includes(state);
}

/** What is still to be agreed to, one sentence each; nothing when everybody has agreed who has to. */
function missing({ decision, approvals }: Pick<Change, 'decision' | 'approvals'>): readonly string[] {
  return decision === undefined
    ? []
    : missingYeses(
        decision,
        approvals.map(({ actor }) => actor),
      );
}

/** Two accounts of one linked person are one; without a link the account is all that is known. */
export function samePerson(a: Actor, b: Actor): boolean {
  return a.account === b.account || (a.person !== '' && a.person === b.person);
}

function decided(_change: Change, { decision, digest }: EventOf<'decided'>): Answer {
  const state = decision.tier === 'forbidden' ? 'forbidden' : decision.tier === 'auto' ? 'approved' : 'waiting';
  return { decision, digest, state };
}

/** Whether everybody has agreed who has to: as many people as the tier says, with the roles that each rule asks for. */
export function isAgreed(change: Pick<Change, 'decision' | 'approvals'>): boolean {
  return change.decision !== undefined && missing(change).length === 0;
}

function refusalOfApproval(change: Change, { actor, digest }: Approval): string | undefined {
  if (digest !== change.digest) return 'The approval is for something else than what stands now.';
  if (change.approvals.some((given) => samePerson(given.actor, actor))) return `${actor.name} has agreed already.`;
  if (change.decision?.tier === 'two' && samePerson(change.requester, actor)) {
    return `${actor.name} asked for it and cannot be one of the two who agree.`;
  }
  return undefined;
}

function approved(change: Change, { approval }: EventOf<'approved'>): Answer {
  const refused = refusalOfApproval(change, approval);
  if (refused !== undefined) return { refused };
  const approvals = [...change.approvals, approval];
  const open = missing({ ...change, approvals });
  if (open.join() === missing(change).join()) {
    return { refused: `The yes of ${approval.actor.name} does not count. ${open.join(' ')}` };
  }
  return { approvals, state: isAgreed({ ...change, approvals }) ? 'approved' : 'waiting' };
}

function stepWithoutEnd(change: Change): StepId | undefined {
  return change.steps.find(({ outcome }) => outcome === undefined)?.step;
}

function stepIntended(change: Change, { step }: EventOf<'step-intended'>): Answer {
  if (operationOf(change.plan, step) === undefined) return { refused: 'The plan has no such step.' };
  if ((step.direction === 'forward') !== (change.state === 'executing')) {
    return { refused: `A step ${step.direction} is not taken while the change is ${change.state}.` };
  }
  if (stepWithoutEnd(change) !== undefined) return { refused: 'Another step has not ended yet.' };
  const before = change.steps.find((entry) => sameStep(entry.step, step));
  if (before?.outcome === 'done') return { refused: 'The step is done already.' };
  if (before?.outcome === 'unknown') return { refused: 'What became of the step is unknown: it is not taken again.' };
  return { steps: [...change.steps.filter((entry) => entry !== before), { step, says: 'Begun.' }] };
}

function stepEnded(change: Change, { step, outcome, says }: EventOf<'step-ended'>): Answer {
  const entry = change.steps.find((begun) => sameStep(begun.step, step));
  if (entry === undefined || entry.outcome !== undefined) return { refused: 'The step was not begun.' };
  return { steps: change.steps.map((other) => (other === entry ? { step, outcome, says } : other)) };
}

function verificationBegan(change: Change): Answer {
  if (stepWithoutEnd(change) !== undefined || firstToDo(forwardSteps(change.plan), change.steps) !== undefined) {
    return { refused: 'Not every step is done yet.' };
  }
  return { state: 'verifying' };
}

/** An end that is sure needs every step to have one. */
function sureEnd(change: Change, state: ChangeState, says: string): Answer {
  if (stepWithoutEnd(change) !== undefined) {
    return { refused: 'A step has not ended yet: what became of it has to be found out first.' };
  }
  if (change.steps.some(({ outcome }) => outcome === 'unknown')) {
    return { refused: 'What became of a step is unknown.' };
  }
  return { state, says };
}

function expiredText({ expiresAt }: Change, { time }: EventOf<'expired'>): string {
  return Date.parse(time) < Date.parse(expiresAt)
    ? 'The clock was set back, so it is not known whether it is still in time.'
    : 'Nobody decided in time, or it was not begun in time.';
}

function next(change: Change, event: LaterEvent): Answer {
  switch (event.type) {
    case 'decided':
      return decided(change, event);
    case 'approved':
      return approved(change, event);
    case 'rejected':
      return { state: 'rejected', says: `${event.actor.name} said no${event.why === '' ? '.' : `: ${event.why}`}` };
    case 'cancelled':
      return {
        state: 'cancelled',
        says: `${event.actor.name} withdrew it${event.why === '' ? '.' : `: ${event.why}`}`,
      };
    case 'expired':
      return { state: 'expired', says: expiredText(change, event) };
    case 'superseded':
      return { state: 'superseded', says: `${event.by} takes its place.` };
    case 'execution-began':
      return { state: 'executing' };
    case 'step-intended':
      return stepIntended(change, event);
    case 'step-ended':
      return stepEnded(change, event);
    case 'verification-began':
      return verificationBegan(change);
    case 'verified':
      return { state: 'succeeded', says: event.says };
    case 'not-verified':
      return { state: 'undoing', says: event.says };
    case 'undo-began':
      return { state: 'undoing', says: event.why };
    case 'undone':
      return firstToDo(backwardSteps(change), change.steps) === undefined
        ? sureEnd(change, 'undone', event.says)
        : { refused: 'Not every step is taken back yet.' };
    case 'failed':
      return sureEnd(change, 'failed', event.says);
    case 'unknown':
      return { state: 'unknown', says: event.says };
  }
}

function begin(id: string, event: EventOf<'proposed'>): Change {
  const { requester, reason, plan, time, expiresAt } = event;
  const change: Change = {
    id,
    state: 'proposed',
    says: '',
    requester,
    reason,
    plan,
    digest: '',
    approvals: [],
    steps: [],
    createdAt: time,
    expiresAt,
    updatedAt: time,
    sequence: 1,
  };
  return { ...change, says: standingSentence(change) };
}

/** The next state of a change, from nothing but its events. Every event in every state has an answer. */
export function applyEvent(change: Change | undefined, id: string, event: ChangeEvent): Applied {
  if (event.type === 'proposed') {
    return change === undefined ? { change: begin(id, event) } : { refused: `${id} is proposed already.` };
  }
  if (change === undefined) return { refused: `${id} was never proposed.` };
  if (!allowed[event.type].includes(change.state)) {
    return { refused: `${id} is ${change.state}: it cannot become ${event.type} now.` };
  }
  const answer = next(change, event);
  if ('refused' in answer) return { refused: answer.refused };
  const after = { ...change, ...answer, updatedAt: event.time, sequence: change.sequence + 1 };
  return {
    change: { ...after, says: answer.says === undefined || answer.says === '' ? standingSentence(after) : answer.says },
  };
}

/** The change that a journal tells of. Throws `store.corrupt` for a journal that cannot have come about. */
export function changeOf(id: string, events: readonly ChangeEvent[]): Change | undefined {
  let change: Change | undefined;
  for (const event of events) {
    const applied = applyEvent(change, id, event);
    if ('refused' in applied) {
      throw new AutoDevOpsError(
        'store.corrupt',
        `The journal of ${id} cannot be: ${applied.refused}`,
        remedy`Restore the store from a backup (${{ do: 'restore-store' }}).`,
      );
    }
    ({ change } = applied);
  }
  return change;
}
