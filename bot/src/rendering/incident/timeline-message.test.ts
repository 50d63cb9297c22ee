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
    const letters = told(rows(['opened', 'Opened.'], ...notices(2), ['said', 'Hm.'], ...notices(2)));
    for (const said of ['Opened.', 'notice 0.', 'notice 1.', 'Hm.']) expect(letters).toContain(said);
    expect(letters).not.toMatch(/entries|more notice/);
  });

  it('of a storm keeps what was said and done, and of notices in a row the first and the last', () => {
    const letters = told(rows(['opened', 'Opened.'], ['diagnosed', 'The registry is away.'], ...notices(80)));
    for (const said of ['Opened.', 'The registry is away.', 'notice 0.', '78 more notices', 'notice 79.', '4 of 82']) {
      expect(letters).toContain(said);
    }
    expect(letters).not.toMatch(/notice (1|78)\./);
    expect(letters.indexOf('The registry is away.')).toBeLessThan(letters.indexOf('notice 79.'));
  });

  it('without room for all keeps what was said, and of the notices between it the newest', () => {
    const storm = Array.from({ length: 20 }, (_, index) => [
      ['said', `word ${index}.`] as const,
      ['alerts-told', `notice ${index}.`] as const,
    ]).flat();
    const letters = told(rows(...storm));
    for (const said of ['word 0.', 'word 19.', 'notice 19.']) expect(letters).toContain(said);
    expect(letters).not.toContain('notice 0.');
  });

  it('tells its day once, and again where it is another one or so long ago that the clock has gone round', () => {
    const times = ['2026-11-29T23:58', '2026-11-30T00:05', '2026-11-30T08:05', '2026-11-30T08:06', '2026-11-30T21:00'];
    const timeline = times.map((at, index) => ({
      ...(rows(['said', `word ${index}.`])[0] ?? expect.fail()),
      time: `${at}:00.000Z`,
    }));
    const { blocks } = timelineMessage({ id: 'inc-0123456789ab', title: 'Storm', timeline });
    const formats = JSON.stringify(blocks).match(/\{date_short_pretty\} \{time\}|\{time\}/g);
    const [dated, alone] = ['{date_short_pretty} {time}', '{time}'];
    expect(formats).toEqual([dated, dated, alone, alone, dated]);
  });

  it('of more than has room ends with the newest of what was said', () => {
    const letters = told(rows(...Array.from({ length: 60 }, (_, index) => ['said', `word ${index}.`] as const)));
    expect(letters).toContain('word 59.');
    expect(letters).not.toContain('word 19.');
  });
});
