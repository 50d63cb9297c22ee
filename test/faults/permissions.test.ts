import { describe, expect } from 'vitest';
import { diagnosisOf } from './diagnosis-json.ts';
import { it } from './scene.ts';
import { crashingPod, runningPod, smallCluster } from './small-cluster.ts';

const look = ['diagnose', '-o', 'json'];
const reading = ['get', 'list', 'watch'];

describe.concurrent('somebody who may not read everything', () => {
  it('but nothing at all gets no verdict, and the rules that are missing', async ({ scene }) => {
    await scene.replay(smallCluster(), { allow: () => false });
    const ran = await scene.run(look);
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['inconclusive', 2]);
    expect(blindSpots.map(({ why }) => why)).toContain('The user of context "faulty" may not list them.');
    expect(blindSpots.map(({ remedy }) => remedy)).toContain(
      'Bind a ClusterRole with the rules of deploy/rbac/jamie-read-only.yaml: it has exactly these.',
    );
  });

  it('but one namespace gets its problem, and is told what was not seen', async ({ scene }) => {
    const cluster = smallCluster([crashingPod('web-1'), runningPod('db-1', 'default')]);
    await scene.replay(cluster, {
      allow: (_resource, verb, namespace) => reading.includes(verb) && namespace === 'shop',
    });
    const ran = await scene.run([...look, '-n', 'shop']);
    const { verdict, causes, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['problem', 1]);
    expect(causes.map(({ object }) => object.name)).toEqual(['web-1']);
    expect(blindSpots.some(({ what }) => what.includes('Nodes'))).toBe(true);
    expect(blindSpots.every(({ remedy }) => /jamie-read-only\.yaml|ClusterRole/.test(remedy))).toBe(true);
  });

  it('but the namespace of the context need not name it', async ({ scene }) => {
    const { url } = await scene.replay(smallCluster([crashingPod('web-1')]), {
      allow: (_resource, verb, namespace) => reading.includes(verb) && namespace === 'shop',
    });
    scene.kubeconfig({ server: url, namespace: 'shop' });
    const ran = await scene.run(look);
    const { verdict, causes } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['problem', 1]);
    expect(causes.map(({ object }) => object.name)).toEqual(['web-1']);
  });

  it('of one kind is told its rule', async ({ scene }) => {
    await scene.replay(smallCluster(), { allow: (resource, verb) => reading.includes(verb) && resource !== 'pods' });
    const ran = await scene.run(look);
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['inconclusive', 2]);
    expect(blindSpots).toEqual([
      {
        what: 'Pods',
        why: 'The user of context "faulty" may not list them.',
        remedy:
          'Bind a ClusterRole with {apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"]} (from deploy/rbac/jamie-read-only.yaml).',
      },
    ]);
  });

  it('of Secrets alone gets a verdict, and the hint that they were not seen', async ({ scene }) => {
    await scene.replay(smallCluster(), { allow: (resource, verb) => reading.includes(verb) && resource !== 'secrets' });
    const ran = await scene.run(look);
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['healthy', 0]);
    expect(blindSpots.map(({ what }) => what)).toEqual(['Secrets']);
    expect(blindSpots[0]?.remedy).toContain('deploy/rbac/jamie-read-secrets.yaml');
  });

  it('of logs gets the problem without them', async ({ scene }) => {
    const text = 'panic: no database\n';
    const cluster = smallCluster(
      [crashingPod('web-1')],
      [{ namespace: 'shop', pod: 'web-1', container: 'web', previous: true, text }],
    );
    await scene.replay(cluster, { allow: (resource, verb) => reading.includes(verb) && resource !== 'pods/log' });
    const ran = await scene.run(look);
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code]).toEqual(['problem', 1]);
    expect(blindSpots).toEqual([
      {
        what: 'logs',
        why: 'The user of context "faulty" may not read them.',
        remedy:
          'Bind a ClusterRole with {apiGroups: [""], resources: ["pods/log"], verbs: ["get"]} (from deploy/rbac/jamie-read-only.yaml).',
      },
    ]);
  });

  const unseen =
    'Not seen ? Pods and Events: The user of context "faulty" may not list them. Bind a ClusterRole with {apiGroups: [""], resources: ["pods", "events"], verbs: ["get", "list", "watch"]} (from deploy/rbac/jamie-read-only.yaml).';
  for (const [args, exit] of [
    [['ask', 'what restarts most?'], 2],
    [['ask', 'is anything wrong?'], 0],
    [['ask', 'what changed in the last hour?'], 0],
    [['changes'], 0],
    [['graph'], 0],
    [['capture', '-o', 'out.tar.gz'], 0],
  ] as const) {
    it(`is told by \`${args.join(' ')}\` too`, async ({ scene }) => {
      await scene.replay(smallCluster([crashingPod('web-1')]), {
        allow: (resource, verb) => reading.includes(verb) && resource !== 'pods' && resource !== 'events',
      });
      const { stdout, stderr, code } = await scene.run(args);
      expect((args[0] === 'graph' ? stderr : stdout).replaceAll(/\s+/g, ' ')).toContain(unseen);
      expect(code).toBe(exit);
    });
  }

  it('is told in words too', async ({ scene }) => {
    await scene.replay(smallCluster(), { allow: (resource, verb) => reading.includes(verb) && resource !== 'pods' });
    const { stdout, code } = await scene.run(['diagnose']);
    expect(stdout).toMatch(/inconclusive/i);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Pods: The user of context "faulty" may not list them.');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('resources: ["pods"]');
    expect(code).toBe(2);
  });
});
