import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { namespaceDeletion } from './analyzer.ts';

testFixtures(namespaceDeletion, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('namespace-deletion on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(namespaceDeletion.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(
      ['v1', 'Node'],
      ['v1', 'Pod'],
      ['v1', 'Event'],
      ['v1', 'Namespace'],
      ['apiregistration.k8s.io/v1', 'APIService'],
      ['apps/v1', 'Deployment'],
      ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
      ['example.com/v1', 'Widget'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    );
    expect(namespaceDeletion.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});

it('names a held object of any kind as what may explain it', () => {
  const deletionTimestamp = '2026-03-10T11:50:00Z';
  const remaining = {
    type: 'NamespaceFinalizersRemaining',
    status: 'True',
    reason: 'SomeFinalizersRemain',
    message:
      'Some content in the namespace has finalizers remaining: records.example.net/archive in 1 resource instances',
    lastTransitionTime: deletionTimestamp,
  };
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'old', deletionTimestamp },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Terminating', conditions: [remaining] },
  };
  const held = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'old', deletionTimestamp, finalizers: ['records.example.net/archive'] },
  };
  const free = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other', namespace: 'old' } };
  const [found] = namespaceDeletion.analyze(new Snapshot(partsFrom([namespace, held, free], now)));
  expect(found?.because.map(({ object }) => `${object.kind}/${object.name}`)).toEqual(['ConfigMap/settings']);
});
