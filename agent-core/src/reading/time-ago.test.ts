import { expect, it } from 'vitest';
import { timeAgo, withoutTimeAgo } from './time-ago.ts';

const now = Date.parse('2026-01-01T12:00:00Z');

it.each(['2026-01-01T11:59:56Z', '2026-01-01T11:30:00Z', '2026-01-01T09:00:00Z', '2025-12-28T12:00:00Z'])(
  'a sentence about %s is kept without how long ago that was',
  (time) => {
    const ago = timeAgo(now, time);
    expect(withoutTimeAgo(`Since revision 7, ${ago}: image shop/web:1.4 → 1.5.`)).toBe(
      'Since revision 7: image shop/web:1.4 → 1.5.',
    );
    expect(withoutTimeAgo(`Since ConfigMap settings was changed by kubectl-edit, ${ago}.`)).toBe(
      'Since ConfigMap settings was changed by kubectl-edit.',
    );
  },
);

it('a sentence that says nothing of it is kept as it is', () => {
  for (const sentence of ['', 'Since revision 7: image 1.4 → 1.5.']) expect(withoutTimeAgo(sentence)).toBe(sentence);
});
