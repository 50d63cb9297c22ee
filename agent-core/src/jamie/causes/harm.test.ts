import { describe, expect, it } from 'vitest';
import type { Finding } from '@autodevops/domain/finding';
import { causesOf } from './causes-of.ts';
import { findingAt, snapshotOf } from '../testing/cluster-builder.ts';

const selector = { matchLabels: { app: 'web' } };
const pod = (name: string, owner: string, ready: boolean) => ({
  kind: 'Pod' as const,
  metadata: {
    name,
    namespace: 'shop',
    uid: name,
    labels: { app: 'web' },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true }],
  },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const set = (name: string) => ({
  kind: 'ReplicaSet' as const,
  metadata: {
    name,
    namespace: 'shop',
    uid: name,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'web', controller: true }],
  },
});
const deployment = (ready: number) => ({
  kind: 'Deployment' as const,
  metadata: { name: 'web', namespace: 'shop', uid: 'web' },
  spec: { replicas: 2, selector },
  status: { readyReplicas: ready },
});
const service = {
  kind: 'Service' as const,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' } },
};

function severityOf(
  ready: number,
  crashing: Partial<Finding> = {},
  isReady = false,
): { severity: string | undefined; impact: string | undefined } {
  const cluster = snapshotOf(
    deployment(ready),
    set('old'),
    set('new'),
    pod('a', 'old', true),
    pod('b', 'old', ready > 1),
    pod('c', 'new', isReady),
    service,
  );
  const [cause] = causesOf(cluster, [findingAt('Pod', 'c', { code: 'pod.crash.exception', ...crashing })]);
  return { severity: cause?.severity, impact: cause?.impact };
}

describe('a crash of a new revision', () => {
  it('is a warning while the old one has every pod that is wanted', () => {
    expect(severityOf(2)).toEqual({
      severity: 'warning',
      impact: 'Service shop/web is still served in full, by 2 pods.',
    });
  });

  it('is critical as soon as one of them is missing', () => {
    expect(severityOf(1)).toEqual({ severity: 'critical', impact: 'Service shop/web is served by 1 of 3 pods.' });
  });

  it('is critical where the pod that crashes is one of those that serve', () => {
    expect(severityOf(2, {}, true).severity).toBe('critical');
  });

  it('is never made graver by it', () => {
    expect(severityOf(2, { severity: 'info' }).severity).toBe('info');
  });
});
