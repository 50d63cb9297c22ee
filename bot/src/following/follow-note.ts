import { z } from 'zod';

/** Name of the note in the store, one for each customer. */
export const followNoteName = 'following';

/**
 * How far a customer's events were followed, and what is still to be shown because of them: both in one value, so that
 * neither is kept without the other.
 */
export const FollowNote = z.strictObject({
  /** Of the last event; empty before the first. */
  cursor: z.string(),
  /** Time of the last event; empty before the first. */
  followedAt: z.string(),
  /** Ids of incidents and changes that something happened to. */
  stirred: z.array(z.string()),
  /** Since when the agent is known to be away, as it is said in the channel; null while it answers. */
  away: z.strictObject({ number: z.int().min(1), since: z.string() }).nullable(),
  /** How often it was away. */
  aways: z.int().min(0),
});
export type FollowNote = Readonly<z.infer<typeof FollowNote>>;

export const beginning: FollowNote = { cursor: '', followedAt: '', stirred: [], away: null, aways: 0 };

/** What a follower looks at of an event. */
export interface FollowedEvent {
  readonly cursor: number;
  readonly time: string;
  readonly topic: string;
  readonly subject: string;
}

const shown = /^(incident|change)\./;
const subject = /^(inc|chg)-[a-z0-9]{6,32}$/;

/** What the events ask to be shown anew, each once. */
export function stirredBy(events: readonly FollowedEvent[]): readonly string[] {
  return [
    ...new Set(
      events.filter((event) => shown.test(event.topic) && subject.test(event.subject)).map((event) => event.subject),
    ),
  ];
}

export interface Progress {
  readonly events?: readonly FollowedEvent[];
  /** Shown since, and nothing happened to them meanwhile. */
  readonly settled?: readonly string[];
}

/** The note after some events, and after some subjects were shown. */
export function noteAfter(note: FollowNote, { events = [], settled = [] }: Progress): FollowNote {
  const last = events.at(-1);
  const left = note.stirred.filter((id) => !settled.includes(id));
  return {
    ...note,
    ...(last === undefined ? {} : { cursor: String(last.cursor), followedAt: last.time }),
    stirred: [...new Set([...left, ...stirredBy(events)])],
  };
}

/** The note of who has missed events: what stands is shown, and events are followed from now on. */
export function begunAnew(note: FollowNote, standing: readonly string[]): FollowNote {
  return { ...note, cursor: '', stirred: [...new Set([...note.stirred, ...standing])] };
}
