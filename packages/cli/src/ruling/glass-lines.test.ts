import { describe, expect, it } from 'vitest';
import { glassLines, openGlassLines } from './glass-lines.ts';
import type { Glass } from './glass-lines.ts';

const look = { columns: 200, rows: undefined, colour: false, unicode: true };
const now = '2026-01-03T12:00:00.000Z';
const ann = {
  kind: 'person' as const,
  account: 'local:ann',
  person: 'ann',
  name: 'Ann',
  roles: [],
  surface: 'cli' as const,
};
const glass: Glass = {
  id: 'glass-000001',
  who: ann,
  reason: 'the shop is down',
  from: '2026-01-01T12:00:00.000Z',
  until: '2026-01-01T12:30:00.000Z',
  reviewDue: '2026-01-02T12:00:00.000Z',
  standing: 'overdue',
};

describe('broken glass', () => {
  it('that nobody reviewed in time is told with what to do about it', () => {
    expect(glassLines(glass, look, now)).toEqual([
      'glass-000001: the review of what Ann did while the glass was broken is overdue: it was due 24 h ago. The reason was: the shop is down.',
      '   autodevops policy review-glass glass-000001 --says "WHAT WAS FOUND"',
    ]);
  });

  it('is told while it is open, what is broken first, and not after its review', () => {
    const review = { by: { ...ann, name: 'Ben' }, time: now, says: 'Fine' };
    const all = [
      glass,
      { ...glass, id: 'glass-due', standing: 'review-due' as const },
      { ...glass, id: 'glass-now', standing: 'broken' as const },
      { ...glass, id: 'glass-old', standing: 'reviewed' as const, review },
    ];
    const ids = openGlassLines(all, look, now).flatMap((line) => /^(glass-\w+):/.exec(line)?.[1] ?? []);
    expect(ids).toEqual(['glass-now', 'glass-000001', 'glass-due']);
    expect(glassLines({ ...glass, standing: 'reviewed', review }, look, now)).toEqual([
      'glass-000001: Ben reviewed it: Fine.',
    ]);
  });
});
