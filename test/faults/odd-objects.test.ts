import { describe, expect } from 'vitest';
import { diagnosisOf } from './diagnosis-json.ts';
import { passOn } from './pass-on.ts';
import { it } from './scene.ts';
import { crashingPod, moment, runningPod, smallCluster } from './small-cluster.ts';
import { podsWithWrongTypes } from './wrong-types.ts';

const look = ['diagnose', '-o', 'json'];

type Raw = Readonly<Record<string, unknown>>;

function definition(group: string, kind: string, plural: string): Raw {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, creationTimestamp: moment(-9000) },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [{ name: 'v9gamma1', served: true, storage: true }],
    },
    status: {
      conditions: [
        { type: 'Established', status: 'True' },
        { type: 'NamesAccepted', status: 'True' },
      ],
    },
  };
}

describe.concurrent('objects that nobody has foreseen', () => {
  it('every field of the wrong type: the right ones beside them are still read', async ({ scene }) => {
    await scene.replay(smallCluster([...podsWithWrongTypes(crashingPod('odd')), crashingPod('web-1')]));
    const ran = await scene.run(look);
    const { verdict, causes, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['problem', 1]);
    expect(causes.map(({ object }) => object.name)).toContain('web-1');
    expect(blindSpots.filter(({ what }) => what.startsWith('the rules of'))).toEqual([]);
  });

  it('every kind with every field missing or null', async ({ scene }) => {
    const kinds = [
      ['v1', 'Service'],
      ['v1', 'ConfigMap'],
      ['v1', 'Secret'],
      ['v1', 'PersistentVolume'],
      ['v1', 'PersistentVolumeClaim'],
      ['v1', 'Node'],
      ['v1', 'Event'],
      ['v1', 'ResourceQuota'],
      ['apps/v1', 'Deployment'],
      ['apps/v1', 'ReplicaSet'],
      ['apps/v1', 'StatefulSet'],
      ['apps/v1', 'DaemonSet'],
      ['batch/v1', 'Job'],
      ['batch/v1', 'CronJob'],
      ['networking.k8s.io/v1', 'Ingress'],
      ['networking.k8s.io/v1', 'NetworkPolicy'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler'],
      ['policy/v1', 'PodDisruptionBudget'],
      ['storage.k8s.io/v1', 'StorageClass'],
      ['discovery.k8s.io/v1', 'EndpointSlice'],
    ] as const;
    const bare = kinds.flatMap(([apiVersion, kind], i): Raw[] => [
      { apiVersion, kind, metadata: { name: `bare-${i}`, namespace: 'shop' } },
      {
        apiVersion,
        kind,
        metadata: {
          name: `null-${i}`,
          namespace: 'shop',
          labels: null,
          ownerReferences: null,
          creationTimestamp: null,
        },
        spec: null,
        status: null,
        data: null,
        rules: null,
        subsets: null,
        endpoints: null,
      },
    ]);
    await scene.replay(smallCluster([...bare, crashingPod('web-1')]));
    const ran = await scene.run(look);
    const { blindSpots, causes } = diagnosisOf(ran);
    expect(blindSpots.filter(({ what }) => what.startsWith('the rules of'))).toEqual([]);
    expect(causes.map(({ object }) => object.name)).toContain('web-1');
    expect(ran.code).toBe(1);
  });

  it('unknown kinds in versions of the future are read, and no reason to doubt', async ({ scene }) => {
    const group = 'orbit.example';
    const satellites = [1, 2, 3].map((i): Raw => ({
      apiVersion: `${group}/v9gamma1`,
      kind: 'Satellite',
      metadata: { name: `s${i}`, namespace: 'shop' },
      spec: { nested: [[[{}]]] },
      status: { conditions: 'none' },
    }));
    await scene.replay(
      smallCluster([runningPod('web-1'), definition(group, 'Satellite', 'satellites'), ...satellites]),
    );
    const ran = await scene.run(look);
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code, blindSpots]).toEqual(['healthy', 0, []]);
  });

  it('a kind in a version of the future is a blind spot, not an empty list', async ({ scene }) => {
    const replay = await scene.replay(smallCluster(), { aggregatedDiscovery: false });
    await scene.http((request, response) => {
      const { url = '/' } = request;
      if (url.startsWith('/apis/apps/v1/')) return void response.writeHead(404).end('404 page not found');
      return passOn(replay.url + url, response, (text) =>
        url === '/apis' ? text.replaceAll('apps/v1', 'apps/v7') : text,
      );
    });
    const ran = await scene.run(look);
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['inconclusive', 2]);
    expect(blindSpots).toContainEqual({
      what: 'Deployments',
      why: 'The API server serves them in versions that are not known here (apps/v7).',
      remedy: 'Get a newer autodevops.',
    });
  });

  it('objects that are nested without end', async ({ scene }) => {
    const deep = `${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`;
    const group = 'orbit.example';
    const satellite: Raw = {
      apiVersion: `${group}/v9gamma1`,
      kind: 'Satellite',
      metadata: { name: 's', namespace: 'shop' },
      spec: 'DEEP',
      status: 'DEEP',
    };
    const odd: Raw = {
      ...crashingPod('odd'),
      spec: { affinity: 'DEEP', containers: [{ name: 'web', image: 'x', lifecycle: 'DEEP', resources: 'DEEP' }] },
    };
    const replay = await scene.replay(
      smallCluster([crashingPod('web-1'), odd, definition(group, 'Satellite', 'satellites'), satellite]),
    );
    await scene.http((request, response) =>
      passOn(replay.url + (request.url ?? ''), response, (text) => text.replaceAll('"DEEP"', deep)),
    );
    const ran = await scene.run(look);
    const { verdict, causes } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['problem', 1]);
    expect(causes.map(({ object }) => object.name)).toContain('web-1');
  });

  it('an object of a megabyte', async ({ scene }) => {
    const large = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'large', namespace: 'shop', annotations: { a: 'x'.repeat(250_000) } },
      data: { text: 'y'.repeat(1_000_000) },
    };
    await scene.replay(
      smallCluster([
        runningPod('web-1'),
        ...Array.from({ length: 20 }, (_, i) => ({ ...large, metadata: { ...large.metadata, name: `large-${i}` } })),
      ]),
    );
    const ran = await scene.run(look);
    expect([diagnosisOf(ran).verdict, ran.code]).toEqual(['healthy', 0]);
    expect(ran.megabytes).toBeLessThan(300);
  });
});
