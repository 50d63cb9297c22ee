import type { ChangeEvent } from './change.ts';

const ends: readonly ChangeEvent['type'][] = [
  'rejected',
  'cancelled',
  'expired',
  'superseded',
  'verified',
  'undone',
  'failed',
  'unknown',
];

/** Whether nothing more is due for a change after this event. Somebody may still take a change back that was verified. */
export function endsChange(event: ChangeEvent): boolean {
  return ends.includes(event.type) || (event.type === 'decided' && event.decision.tier === 'forbidden');
}
