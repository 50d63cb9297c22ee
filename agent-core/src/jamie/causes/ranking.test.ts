import { describe, expect, it } from 'vitest';
import type { Cause } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';
import { rank } from './ranking.ts';
import type { Ranked } from './ranking.ts';
import { snapshotOf } from '../testing/cluster-builder.ts';

const now = snapshotOf();

function ranked(name: string, said: Partial<Cause> = {}, more: Partial<Ranked> = {}): Ranked {
  const cause = {
    code: 'a.b',
    severity: 'warning',
    confidence: 'medium',
    object: refByName('Pod', 'shop', name),
    cause: name,
    since: '',
    symptoms: [],
    ...said,
  } as unknown as Cause;
  return { cause, impactWeight: 0, generic: false, foundation: false, ...more };
}

/** Names in the order in which they are told; the same from behind. */
function order(...causes: Ranked[]): string {
  const names = (list: readonly Ranked[]): string =>
    rank(now, list)
      .map((c) => c.object.name)
      .join(' ');
  expect(names(causes.toReversed())).toBe(names(causes));
  return names(causes);
}

const symptoms = (count: number): Partial<Cause> => ({
  symptoms: Array.from({ length: count }, (_, i) => ({ code: 'x', object: refByName('Pod', 'shop', `p${i}`) })),
});

describe('what comes first', () => {
  it('is what is graver, whatever else is said for another', () => {
    const rest = ranked(
      'rest',
      { severity: 'warning', confidence: 'high', since: '2026-01-01T11:59:00Z', ...symptoms(500) },
      { impactWeight: 3, foundation: true },
    );
    expect(order(rest, ranked('grave', { severity: 'critical', confidence: 'low' }, { generic: true }))).toBe(
      'grave rest',
    );
  });

  it('is what people outside notice', () => {
    expect(
      order(ranked('inside', {}, { impactWeight: 2 }), ranked('outside', {}, { impactWeight: 3 }), ranked('nobody')),
    ).toBe('outside inside nobody');
  });

  it('is what everything stands on', () => {
    expect(order(ranked('pod', symptoms(3)), ranked('node', symptoms(3), { foundation: true }))).toBe('node pod');
  });

  it('is what explains more', () => {
    expect(order(ranked('one', symptoms(1)), ranked('many', symptoms(20)))).toBe('many one');
  });

  it('is what is more certain', () => {
    expect(order(ranked('low', { confidence: 'low' }), ranked('high', { confidence: 'high' }), ranked('medium'))).toBe(
      'high medium low',
    );
  });

  it('is what began within the hour, then within the day, then the rest', () => {
    expect(
      order(
        ranked('old', { since: '2025-12-01T00:00:00Z' }),
        ranked('day', { since: '2026-01-01T00:00:00Z' }),
        ranked('hour', { since: '2026-01-01T11:30:00Z' }),
      ),
    ).toBe('hour day old');
  });

  it('is what is precise, before what is general', () => {
    expect(order(ranked('general', {}, { generic: true }), ranked('precise'))).toBe('precise general');
  });

  it('is decided by code, then by name, between equals', () => {
    expect(order(ranked('b'), ranked('a'), ranked('z', { code: 'a.a' }))).toBe('z a b');
  });

  it('has rank one', () => {
    expect(rank(now, [ranked('a'), ranked('b')]).map((c) => c.rank)).toEqual([1, 2]);
  });
});
