import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { clusterIdentity, otherCluster } from './cluster-identity.ts';

const { signal } = new AbortController();

function answering(look: () => unknown): ClusterView {
  return {
    source: 'a test',
    get: async () => (await Promise.resolve(look())) as never,
    list: async () => await Promise.resolve([]),
  };
}

const called = (uid: string): ClusterView => answering(() => ({ metadata: { name: 'kube-system', uid } }));

function failing(code: ErrorCode): ClusterView {
  return answering(() => {
    throw new AutoDevOpsError(code, 'It cannot be read.', 'Look.');
  });
}

describe('which cluster a plan is for', () => {
  it('is told by the uid of its oldest namespace', async () => {
    expect(await clusterIdentity(called('a'), signal)).toBe('a');
  });

  it('is not known where that may not be read or is not there', async () => {
    expect(await clusterIdentity(failing('cluster.forbidden'), signal)).toBeUndefined();
    expect(
      await clusterIdentity(
        answering(() => undefined),
        signal,
      ),
    ).toBeUndefined();
  });

  it('is not taken for unknown because the cluster does not answer for a moment', async () => {
    await expect(clusterIdentity(failing('cluster.unreachable'), signal)).rejects.toMatchObject({
      code: 'cluster.unreachable',
    });
  });

  it('is another one where a cluster was made anew under the same name', async () => {
    expect(await otherCluster({ cluster: 'a' }, called('a'), signal)).toBeUndefined();
    expect(await otherCluster({ cluster: 'a' }, called('b'), signal)).toContain('another cluster');
    expect(await otherCluster({ cluster: 'a' }, failing('cluster.forbidden'), signal)).toContain('no longer be told');
  });

  it('is not asked for a plan that does not say it', async () => {
    expect(await otherCluster({}, called('b'), signal)).toBeUndefined();
  });
});
