import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, readFixture, testFixtures } from '@autodevops/testkit/fixture';
import { fileURLToPath } from 'node:url';
import { servicePorts } from './analyzer.ts';

testFixtures(servicePorts, new URL('./fixtures/', import.meta.url));

it('hides a password that stands in the configuration that it quotes', () => {
  const path = fileURLToPath(
    new URL('./fixtures/caller-uses-a-port-that-the-service-lacks-and-fails.yaml', import.meta.url),
  );
  const found = servicePorts.analyze(readFixture(path).snapshot);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

it('survives objects of the wrong shape', () => {
  const odd = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace: 'b' },
      spec: { selector: { app: 'x' }, ports: [null, { port: 'x', targetPort: {} }, { targetPort: '' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'b', labels: { app: 'x' } },
      spec: { containers: [null, { env: [{ value: 'http://a:99999/' }], ports: [7] }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'b', name: 'p' },
      spec: { containers: [{ name: 'c', env: [{ name: 'A_HOST', value: 'a:81' }] }] },
    },
  ];
  expect(() => servicePorts.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).not.toThrow();
});
