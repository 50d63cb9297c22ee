import { describe, expect, it } from 'vitest';
import type { ClusterFollower, ClusterReader } from '@autodevops/domain/ports/cluster';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { Snapshot } from '@autodevops/domain/snapshot';
import { longestStaleness, warmReader } from './warm-reader.ts';

function readerOf(source: string, failure?: ErrorCode): ClusterReader {
  return {
    source,
    snapshot: async () => {
      if (failure !== undefined) throw new AutoDevOpsError(failure, 'No.', 'Wait.');
      return new Snapshot({ capturedAt: '2026-01-01T00:00:00Z', cluster: source });
    },
    logs: async () => [],
    close: async () => {},
  };
}

function followerOf(staleness: number): ClusterFollower {
  return {
    reader: readerOf('memory'),
    staleness: () => staleness,
    version: () => 0,
    changedSince: () => new Set(),
    changed: async () => {},
  };
}

/** From where a snapshot came: `memory`, `look`, or the code of its failure. */
async function from(staleness: number | undefined, failure?: ErrorCode): Promise<string> {
  const follower = staleness === undefined ? undefined : followerOf(staleness);
  const reader = warmReader({ follower: () => follower, cold: readerOf('look', failure) });
  return await reader.snapshot({ kinds: [], custom: false }, { signal: AbortSignal.timeout(1000) }).then(
    ({ parts }) => parts.cluster ?? '',
    (error: AutoDevOpsError) => error.code,
  );
}

describe('an answer comes', () => {
  it('from memory where that is in step', async () => {
    expect(await from(0, 'cluster.no-answer')).toBe('memory');
    expect(await from(longestStaleness)).toBe('memory');
  });

  it('from a look where memory is old, has not been filled, or is not there', async () => {
    expect(await from(longestStaleness + 1)).toBe('look');
    expect(await from(Number.POSITIVE_INFINITY)).toBe('look');
    expect(await from(undefined)).toBe('look');
  });

  it('from old memory where the cluster cannot be asked', async () => {
    for (const code of ['cluster.no-answer', 'cluster.refused', 'cluster.unauthorized'] as const) {
      expect(await from(longestStaleness + 1, code)).toBe('memory');
    }
  });

  it('not at all where nothing is known, or somebody says stop', async () => {
    expect(await from(Number.POSITIVE_INFINITY, 'cluster.no-answer')).toBe('cluster.no-answer');
    expect(await from(undefined, 'cluster.refused')).toBe('cluster.refused');
    expect(await from(longestStaleness + 1, 'interrupted')).toBe('interrupted');
  });
});
