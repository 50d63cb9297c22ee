import { describe, expect, it } from 'vitest';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { customObject } from '@autodevops/domain/kubernetes/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import { findingAt, podOf, snapshotOf } from '../testing/cluster-builder.ts';
import { underExperiment } from './under-experiment.ts';

const began = '2026-01-01T11:30:00Z';

function experiment(status: Readonly<Record<string, unknown>>): CustomObject {
  return customObject.read({
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'NetworkChaos',
    metadata: { name: 'loss', namespace: 'shop', creationTimestamp: began },
    spec: { action: 'loss' },
    status,
  });
}

const acting = experiment({
  experiment: { desiredPhase: 'Run', containerRecords: [{ id: 'shop/web', phase: 'Injected' }] },
});
const over = experiment({
  experiment: { desiredPhase: 'Stop', containerRecords: [{ id: 'shop/web', phase: 'Not Injected' }] },
});

function clusterWith(custom: CustomObject): Snapshot {
  const { parts } = snapshotOf(podOf({ name: 'web' }), podOf({ name: 'other' }));
  return new Snapshot({ ...parts, custom: [custom] });
}

function explained(custom: CustomObject, said: Parameters<typeof findingAt>[2], pod = 'web'): string[] {
  return underExperiment(clusterWith(custom), [findingAt('Pod', pod, said)]).flatMap((f) =>
    f.because.map((b) => b.object.name),
  );
}

describe('an experiment that acts now', () => {
  it('explains what its pods suffer since', () => {
    expect(explained(acting, { code: 'pod.dependency.unreachable', since: '2026-01-01T11:31:00Z' })).toEqual(['loss']);
  });

  it('does not explain what began before it', () => {
    expect(explained(acting, { code: 'pod.dependency.unreachable', since: '2026-01-01T11:20:00Z' })).toEqual([]);
  });

  it('does not explain a missing image', () => {
    expect(explained(acting, { code: 'pod.image.not-found', since: '2026-01-01T11:31:00Z' })).toEqual([]);
  });

  it('does not explain what pods suffer on which it does not act', () => {
    expect(explained(acting, { code: 'pod.dependency.unreachable', since: '2026-01-01T11:31:00Z' }, 'other')).toEqual(
      [],
    );
  });
});

it('an experiment that is over explains nothing', () => {
  expect(explained(over, { code: 'pod.dependency.unreachable', since: '2026-01-01T11:31:00Z' })).toEqual([]);
});
