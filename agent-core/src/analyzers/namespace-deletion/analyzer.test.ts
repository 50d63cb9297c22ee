import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { namespaceDeletion } from './analyzer.ts';

testFixtures(namespaceDeletion, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

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
