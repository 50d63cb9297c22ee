import type { ChangeEvent } from '@autodevops/domain/change/change';
import { refKey } from '@autodevops/domain/object-ref';
import type { History, RecentChange } from '../question.ts';

/** A change as its journal tells it. */
export interface ChangeJournal {
  readonly id: string;
  readonly events: readonly ChangeEvent[];
}

type EventOf<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>;

/** The last event of a type, as a journal's latest decision. */
export function lastOf<Type extends ChangeEvent['type']>(
  events: readonly ChangeEvent[],
  type: Type,
): EventOf<Type> | undefined {
  return events.findLast((event): event is EventOf<Type> => event.type === type);
}

const gaveUp: readonly ChangeEvent['type'][] = ['rejected', 'cancelled', 'expired', 'superseded'];

/** When a change used up a budget; undefined for one that was never to be executed. */
function spentAt(events: readonly ChangeEvent[]): string | undefined {
  const began = lastOf(events, 'execution-began');
  if (began !== undefined) return began.time;
  if (events.some(({ type }) => gaveUp.includes(type))) return undefined;
  const decided = lastOf(events, 'decided');
  return lastOf(events, 'approved')?.time ?? (decided?.decision.tier === 'auto' ? decided.time : undefined);
}

/** What budgets count of a change: executed, or on its way there. */
export function recentChange({ events }: ChangeJournal): RecentChange | undefined {
  const time = spentAt(events);
  const proposed = lastOf(events, 'proposed');
  if (time === undefined || proposed === undefined) return undefined;
  const { facts, actions } = proposed.plan;
  return {
    time,
    rules: lastOf(events, 'decided')?.decision.voices.map(({ rule }) => rule) ?? [],
    workloads: facts.workloads ?? actions.map(({ request }) => refKey(request.target)),
  };
}

/** The history from the journals of every change since a time, ISO 8601. */
export function historyOf(journals: readonly ChangeJournal[], since: string): History {
  return { since, changes: journals.flatMap((journal) => recentChange(journal) ?? []) };
}
