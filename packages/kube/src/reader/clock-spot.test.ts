import { describe, expect, it } from 'vitest';
import { clockSpots } from './clock-spot.ts';

describe('clocks that disagree', () => {
  it('are no word worth while it is less than a minute', () => {
    for (const offset of [0, 59_999, -59_999]) expect(clockSpots(offset)).toEqual([]);
  });

  it('are told in one sentence, with what to do', () => {
    expect(clockSpots(3 * 3_600_000)).toEqual([
      {
        what: 'a common clock',
        why: "The clock of the API server is 3 h ahead of the reading machine's; ages are counted by the API server's.",
        remedy: 'Set both by NTP: until when a certificate or a token is valid is read from them.',
      },
    ]);
    expect(clockSpots(3 * 3_600_000 - 900)[0]?.why).toContain('is 3 h ahead of the reading machine');
    expect(clockSpots(-61_400)[0]?.why).toContain('is 61 s behind the reading machine');
  });
});
