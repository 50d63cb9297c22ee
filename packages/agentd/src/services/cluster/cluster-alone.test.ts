import { expect, it } from 'vitest';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import { diagnose } from '@autodevops/agent-core/jamie';
import { partsFrom } from '@autodevops/testkit/fixture';
import { clusterAlone } from './cluster-alone.ts';

const dead = async (): Promise<never> => await Promise.reject(new Error('asked although it should not be'));

it('is read without its monitoring, which then makes no blind spot', async () => {
  const reader: ClusterReader = {
    source: 'test',
    signals: { alerts: { source: 'Alertmanager at test', alerts: dead } },
    snapshot: async () => await Promise.resolve(new Snapshot(partsFrom([], '2026-01-01T12:00:00Z'))),
    logs: async () => await Promise.resolve([]),
    close: async () => await Promise.resolve(),
  };
  const signal = AbortSignal.timeout(10_000);
  expect(await diagnose(clusterAlone(reader), {}, { signal })).toMatchObject({ verdict: 'healthy', blindSpots: [] });
  expect((await diagnose(reader, {}, { signal })).blindSpots).toMatchObject([
    {
      what: 'Alertmanager at test',
      why: 'Asking it failed in a way that is not foreseen (asked although it should not be).',
    },
  ]);
});
