import { expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { edgePods } from './edge-pods.ts';

const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ingressClassName: 'nginx' },
  status: { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } },
};
const ingressClass = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'nginx' },
  spec: { controller: 'k8s.io/ingress-nginx' },
};
const labels = { app: 'edge' };

function controller(name: string, image: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'ingress', labels },
    spec: { containers: [{ name: 'main', image }] },
    status: { phase: 'Running' },
  };
}

function edge(...objects: object[]): string[] {
  const snapshot = new Snapshot(partsFrom([ingress, ...objects], '2026-03-10T12:00:00Z'));
  return snapshot
    .list('Ingress')
    .flatMap((one) => edgePods(snapshot, one))
    .map((pod) => pod.metadata.name);
}

const nginx = controller('nginx-1', 'registry.k8s.io/ingress-nginx/controller:v1.12.1');

it('requests come in through the pods of the Service whose address the Ingress has', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'edge', namespace: 'ingress' },
    spec: { type: 'LoadBalancer', selector: labels },
    status: { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } },
  };
  expect(edge(service, controller('other-1', 'ghcr.io/acme/edge:1'))).toEqual(['other-1']);
});

it('on ports of the nodes the class tells the pods', () => {
  expect(edge(ingressClass, nginx, controller('other-1', 'ghcr.io/acme/edge:1'))).toEqual(['nginx-1']);
});

it('without a class of a controller that is known, nothing is said', () => {
  expect(edge(nginx)).toEqual([]);
});
