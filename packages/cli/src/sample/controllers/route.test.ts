import { expect, it } from 'vitest';
import type { ClusterObject } from './cluster-object.ts';
import { routeServices } from './route.ts';

function service(app: string): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
}

function pod(name: string, ready: boolean, namespace = 'shop'): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: name, labels: { app: 'web' } },
    spec: { nodeName: 'worker', containers: [{ name: 'app', ports: [{ name: 'http', containerPort: 8080 }] }] },
    status: { podIP: `10.0.0.${name.length}`, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

const pods = [pod('a', true), pod('bb', false), pod('ccc', true, 'other')];

it('a Service finds the pods that its selector names, ready and not, at the port that they name', () => {
  const changes = routeServices({ services: [service('web')], pods, slices: [], endpoints: [] });
  const [slice, endpoints] = changes.map(({ object }) => object);
  expect(slice).toMatchObject({
    kind: 'EndpointSlice',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: [
      { addresses: ['10.0.0.1'], conditions: { ready: true } },
      { addresses: ['10.0.0.2'], conditions: { ready: false } },
    ],
  });
  expect(endpoints).toMatchObject({
    kind: 'Endpoints',
    subsets: [{ addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [{ ip: '10.0.0.2' }] }],
  });
  const again = routeServices({
    services: [service('web')],
    pods,
    slices: slice === undefined ? [] : [slice],
    endpoints: endpoints === undefined ? [] : [endpoints],
  });
  expect(again).toEqual([]);
});

it('one that selects nothing has no endpoint', () => {
  const [slice, endpoints] = routeServices({ services: [service('wbe')], pods, slices: [], endpoints: [] }).map(
    ({ object }) => object,
  );
  expect(slice).toMatchObject({ endpoints: [] });
  expect(endpoints).toMatchObject({ subsets: [] });
});
