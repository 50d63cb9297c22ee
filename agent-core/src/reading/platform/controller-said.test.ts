import { describe, expect, it } from 'vitest';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { controllerSaid, controllersNamed } from './controller-said.ts';

const now = '2026-03-10T12:00:00Z';
const claim: ObjectRef = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  namespace: 'wiki',
  name: 'data',
  uid: 'c1',
};
const maker = { apiVersion: 'v1', kind: 'Pod', namespace: 'kube-system', name: 'maker-1', uid: 'p1' };

function hearing(text: string): string | undefined {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: maker.name, namespace: maker.namespace, uid: maker.uid },
    spec: { containers: [{ name: 'maker', image: 'maker:1' }] },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: 'maker', ready: true, state: { running: { startedAt: '2026-03-10T09:00:00Z' } } }],
    },
  };
  const log = {
    namespace: maker.namespace,
    pod: maker.name,
    container: 'maker',
    previous: false,
    text,
    truncated: false,
  };
  const snapshot = new Snapshot({ ...partsFrom([pod], now), logs: [log] });
  return controllerSaid(snapshot, [maker], claim)?.line.verbatim;
}

describe('what a controller says of an object', () => {
  it('is the last error that names it', () => {
    const text = 'E1 provision "wiki/data": first error\nE1 provision "wiki/data": second error\nI1 synced "wiki/data"';
    expect(hearing(text)).toBe('E1 provision "wiki/data": second error');
  });

  it('is found where the logger keeps the name in a field', () => {
    const line = '{"level":"error","msg":"Reconciler error","namespace":"wiki","name":"data","error":"no such group"}';
    expect(hearing(line)).toBe(line);
  });

  it('is nothing that is said of an object whose name only begins so', () => {
    expect(hearing('E1 provision "wiki/data-2": error')).toBeUndefined();
  });

  it('is nothing that is said of an object of another namespace', () => {
    expect(hearing('E1 provision "shop/data": error')).toBeUndefined();
  });

  it('is nothing that is no error', () => {
    expect(hearing('I1 provision "wiki/data": started')).toBeUndefined();
  });
});

describe('the controllers of a qualified name', () => {
  it('are the workloads whose names or images hold a word of it', () => {
    const workload = (name: string, image: string): unknown => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'kube-system', uid: name },
      spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
    });
    const snapshot = new Snapshot(
      partsFrom([workload('cilium-operator', 'quay.io/cilium/operator:v1'), workload('dns', 'coredns:1')], now),
    );
    expect(controllersNamed(snapshot, 'io.cilium/gateway-controller').map((ref) => ref.name)).toEqual([
      'cilium-operator',
    ]);
  });
});
