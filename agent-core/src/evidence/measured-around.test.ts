import { describe, expect, it } from 'vitest';
import type { Series } from '@autodevops/domain/signal';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { measuredAround } from './measured-around.ts';
import { queriesFor } from './metric-queries.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const since = '2026-01-01T11:30:00Z';
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', uid: 'u' },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
};
const bare = new Snapshot(partsFrom([pod], '2026-01-01T12:00:00Z'));
const object = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1', uid: 'u' };
const code = 'pod.memory.limit';

function queryOf(name: string): string {
  return queriesFor(bare, code, object).find(({ question }) => question.name === name)?.ways[0]?.text ?? '';
}

/** One point a minute for two hours. */
function series(name: string, container: string, value: (minute: number) => number, query = queryOf(name)): Series {
  return {
    query,
    labels: { namespace: 'shop', pod: 'web-1', container },
    points: Array.from({ length: 121 }, (_, index) => [noon / 1000 - (120 - index) * 60, value(index)] as const),
  };
}

function quotes(given: readonly Series[], from = since): readonly string[] {
  return measuredAround(bare.withSignals({ series: given, blindSpots: [] }), code, object, from).map(
    ({ quote }) => quote,
  );
}

describe('what metrics say of the time around a beginning', () => {
  it('is the level before and after it', () => {
    expect(quotes([series('memory', 'app', (minute) => (minute < 90 ? 100 : 500) * 2 ** 20)])).toEqual([
      'memory in use: 100Mi → 500Mi (memory{namespace="shop",pod="web-1",container="app"})',
    ]);
  });

  it('is how often a container was started again', () => {
    expect(quotes([series('restarts', 'app', (minute) => Math.max(0, Math.floor((minute - 85) / 5)))])).toEqual([
      'restarts: 0 → 7 (restarts{namespace="shop",pod="web-1",container="app"})',
    ]);
  });

  it('is the peak of memory, which falls again when the container is killed', () => {
    expect(
      quotes([series('memory', 'app', (minute) => (minute >= 87 && minute < 90 ? 510 : 100) * 2 ** 20)]).join('\n'),
    ).toContain('memory in use: 100Mi → 510Mi');
  });

  it('is of the series that changed most', () => {
    const given = [
      series('memory', 'quiet', (minute) => (minute < 90 ? 100 : 140) * 2 ** 20),
      series('memory', 'loud', (minute) => (minute < 90 ? 100 : 900) * 2 ** 20),
    ];
    expect(quotes(given).join('\n')).toContain('container="loud"');
    expect(quotes(given)).toHaveLength(1);
  });

  it('is nothing where nothing changed, nothing was measured before, or no beginning is known', () => {
    const steady = series('memory', 'app', (minute) => (100 + (minute % 3)) * 2 ** 20);
    const rising = series('memory', 'app', (minute) => (minute < 90 ? 100 : 500) * 2 ** 20);
    expect(quotes([steady])).toEqual([]);
    expect(quotes([{ ...rising, points: rising.points.slice(86) }])).toEqual([]);
    expect(quotes([rising], '')).toEqual([]);
  });

  it('is told only of series that were asked for, not of any that lie beside', () => {
    expect(quotes([series('memory', 'app', (minute) => (minute < 90 ? 1 : 9) * 2 ** 30, 'some_memory_bytes')])).toEqual(
      [],
    );
  });
});
