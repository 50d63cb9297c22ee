import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { breakGlass, isGlassBroken, isReviewOverdue, reviewGlass } from './broken-glass.ts';

const now = Date.UTC(2026, 0, 7, 12);
const minute = 60_000;
const ann: Actor = { kind: 'person', account: 'local:ann', person: 'ann', name: 'Ann', roles: [], surface: 'cli' };
const ben: Actor = { ...ann, account: 'local:ben', person: 'ben', name: 'Ben' };
const request = { id: 'glass-1', who: ann, reason: 'The shop is down, everybody sleeps.', minutes: 30, now };

describe('breaking the glass', () => {
  it('lasts as long as was asked, and is to be reviewed within a day', () => {
    const glass = breakGlass(request);
    expect(glass).toMatchObject({
      from: '2026-01-07T12:00:00.000Z',
      until: '2026-01-07T12:30:00.000Z',
      reviewDue: '2026-01-08T12:00:00.000Z',
    });
    expect([now - 1, now, now + 30 * minute - 1, now + 30 * minute].map((time) => isGlassBroken(glass, time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it.each([
    ['an automation', { who: { ...ann, kind: 'automation' as const } }],
    ['an account that is linked to nobody', { who: { ...ann, person: '' } }],
    ['no reason', { reason: '  soon    ' }],
    ['more than an hour', { minutes: 61 }],
    ['no time', { minutes: 0 }],
    ['a time that is none', { minutes: Number.NaN }],
  ])('is refused for %s', (_why, change) => {
    expect(() => breakGlass({ ...request, ...change })).toThrow(
      expect.objectContaining({ code: 'change.not-allowed' }),
    );
  });

  it('is not believed when what was stored says more than may be', () => {
    const glass = breakGlass(request);
    const later = now + 40 * minute;
    expect(isGlassBroken({ ...glass, until: '2026-01-07T14:00:00Z' }, later)).toBe(false);
    expect(isGlassBroken({ ...glass, who: { ...ann, kind: 'agent' } }, now)).toBe(false);
    expect(isGlassBroken({ ...glass, who: { ...ann, person: '' } }, now)).toBe(false);
    expect(isGlassBroken({ ...glass, from: 'now' }, now)).toBe(false);
    expect(isGlassBroken(undefined, now)).toBe(false);
  });
});

describe('the review', () => {
  it("is another person's, and says something", () => {
    const glass = breakGlass(request);
    expect(reviewGlass(glass, ben, ' It was right. ', now).review).toEqual({
      by: ben,
      time: '2026-01-07T12:00:00.000Z',
      says: 'It was right.',
    });
    for (const [by, says] of [
      [ann, 'Fine.'],
      [{ ...ann, account: 'slack:ann' }, 'Fine.'],
      [{ ...ben, kind: 'agent' as const }, 'Fine.'],
      [ben, ' '],
    ] as const) {
      expect(() => reviewGlass(glass, by, says, now)).toThrow(expect.objectContaining({ code: 'change.not-allowed' }));
    }
  });

  it('is overdue after a day without one', () => {
    const glass = breakGlass(request);
    const due = now + 24 * 60 * minute;
    expect([isReviewOverdue(glass, due - 1), isReviewOverdue(glass, due)]).toEqual([false, true]);
    expect(isReviewOverdue(reviewGlass(glass, ben, 'Fine.', now), due)).toBe(false);
  });
});
