import { describe, expect, it } from 'vitest';
import { beginningText } from './beginning-text.ts';

const now = '2026-01-01T12:00:00Z';
const began = 'Since revision 7: image 1.4 → 1.5.';
const beganAt = '2026-01-01T11:48:00Z';

describe('what a cause began with', () => {
  it('is told with how long ago it was changed, and first seen where that is not the same', () => {
    const cause = { began, beganAt, since: '2026-01-01T11:50:00Z' };
    expect(beginningText(cause, now)).toBe(`${began} That was 12 minutes ago. First seen 10 minutes ago.`);
    expect(beginningText({ ...cause, since: '2026-01-01T11:47:30Z' }, now)).toBe(`${began} That was 12 minutes ago.`);
    expect(beginningText({ ...cause, since: '' }, now)).toBe(`${began} That was 12 minutes ago.`);
  });

  it('of which no time is known is told with when the cause was first seen', () => {
    expect(beginningText({ began, since: '2026-01-01T11:50:00Z' }, now)).toBe(`${began} First seen 10 minutes ago.`);
    expect(beginningText({ began, since: '' }, now)).toBe(began);
  });

  it('is a time alone where no change is known, and nothing where no time is either', () => {
    expect(beginningText({ began: '', since: beganAt }, now)).toBe('Since 12 minutes ago.');
    expect(beginningText({ began: '', since: '' }, now)).toBe('');
  });
});
