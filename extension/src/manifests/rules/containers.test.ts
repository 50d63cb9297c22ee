import { expect, it } from 'vitest';
import { deployment, tell } from '../testing/manifest-scene.ts';
import { resourceAmounts, volumeMount } from './containers.ts';

const mounting = (name: string) =>
  deployment(`volumeMounts: [{name: ${name}, mountPath: /x}]`).replace(
    'containers:',
    'volumes: [{name: data, emptyDir: {}}]\n      containers:',
  );

it('a mount of a volume that the pod does not have is an error, with the near one', () => {
  const [told] = tell(volumeMount, mounting('dta'));
  expect(told).toMatchObject({ at: 'dta', severity: 'error' });
  expect(told?.fixed[0]).toContain('{name: data, mountPath');
  expect(tell(volumeMount, mounting('data'))).toEqual([]);
});

it('a StatefulSet mounts what it claims', () => {
  const text = deployment('volumeMounts: [{name: data, mountPath: /x}]')
    .replace('kind: Deployment', 'kind: StatefulSet')
    .replace('spec:\n  selector', 'spec:\n  volumeClaimTemplates: [{metadata: {name: data}}]\n  selector');
  expect(tell(volumeMount, text)).toEqual([]);
});

it('more than the limit cannot be asked for', () => {
  const [told] = tell(resourceAmounts, deployment('resources: {requests: {memory: 2Gi}, limits: {memory: 512Mi}}'));
  expect(told).toMatchObject({ at: '2Gi', severity: 'error' });
  expect(told?.fixed.map((text) => /requests: .*$/m.exec(text)?.[0])).toEqual([
    'requests: {memory: 512Mi}, limits: {memory: 512Mi}}',
    'requests: {memory: 2Gi}, limits: {memory: 2Gi}}',
  ]);
  expect(
    tell(resourceAmounts, deployment('resources: {requests: {cpu: 500m}, limits: {cpu: 1, memory: 1Gi}}')),
  ).toEqual([]);
});

it('what is no quantity is told, and written as one', () => {
  const [told] = tell(resourceAmounts, deployment('resources: {limits: {memory: 512MB}}'));
  expect(told).toMatchObject({ at: '512MB', severity: 'error' });
  expect(told?.fixed[0]).toContain('memory: 512Mi}');
});
