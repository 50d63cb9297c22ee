import { describe, expect, it } from 'vitest';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Operation } from '@autodevops/domain/change/operation';
import { floor } from './floor.ts';
import { sending, silenceOf, strictest } from './testing/asked.ts';

describe('silences', () => {
  const seen = { alertname: 'WebIsSlow', namespace: 'shop', pod: 'web-1' };

  it.each<[string, Operation, Tier]>([
    ['of an alert that was seen take a person', silenceOf(seen), 'one'],
    ['of a critical alert take two', silenceOf({ ...seen, severity: 'critical' }), 'two'],
    ['without a condition are forbidden', silenceOf({}), 'forbidden'],
    ['of everything in a namespace are forbidden', silenceOf({ namespace: 'shop' }), 'forbidden'],
    [
      'of an alert wherever it fires are forbidden',
      silenceOf({ alertname: 'WebIsSlow', severity: 'warning' }),
      'forbidden',
    ],
    ['by a pattern are forbidden', silenceOf(seen, { isRegex: true }), 'forbidden'],
    ['of everything but one are forbidden', silenceOf(seen, { isEqual: false }), 'forbidden'],
    ['of what has no such label are forbidden', silenceOf({ ...seen, node: '' }), 'forbidden'],
    [
      'of the heartbeat of monitoring are forbidden',
      silenceOf({ alertname: 'Watchdog', namespace: 'monitoring' }),
      'forbidden',
    ],
    ['of more than a day are forbidden', silenceOf(seen, { minutes: 1441 }), 'forbidden'],
  ])('%s', (_name, operation, tier) => {
    expect(strictest(floor, sending({}, operation))).toBe(tier);
  });

  it("end without the floor's saying anything: more is told then", () => {
    const expire: Operation = {
      verb: 'expire-silence',
      silence: '0b7d5fa9-2f2f-4b70-9d4e-6f0a9a7d5c11',
      matchers: [{ name: 'alertname', value: 'a', isRegex: false, isEqual: true }],
      endsAt: '2026-01-01T12:00:00Z',
      mark: '0123456789abcdef',
      comment: 'x',
    };
    expect(strictest(floor, sending({}, expire))).toBe('auto');
  });
});
