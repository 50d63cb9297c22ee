import { expect, it } from 'vitest';
import { stubSource } from '../testing/stub-source.ts';
import { hoverText, pointedAt } from './hover.ts';
import { readManifests } from './reading/manifest.ts';
import type { Manifest } from './reading/manifest.ts';
import { causeOf, webRef } from './testing/live-scene.ts';
import { deployment, home } from './testing/manifest-scene.ts';

const text = deployment('envFrom:\n- configMapRef: {name: web-settings}');
const [manifest] = readManifests(text) as [Manifest];
const signal = new AbortController().signal;

it('the kind and the name of an object are about it; a name in it is about another', () => {
  expect(pointedAt(manifest, text.indexOf('Deployment') + 1, home)).toMatchObject({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'shop',
    name: 'web',
  });
  expect(pointedAt(manifest, text.indexOf('web-settings') + 1, home)).toMatchObject({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'shop',
    name: 'web-settings',
  });
  expect(pointedAt(manifest, text.indexOf('nginx'), home)).toBeUndefined();
});

it('shows how it stands, what is diagnosed by which rule, and the last events', async () => {
  const pointed = pointedAt(manifest, text.indexOf('Deployment'), home);
  if (pointed === undefined) throw new Error('nothing is pointed at');
  const live = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { replicas: 2 },
      status: { readyReplicas: 0 },
    },
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'shop' },
      lastTimestamp: '2026-03-01T10:00:00Z',
      reason: 'ScalingReplicaSet',
      message: 'Scaled up',
    },
  ];
  const shown = await hoverText(
    pointed,
    { source: stubSource(live), causes: [causeOf({ object: webRef })], cluster: 'kind-dev' },
    signal,
  );
  expect(shown).toEqual({
    title: 'Deployment shop/web',
    blocks: [
      { title: 'In kind-dev', lines: ['0 of 2 ready'] },
      { title: 'Diagnosed', lines: ['pod.image.not-found: The image does not exist.'] },
      { title: 'Last events', lines: ['10:00:00 ScalingReplicaSet: Scaled up'] },
    ],
  });
  expect(
    (await hoverText(pointed, { source: stubSource([]), causes: [], cluster: 'kind-dev' }, signal)).blocks,
  ).toEqual([{ title: 'In kind-dev', lines: ['It is not in the cluster.'] }]);
});
