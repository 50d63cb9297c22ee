import { expect, it } from 'vitest';
import { begunAnew, beginning, noteAfter, stirredBy } from './follow-note.ts';
import type { FollowedEvent } from './follow-note.ts';

function event(cursor: number, topic: string, subject: string): FollowedEvent {
  return { cursor, time: `2027-01-15T08:00:${String(cursor).padStart(2, '0')}.000Z`, topic, subject };
}

it('events of one incident stir it once, in the order in which they came', () => {
  expect(
    stirredBy([
      event(1, 'incident.opened', 'inc-aaaaaa'),
      event(2, 'change.proposed', 'chg-bbbbbb'),
      event(3, 'incident.diagnosed', 'inc-aaaaaa'),
    ]),
  ).toEqual(['inc-aaaaaa', 'chg-bbbbbb']);
});

it('what is shown nowhere stirs nothing, and moves the cursor all the same', () => {
  const note = noteAfter(beginning, {
    events: [event(7, 'kill-switch.on', 'kill-switch'), event(8, 'incident.opened', '../inc-aaaaaa')],
  });
  expect(note).toMatchObject({ cursor: '8', stirred: [] });
});

it('what was shown is settled, and what an event stirs again at that moment is not', () => {
  const before = { ...beginning, cursor: '1', stirred: ['inc-aaaaaa', 'inc-bbbbbb'] };
  expect(
    noteAfter(before, { settled: ['inc-aaaaaa', 'inc-bbbbbb'], events: [event(2, 'incident.said', 'inc-bbbbbb')] }),
  ).toMatchObject({ cursor: '2', stirred: ['inc-bbbbbb'] });
});

it('who begins anew forgets the cursor and nothing that is still to be shown', () => {
  const before = { ...beginning, cursor: '41', followedAt: '2027-01-15T08:00:00.000Z', stirred: ['inc-aaaaaa'] };
  expect(begunAnew(before, ['inc-bbbbbb', 'inc-aaaaaa'])).toMatchObject({
    cursor: '',
    followedAt: '2027-01-15T08:00:00.000Z',
    stirred: ['inc-aaaaaa', 'inc-bbbbbb'],
  });
});
