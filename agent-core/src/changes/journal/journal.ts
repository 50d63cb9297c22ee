import type { Actor } from '@autodevops/domain/change/actor';
import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Journal, JournalRecord } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { auditOfEvent } from './audit-of-event.ts';
import { applyEvent, changeOf } from './change-state.ts';

export type ChangeJournal = Journal<ChangeEvent>;

/** A change with the events that it came from. */
export interface Recorded {
  readonly change: Change;
  readonly events: readonly ChangeEvent[];
}

/** Throws `change.not-found` when there is no such change. */
export async function readChange(journal: ChangeJournal, id: string): Promise<Recorded> {
  const events = await journal.read(id);
  const change = changeOf(id, events);
  if (change === undefined) {
    throw new AutoDevOpsError(
      'change.not-found',
      `There is no change ${id}.`,
      remedy`List them with ${{ do: 'list-changes' }}.`,
    );
  }
  return { change, events };
}

interface NewEvents {
  readonly id: string;
  readonly before: Recorded | undefined;
  readonly events: readonly ChangeEvent[];
  /** Who does what nobody else is named for. */
  readonly agent: Actor;
  readonly fence?: JournalRecord<ChangeEvent>['fence'];
}

function actorOf({ requester }: Change, event: ChangeEvent, agent: Actor): Actor {
  switch (event.type) {
    case 'proposed':
      return requester;
    case 'approved':
      return event.approval.actor;
    case 'rejected':
    case 'cancelled':
    case 'undo-began':
      return event.actor;
    default:
      return agent;
  }
}

/**
 * Writes events together with their rows of the audit log and their notices to those who follow, or nothing of it.
 * Throws `change.wrong-state` for an event that cannot happen now, `store.conflict` when somebody else wrote first.
 */
export async function appendEvents(
  journal: ChangeJournal,
  { id, before, events, agent, fence }: NewEvents,
): Promise<Recorded> {
  let change = before?.change;
  const steps: { readonly change: Change; readonly event: ChangeEvent }[] = [];
  for (const event of events) {
    const applied = applyEvent(change, id, event);
    if ('refused' in applied) {
      throw new AutoDevOpsError(
        'change.wrong-state',
        applied.refused,
        remedy`See where it stands with ${{ do: 'show-change', change: id }}.`,
      );
    }
    ({ change } = applied);
    steps.push({ change, event });
  }
  if (change === undefined) throw new TypeError('Nothing was to be written.');
  await journal.append({
    id,
    after: before?.events.length ?? 0,
    events,
    audit: steps.flatMap(
      (step) => auditOfEvent(step.change, step.event, actorOf(step.change, step.event, agent)) ?? [],
    ),
    outbox: steps.map((step) => ({
      time: step.event.time,
      topic: `change.${step.event.type}`,
      subject: id,
      data: { state: step.change.state, says: step.change.says },
    })),
    ...(fence === undefined ? {} : { fence }),
  });
  return { change, events: [...(before?.events ?? []), ...events] };
}
