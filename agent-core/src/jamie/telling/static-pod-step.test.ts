import { expect, it } from 'vitest';
import { refTo } from '@autodevops/domain/object-ref';
import type { Finding } from '@autodevops/domain/finding';
import { findingAt, podOf, snapshotOf } from '../testing/cluster-builder.ts';
import { staticPodStep } from './static-pod-step.ts';

function stepFor(ownerKind: string, said: Partial<Finding>): string | undefined {
  const pod = podOf({ name: 'etcd-cp-3' });
  const metadata = {
    ...(pod['metadata'] as object),
    ownerReferences: [{ apiVersion: 'v1', kind: ownerKind, name: 'cp-3', uid: 'uid-cp-3', controller: true }],
  };
  const snapshot = snapshotOf({ ...pod, metadata });
  const [found] = snapshot.list('Pod');
  return found === undefined
    ? undefined
    : staticPodStep(snapshot, findingAt('Pod', 'etcd-cp-3', said), refTo('Pod', found));
}

it('a static pod is put right by its manifest on the machine', () => {
  expect(stepFor('Node', { code: 'pod.crash.file-missing' })).toContain(
    'node cp-3 (/etc/kubernetes/manifests/etcd.yaml',
  );
});

it('a pod of a workload is put right in the workload', () => {
  expect(stepFor('StatefulSet', { code: 'pod.crash.file-missing' })).toBeUndefined();
});

it("what is not the pod's own trouble needs no other manifest", () => {
  expect(stepFor('Node', { code: 'signal.cpu.rose' })).toBeUndefined();
});
