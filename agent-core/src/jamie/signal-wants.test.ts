import { describe, expect, it } from 'vitest';
import type { Finding } from '@autodevops/domain/finding';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { signalsWanted } from './signal-wants.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const hour = 3_600_000;
const snapshot = new Snapshot(partsFrom([], '2026-01-01T12:00:00Z'));

function found(name: string, parts: Partial<Finding> = {}): Finding {
  return {
    code: 'pod.memory.limit', severity: 'critical', confidence: 'high', standing: 'current', since: '2026-01-01T11:30:00Z', cause: '', evidence: [], nextSteps: [], avoid: [], changes: [], because: [], generic: false, facet: '',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: '' }, ...parts,
  };
}

const names = (findings: readonly Finding[]): readonly string[] => signalsWanted(snapshot, findings).queries.map(({ question }) => question.name);

describe('what metrics are asked', () => {
  it('is what the findings call for, each once', () => {
    expect(names([found('web'), found('web'), found('web', { code: 'pod.memory.leak' })])).toEqual(['restarts', 'memory']);
    expect(names([found('web', { code: 'pod.image.not-found' })])).toEqual([]);
  });

  it('is nothing of what has recovered', () => {
    expect(names([found('web', { standing: 'recovered' })])).toEqual([]);
  });

  it('is bounded, the gravest first', () => {
    const many = Array.from({ length: 500 }, (_, index) => found(`mild-${index}`, { severity: 'warning' }));
    const { queries } = signalsWanted(snapshot, [...many, found('grave')]);
    expect(queries).toHaveLength(24);
    expect(queries[0]?.ways[0]?.text).toContain('grave');
  });

  it('is of three hours at least, of an hour before the earliest beginning, of a day at most', () => {
    const start = (since: string): number => (now - signalsWanted(snapshot, [found('web', { since })]).range.start) / hour;
    expect([start('2026-01-01T11:50:00Z'), start(''), start('2026-01-01T06:00:00Z'), start('2025-06-01T00:00:00Z'), start('2027-01-01T00:00:00Z')]).toEqual([3, 3, 7, 24, 3]);
  });
});
