import { describe, expect, it } from 'vitest';
import type { TimelineRow } from '@autodevops/domain/incident/incident';
import { lettersOf } from '../testing/harmless.ts';
import { timelineMessage } from './timeline-message.ts';

const time = '2026-11-30T08:05:00.000Z';

function rows(...given: readonly (readonly [type: string, says: string])[]): readonly TimelineRow[] {
  return given.map(([type, says], index) => ({ number: index + 1, type, time, source: 'Jamie', says }));
}

function told(timeline: readonly TimelineRow[]): string {
  return lettersOf(timelineMessage({ id: 'inc-0123456789ab', title: 'Storm', timeline: [...timeline] }));
}

const notices = (count: number) =>
  Array.from({ length: count }, (_, index) => ['alerts-told', `notice ${index}.`] as const);

describe('a timeline', () => {
  it('that has room stands there whole', () => {
    const letters = told(rows(['opened', 'Opened.'], ...notices(20)));
    expect(letters).toContain('notice 0.');
    expect(letters).not.toContain('entries');
  });

  it('of a storm keeps what was said and done, and of the notices of alerts the newest', () => {
    const letters = told(rows(['opened', 'Opened.'], ['diagnosed', 'The registry is away.'], ...notices(80)));
    for (const said of ['Opened.', 'The registry is away.', 'notice 79.', 'of 82 entries']) {
      expect(letters).toContain(said);
    }
    expect(letters).not.toContain('notice 0.');
    expect(letters.indexOf('The registry is away.')).toBeLessThan(letters.indexOf('notice 79.'));
  });

  it('of more than has room ends with the newest of what was said', () => {
    const letters = told(rows(...Array.from({ length: 60 }, (_, index) => ['said', `word ${index}.`] as const)));
    expect(letters).toContain('word 59.');
    expect(letters).not.toContain('word 19.');
  });
});
