import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { expect, it } from 'vitest';
import { volumeMakers } from './volume-makers.ts';

const uid = '8ffdf006-ce4f-4c42-9f9b-fa72daf9055b';

function pod(name: string, phase: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'store', name },
    spec: { containers: [] },
    status: { phase },
  };
}

function makersFor(claimUid: string): readonly string[] {
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'a', name: 'b', uid: claimUid },
  };
  const pods = [
    pod(`helper-pod-create-pvc-${uid}`, 'Pending'),
    pod(`helper-pod-delete-pvc-${uid}`, 'Succeeded'),
    pod('x', 'Running'),
  ];
  const snapshot = new Snapshot(partsFrom([claim, ...pods], '2026-03-10T12:00:00Z'));
  return snapshot.list('PersistentVolumeClaim').flatMap((c) => volumeMakers(snapshot, c).map(({ name }) => name));
}

it('are the living pods that bear the name of the volume', () => {
  expect(makersFor(uid)).toEqual([`helper-pod-create-pvc-${uid}`]);
});

it('are none for a claim without an identity', () => {
  expect(makersFor('')).toEqual([]);
});
