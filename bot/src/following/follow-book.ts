import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { beginning, FollowNote, followNoteName } from './follow-note.ts';

/** The note as it is kept, changed by one at a time. */
export interface FollowBook {
  readonly note: () => FollowNote;
  /** Throws `store.conflict` when somebody else wrote: another replica follows this customer now. */
  readonly change: (next: (note: FollowNote) => FollowNote) => Promise<void>;
}

/** Reads where a customer's events were followed to. What cannot be read is begun again: everything shown has its key. */
export async function openFollowBook(notes: BotStore['notes'], customer: string): Promise<FollowBook> {
  const kept = await notes.get(customer, followNoteName);
  const read = FollowNote.safeParse(kept);
  let was: unknown = kept;
  let present: FollowNote = read.success ? read.data : beginning;
  let last: Promise<void> = Promise.resolve();
  const change: FollowBook['change'] = (next) => {
    const turn = last.then(async () => {
      const value = next(present);
      if (value === present) return;
      await notes.swap(customer, followNoteName, was, value);
      was = value;
      present = value;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return { note: () => present, change };
}
