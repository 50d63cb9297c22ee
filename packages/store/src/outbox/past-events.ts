import { parseOutbox } from '../stored-json.ts';

/** Of the oldest events those from before that time, but for the newest of all, from which cursors rise. Their cursors. */
export function pastEvents(
  oldest: readonly { readonly cursor: number; readonly event: string }[],
  { before, head }: { readonly before: string; readonly head: number },
): readonly number[] {
  return oldest
    .filter(({ cursor, event }) => cursor < head && parseOutbox(cursor, event).time < before)
    .map(({ cursor }) => cursor);
}
