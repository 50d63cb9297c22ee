import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { fileText, liveText } from './live-text.ts';

const file = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] },
};
const live = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: '1',
    resourceVersion: '2',
    managedFields: [{ manager: 'x' }],
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
  },
  spec: {
    clusterIP: '10.0.0.1',
    selector: { app: 'webb' },
    ports: [
      { name: 'http', port: 80, targetPort: 80, protocol: 'TCP' },
      { name: 'other', port: 81 },
    ],
  },
  status: { loadBalancer: {} },
};

it('what the server filled in is no difference; what somebody changed or added to a list is', () => {
  expect(parse(liveText(live, file))).toEqual({
    ...file,
    spec: {
      selector: { app: 'webb' },
      ports: [
        { name: 'http', port: 80 },
        { name: 'other', port: 81 },
      ],
    },
  });
});

it('the same is shown the same, in the same order', () => {
  expect(
    liveText(
      { ...live, spec: { ports: [{ protocol: 'TCP', port: 80, name: 'http' }], selector: { app: 'web' } } },
      file,
    ),
  ).toBe(fileText(file));
});

it('odd objects end nothing', () => {
  for (const odd of [null, 7, [], { metadata: 3 }, { spec: [null] }]) expect(() => liveText(odd, file)).not.toThrow();
});
