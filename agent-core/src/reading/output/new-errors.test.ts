import { describe, expect, it } from 'vitest';
import { templateOf } from './log-template.ts';
import { newErrors } from './new-errors.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const stamp = (minute: number, second = 0): string => new Date(noon + minute * 60_000 + second * 1000).toISOString();
const line = (text: string) => ({ text, time: '', previous: false });
/** A request each half minute for an hour. */
const usual = Array.from(
  { length: 120 },
  (_, i) => `${stamp(0, i * 30)} level=info msg="request completed" path=/cart/${i * 37} status=200`,
);
const found = (...lines: readonly string[]) =>
  newErrors(lines.toSorted((a, b) => a.slice(0, 24).localeCompare(b.slice(0, 24))).map(line), noon + 3_600_000);
const each = (from: number, to: number, text: (i: number) => string, step = 20): string[] =>
  Array.from({ length: Math.floor(((to - from) * 60) / step) }, (_, i) => `${stamp(from, i * step)} ${text(i)}`);

describe('what lines have in common', () => {
  it('is their words without numbers, times, addresses and the values of fields', () => {
    const pairs = [
      [
        '2026-01-01T12:00:00Z ERROR dial tcp 10.2.3.4:636: i/o timeout user=ann',
        '2026-01-01T12:07:31Z ERROR dial tcp 10.9.9.1:636: i/o timeout user=bob',
      ],
      ['order 1f3c-99 failed after 3 tries', 'order 77ab-01 failed after 12 tries'],
    ];
    for (const [a = '', b = ''] of pairs) expect(templateOf(a)).toBe(templateOf(b));
    expect(templateOf('ERROR could not read')).not.toBe(templateOf('ERROR could not write'));
  });

  it('is short, however long the line', () => {
    expect(templateOf('word '.repeat(100_000)).length).toBeLessThan(200);
  });
});

describe('errors that a log began to repeat', () => {
  it('are told with how often, since when, and the latest line', () => {
    const [first, ...others] = found(...usual, ...each(40, 60, (i) => `level=error msg="quote failed" order=${i}`));
    expect(others).toEqual([]);
    expect(first).toMatchObject({ count: 60, since: noon + 40 * 60_000, quietFor: 40 * 60_000 });
    expect(first?.line.text).toContain('order=59');
    expect(first?.share).toBeGreaterThan(0.5);
  });

  it('may have come now and then before', () => {
    expect(
      found(
        ...usual,
        `${stamp(5)} level=error msg="quote failed" order=1`,
        ...each(40, 60, (i) => `level=error msg="quote failed" order=${i}`),
      ),
    ).toHaveLength(1);
  });

  it('may be nearly all that a program ever writes, when it was silent for long', () => {
    const [first] = found(
      `${stamp(0)} level=info msg="listening"`,
      ...each(180, 200, (i) => `level=error msg="not authorized" n=${i}`),
    );
    expect(first).toMatchObject({ count: 60, quietFor: 180 * 60_000 });
    expect(
      found(
        `${stamp(150)} level=info msg="listening"`,
        ...each(180, 200, (i) => `level=error msg="not authorized" n=${i}`),
      ),
    ).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['those that always came', [...usual, ...each(0, 60, (i) => `level=error msg="retrying" n=${i}`)]],
    ['those that ended', [...usual, ...each(20, 30, (i) => `level=error msg="quote failed" order=${i}`)]],
    ['a handful', [...usual, ...each(55, 56, (i) => `level=error msg="quote failed" order=${i}`)]],
    ['those of a program that has just begun', each(58, 60, (i) => `level=error msg="quote failed" order=${i}`, 2)],
    [
      'requests that visitors made',
      [...usual, ...each(40, 60, (i) => `10.0.0.${i} - - "GET /error/exception/failed HTTP/1.1" 404 12`)],
    ],
    ['lines without any time', Array.from({ length: 400 }, (_, i) => `ERROR it failed ${i}`)],
  ])('are not %s', (_, lines) => {
    expect(found(...lines)).toEqual([]);
  });

  it('stay in bounds with lines that are absurd', () => {
    expect(() =>
      newErrors([line('x'.repeat(2 ** 20)), line('{"level":"error"'.repeat(1000)), line('\u0000\u202E')], noon),
    ).not.toThrow();
  });
});
