import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { endpointLoss } from './endpoint-loss.ts';

const labels = { app: 'web', track: 'stable' };
const ready: readonly Manifest[] = ['a', 'b', 'c', 'd'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels },
}));

interface Written {
  readonly replicas?: number;
  readonly image?: string;
  readonly strategy?: object;
  readonly own?: Readonly<Record<string, string>>;
}

function workload(
  { replicas = 4, image = 'app:1', strategy = {}, own = labels }: Written = {},
  kind = 'Deployment',
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas,
      strategy,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: own }, spec: { containers: [{ name: 'app', image }] } },
    },
  };
}

function loss(
  after: Manifest | undefined,
  before = workload(),
  selector: Readonly<Record<string, string>> = { app: 'web', track: 'stable' },
): number {
  const object = { apiVersion: 'apps/v1', kind: before.kind, namespace: 'shop', name: 'web', uid: 'u' };
  return endpointLoss([{ object, before, after }], { namespace: 'shop', selector, ready });
}

describe('the ready endpoints that a changed workload takes from a Service', () => {
  it('are as many as its rollout may take away at the same time', () => {
    expect(loss(workload({ image: 'app:2' }))).toBe(1);
  });

  it('are all of them when it is to have no replicas, whatever else is changed with that', () => {
    expect(loss(workload({ replicas: 0 }))).toBe(4);
    expect(loss(workload({ replicas: 0, image: 'app:2' }))).toBe(4);
  });

  it('are those that become fewer, beside those of the rollout', () => {
    expect(loss(workload({ replicas: 2 }))).toBe(2);
    expect(loss(workload({ replicas: 2, image: 'app:2' }))).toBe(3);
  });

  it('follow the strategy that holds afterwards', () => {
    expect(loss(workload({ image: 'app:2', strategy: { type: 'Recreate' } }))).toBe(4);
    expect(loss(workload({ image: 'app:2' }), workload({ strategy: { type: 'Recreate' } }))).toBe(1);
  });

  it('are all of them when the Service does not select its new pods', () => {
    expect(loss(workload({ own: { app: 'web', track: 'canary' } }))).toBe(4);
    expect(loss(workload({ own: { app: 'web', track: 'canary' } }), workload(), { app: 'web' })).toBe(1);
  });

  it('are all of them when it goes', () => {
    expect(loss(undefined)).toBe(4);
  });

  it('are none when nothing of its pods changes, nor of a workload in another namespace', () => {
    expect(loss({ ...workload(), metadata: { name: 'web', namespace: 'shop', labels: { team: 'a' } } })).toBe(0);
    const elsewhere = { ...workload(), metadata: { name: 'web', namespace: 'other' } };
    expect(loss({ ...elsewhere, spec: {} }, elsewhere)).toBe(0);
  });

  it('are one of a DaemonSet that rolls, and none of pods that another workload has', () => {
    expect(loss(workload({ image: 'app:2' }, 'DaemonSet'), workload({}, 'DaemonSet'))).toBe(1);
    const other = {
      ...workload(),
      spec: { ...(workload()['spec'] as object), selector: { matchLabels: { app: 'db' } } },
    };
    expect(loss(workload({ replicas: 0 }), other)).toBe(0);
  });
});
