import { describe, expect, it } from 'vitest';
import { stretchIn } from './time-words.ts';

// A Wednesday.
const now = Date.parse('2026-03-04T10:15:00Z');

function read(text: string): string | undefined {
  const stretch = stretchIn(text, now);
  if (stretch === undefined) return undefined;
  const [from, until] = [stretch.from, stretch.until].map((time) => new Date(time).toISOString().slice(5, 16));
  return `${from} ${until} ${stretch.words}${stretch.rest === '' ? '' : ` | ${stretch.rest}`}`;
}

describe('times in questions', () => {
  const cases: readonly (readonly [text: string, meant: string | undefined])[] = [
    ['since 07:20', '03-04T07:20 03-04T10:15 since 07:20 UTC'],
    ['since 7:20 am', '03-04T07:20 03-04T10:15 since 07:20 UTC'],
    ['at 9:30', '03-04T09:15 03-04T09:45 around 09:30 UTC'],
    ['since 23:00', '03-03T23:00 03-04T10:15 since 23:00 UTC'],
    ['since 9', '03-04T09:00 03-04T10:15 since 09:00 UTC'],
    ['after 3pm', '03-03T15:00 03-04T10:15 since 15:00 UTC'],
    ['since 2026-03-01 08:00', '03-01T08:00 03-04T10:15 since 2026-03-01 08:00 UTC'],
    ['with web in the last 2 hours', '03-04T08:15 03-04T10:15 in the last 2 h | with web'],
    ['since 5 minutes', '03-04T10:10 03-04T10:15 in the last 5 minutes'],
    ['half an hour ago', '03-04T09:45 03-04T10:15 in the last 30 minutes'],
    ['web yesterday', '03-03T00:00 03-04T00:00 yesterday (UTC) | web'],
    ['since yesterday', '03-03T00:00 03-04T10:15 since yesterday'],
    ['last night', '03-03T18:00 03-04T06:00 last night (UTC)'],
    ['since monday', '03-02T00:00 03-04T10:15 since monday'],
    ['today', '03-04T00:00 03-04T10:15 today (UTC)'],
    ['between 07:20 and 07:25', '03-04T07:20 03-04T07:25 between 07:20 UTC and 07:25 UTC'],
    ['in shop from 7 to 8am', '03-04T07:00 03-04T08:00 between 07:00 UTC and 08:00 UTC | in shop'],
    ['between 22:00 and 01:00', '03-03T22:00 03-04T01:00 between 22:00 UTC and 01:00 UTC'],
    ['at 9:30 yesterday', '03-03T09:15 03-03T09:45 around 2026-03-03 09:30 UTC'],
    ['before yesterday', '01-01T00:00 03-03T00:00 before yesterday (UTC)'],
    ['since 25:00', undefined],
    ['before february 14', '01-01T00:00 02-13T23:59 before 2026-02-14 (UTC)'],
    ['since the 2nd of march', '03-02T00:00 03-04T10:15 since 2026-03-02 (UTC)'],
    ['on 2026-03-01', '03-01T00:00 03-01T23:59 on 2026-03-01 (UTC)'],
    ['with web:2.4.1', undefined],
    ['of worker-7', undefined],
    ['', undefined],
  ];
  it('takes "before" as all that is older', () => {
    expect(stretchIn('today before 7:22', now)).toEqual({
      from: 0,
      until: Date.parse('2026-03-04T07:22:00Z'),
      words: 'before 2026-03-04 07:22 UTC',
      rest: '',
    });
  });

  it.each(cases)('"%s"', (text, meant) => {
    expect(read(text)).toBe(meant);
  });
});
