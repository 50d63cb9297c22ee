import { z } from 'zod';
import { nothingTold, ToldSeries } from './told-series.ts';

const Place = z.strictObject({ app: z.string(), team: z.string(), channel: z.string() });

/** What is remembered of an incident's thread. Ids, counts and times; nothing that an incident says. */
export const ThreadNote = z.strictObject({
  place: Place,
  /** Real changes of state: `monitoring/0` is the state, and in which return of the incident. */
  steps: ToldSeries,
  /** Who is called because nobody answers: `0/1/2` is return, round and step of the agent's escalation. */
  calls: ToldSeries,
  /** That a status update is due, since then. */
  reminders: ToldSeries,
  /** Nobody has to look after it any more. */
  isOver: z.boolean(),
  updatedAt: z.string(),
});
export type ThreadNote = Readonly<z.infer<typeof ThreadNote>>;

/** To which incident's thread a change belongs. */
export const ChangeNote = z.strictObject({
  /** Empty where its card stands outside of any. */
  incident: z.string(),
  isOver: z.boolean(),
  updatedAt: z.string(),
});
export type ChangeNote = Readonly<z.infer<typeof ChangeNote>>;

export const threadPrefix = 'thread/';
export const changePrefix = 'change/';

export function threadNoteName(incident: string): string {
  return `${threadPrefix}${incident}`;
}

export function changeNoteName(change: string): string {
  return `${changePrefix}${change}`;
}

/** The note of a thread that does not exist yet. */
export function newThread(place: ThreadNote['place']): ThreadNote {
  return { place, steps: nothingTold, calls: nothingTold, reminders: nothingTold, isOver: false, updatedAt: '' };
}
