import { describe, expect, it } from 'vitest';
import type { Cause, Diagnosis, Evidence } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import { withDrawings } from './drawn-evidence.ts';

const object = refByName('Deployment', 'shop', 'web');
const query = 'max by (pod) (memory)';
const metric: Evidence = {
  source: 'metric',
  object,
  quote: 'memory in use: 100Mi → 500Mi',
  time: '2026-01-01T11:30:00.000Z',
  path: query,
};
const log: Evidence = { source: 'log', object, quote: 'killed', time: '', path: 'container app' };
const noon = Date.parse('2026-01-01T12:00:00.000Z');

function series(points: Series['points'], labels: Series['labels'] = { pod: 'web-1', job: 'x' }): Series {
  return { query, labels, points };
}

function diagnosisWith(evidence: readonly Evidence[]): Diagnosis {
  const cause: Cause = {
    rank: 1,
    code: 'a.b',
    title: '',
    severity: 'critical',
    confidence: 'high',
    object,
    cause: '',
    since: '',
    began: '',
    impact: '',
    evidence: [...evidence],
    symptoms: [],
    nextSteps: [],
    avoid: [],
    changes: [],
  };
  const observed = {
    cluster: '',
    capturedAt: '2026-01-01T12:00:00.000Z',
    source: '',
    serverVersion: '',
    namespaces: [],
    objects: {},
    logs: 0,
    milliseconds: 0,
  };
  return {
    schemaVersion: 1,
    verdict: 'problem',
    summary: '',
    observed,
    blindSpots: [],
    causes: [cause],
    information: [],
    suppressed: [],
  };
}

describe('what metrics say', () => {
  it('can be drawn: each series by what tells it apart, and no more points than a picture holds', () => {
    const long = Array.from({ length: 300 }, (_, index): [number, number] => [noon / 1000 - 300 + index, index]);
    const {
      causes: [cause],
    } = withDrawings(
      diagnosisWith([metric, log]),
      [
        series(long),
        series(
          [
            [noon / 1000, 1],
            [noon / 1000 + 1, Number.NaN],
            [noon / 1000 + 2, 3],
          ],
          { pod: 'web-2', container: 'app' },
        ),
      ],
      undefined,
    );
    const [first, second] = cause?.evidence[0]?.drawing?.lines ?? [];
    expect([first?.name, first?.points.length, first?.points[0], first?.points.at(-1)]).toEqual([
      'web-1',
      20,
      [noon - 300_000, 0],
      [noon - 1000, 299],
    ]);
    expect(second).toEqual({
      name: 'web-2 app',
      points: [
        [noon, 1],
        [noon + 2000, 3],
      ],
    });
    expect(cause?.evidence[0]?.link).toBeUndefined();
    expect(cause?.evidence[1]).toEqual(log);
  });

  it('leads to where people see it, around its time and no further than now', () => {
    const asked: unknown[] = [];
    const {
      causes: [cause],
    } = withDrawings(
      diagnosisWith([metric, { ...metric, path: 'another query' }]),
      [
        series([
          [1, 1],
          [2, 2],
        ]),
      ],
      (text, range) => {
        asked.push(text, range);
        return 'https://grafana.example/explore';
      },
    );
    expect(cause?.evidence.map(({ link }) => link)).toEqual(['https://grafana.example/explore', undefined]);
    expect(asked).toEqual([query, { start: Date.parse('2026-01-01T10:30:00.000Z'), end: noon }]);
  });

  it('stays as it is where nothing was measured, and is not drawn of a single point', () => {
    const diagnosis = diagnosisWith([metric]);
    expect(withDrawings(diagnosis, [], () => 'https://grafana.example')).toBe(diagnosis);
    expect(withDrawings(diagnosis, [series([[1, 1]])], undefined).causes[0]?.evidence[0]?.drawing).toBeUndefined();
  });
});
