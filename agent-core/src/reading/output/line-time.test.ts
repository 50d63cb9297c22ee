import { describe, expect, it } from 'vitest';
import { lineTime, roughLineTime } from './line-time.ts';

const now = Date.parse('2026-03-10T12:30:00Z');
const at = Date.parse('2026-03-10T12:00:00Z');

describe('when a line was written', () => {
  it.each([
    ['an ISO time', 'ts=2026-03-10T12:00:00.000Z level=info started'],
    ['an ISO time of another zone', '2026-03-10T14:00:00+02:00 started'],
    ['klog', 'E0310 12:00:00.000000       1 reflector.go:138] failed'],
    ['the common log format', '10.0.0.1 - - [10/Mar/2026:13:00:00 +0100] "GET / HTTP/1.1" 200 5'],
    ['zap', '{"level":"error","ts":1773144000.0001,"msg":"failed"}'],
    ['pino', '{"level":50,"time":1773144000000,"msg":"failed"}'],
  ])('is read of %s', (_, line) => {
    expect(lineTime(line, now)).toBe(at);
  });

  it.each([
    ['Python and Log4j', '2026-03-10 12:00:00,000 ERROR failed'],
    ['Go and nginx', '2026/03/10 12:00:00 [error] 7#7: upstream timed out'],
  ])('is taken for UTC where only the order matters: %s', (_, line) => {
    expect(roughLineTime(line, now)).toBe(at);
    expect(lineTime(line, now)).toBeUndefined();
  });

  it('is of the year before where a month is yet to come', () => {
    expect(lineTime('E1231 23:59:59.000000 1 a.go:1] x', Date.parse('2026-01-01T00:00:10Z'))).toBe(
      Date.parse('2025-12-31T23:59:59Z'),
    );
  });

  it.each([
    'no time at all',
    '{"ts":17731,"msg":"a number"}',
    '99/Xxx/2026:12:00:00 +0000',
    '2026-99-99 12:00:00 x',
    'order 20260310 120000',
  ])('is not read of: %s', (line) => {
    expect(roughLineTime(line, now)).toBeUndefined();
  });
});
