import { expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import { isIdleColour } from './idle-colour.ts';

function deployment(name: string, labels: object, replicas: number, ready = replicas): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: { replicas, template: { metadata: { labels } } },
    status: { readyReplicas: ready },
  };
}

function service(name: string, selector: object): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector } };
}

const blue = { app: 'web', colour: 'blue' };
const green = { app: 'web', colour: 'green' };
const idle = [deployment('web-blue', blue, 0), service('preview', blue)];

function rests(...others: object[]): boolean {
  const snapshot = new Snapshot(partsFrom([...idle, ...others], '2026-03-10T12:00:00Z'));
  const preview = snapshot.get('Service', 'shop', 'preview');
  const workload = workloadTemplates(snapshot, 'shop').find((w) => w.ref.name === 'web-blue');
  return preview !== undefined && workload !== undefined && isIdleColour(snapshot, preview, workload);
}

it('a colour rests while its twin serves', () => {
  expect(rests(deployment('web-green', green, 3), service('web', green))).toBe(true);
});

it('a colour does not rest while its twin is not ready', () => {
  expect(rests(deployment('web-green', green, 3, 1), service('web', green))).toBe(false);
});

it('a colour does not rest where no Service leads to its twin', () => {
  expect(rests(deployment('web-green', green, 3))).toBe(false);
});

it('a workload that is alike in nothing is no twin', () => {
  expect(
    rests(
      deployment('db', { app: 'db', colour: 'green' }, 1),
      service('db', { app: 'db', colour: 'green' }),
      service('other', { tier: 'db' }),
    ),
  ).toBe(false);
});
