import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { describe, expect, it } from 'vitest';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { answering } from '../testing/answering-server.ts';
import { selfSigned } from '../testing/certificates.ts';
import { failureOf } from '../testing/failure-of.ts';
import { raw, rawPods, replayed } from '../testing/replayed.ts';
import type { Fault, FaultRequest } from '../replay/replay-server.ts';
import { clusterAnswers, openCluster } from './cluster-reader.ts';

const canary = 'CANARY-7c1e';
const signal = new AbortController().signal;

function faultAt(
  path: RegExp,
  fault: Fault,
  times = Number.POSITIVE_INFINITY,
): (request: FaultRequest) => Fault | undefined {
  let left = times;
  return (request) => (path.test(`${request.path}?${request.query.toString()}`) && left-- > 0 ? fault : undefined);
}

describe('a snapshot', () => {
  it('holds every object of every kind, and says that it has seen all', async () => {
    const objects = [
      ...rawPods(3),
      raw('Namespace', 'shop'),
      raw('Deployment', 'web', { apiVersion: 'apps/v1', namespace: 'shop', spec: { replicas: 2 } }),
    ];
    const { look } = await replayed({ objects });
    const snapshot = await look();
    expect(snapshot.list('Pod').map((pod) => pod.metadata.name)).toEqual(['p-00000', 'p-00001', 'p-00002']);
    expect(snapshot.get('Deployment', 'shop', 'web')?.spec.replicas).toBe(2);
    expect(kindNames.filter((kind) => !snapshot.saw(kind))).toEqual([]);
    expect(snapshot.parts).toMatchObject({ cluster: 'sample', serverVersion: 'v1.36.3', failed: [], blindSpots: [] });
    expect(snapshot.parts.servedVersions).toContain('apps/v1');
  });

  it('is read in pages, with progress', async () => {
    const { reader, asked } = await replayed({ objects: rawPods(1203) });
    const steps: string[] = [];
    const snapshot = await reader.snapshot(
      { kinds: ['Pod', 'Service'], custom: false },
      { signal, onProgress: ({ step, done, total }) => steps.push(`${step} ${done}/${total}`) },
    );
    expect(snapshot.list('Pod')).toHaveLength(1203);
    expect(asked.filter((path) => path.startsWith('/api/v1/pods'))).toHaveLength(3);
    expect(steps.toSorted()).toEqual(['Pods 2/2', 'Services 1/2']);
  });

  it('begins a list anew when its pages end in the middle, without counting anything twice', async () => {
    const { look } = await replayed(
      { objects: rawPods(1203) },
      { fault: faultAt(/pods\?.*continue=/, { kind: 'gone' }, 1) },
    );
    expect((await look({ kinds: ['Pod'] })).list('Pod')).toHaveLength(1203);
  });

  it('does not take a kind for absent whose later pages are', async () => {
    const { look } = await replayed(
      { objects: rawPods(1203) },
      { fault: faultAt(/pods\?.*continue=/, { kind: 'status', code: 404 }) },
    );
    const snapshot = await look({ kinds: ['Pod', 'Service'] });
    expect([snapshot.saw('Pod'), snapshot.saw('Service'), snapshot.parts.failed]).toEqual([false, true, ['Pod']]);
    expect(
      snapshot.blindSpots.map(({ what, why }) => [
        what,
        why.endsWith('no longer knows /api/v1/pods in the middle of its pages.'),
      ]),
    ).toEqual([['Pods', true]]);
  });

  it('asks in smaller pages where objects are large', async () => {
    const objects = Array.from({ length: 400 }, (_, index) =>
      raw('ConfigMap', `c-${index}`, { namespace: 'a', data: { text: 'x'.repeat(60_000) } }),
    );
    const { look, asked } = await replayed({ objects });
    expect((await look({ kinds: ['ConfigMap'] })).list('ConfigMap')).toHaveLength(400);
    expect(
      asked
        .filter((path) => path.includes('configmaps'))
        .map((path) => Number(new URLSearchParams(path.split('?')[1]).get('limit')))
        .slice(0, 2),
    ).toEqual([100, 87]);
  });

  it('reads only the namespaces that were asked for', async () => {
    const { look, asked } = await replayed({
      objects: [...rawPods(2, 'shop'), ...rawPods(3, 'other'), raw('Node', 'n1')],
    });
    const snapshot = await look({ namespaces: ['shop'] });
    expect(snapshot.list('Pod')).toHaveLength(2);
    expect(snapshot.list('Node')).toHaveLength(1);
    expect([snapshot.saw('Pod', 'shop'), snapshot.saw('Pod', 'other'), snapshot.saw('Node')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(asked.some((path) => path.startsWith('/api/v1/pods'))).toBe(false);
  });

  it('knows a kind that is not served to be empty', async () => {
    const { look } = await replayed({ objects: [] });
    const snapshot = await look();
    expect([snapshot.saw('HTTPRoute'), snapshot.list('HTTPRoute')]).toEqual([true, []]);
    expect(snapshot.blindSpots).toEqual([]);
  });

  it('reads API servers that tell what they serve in the older form', async () => {
    const hpa = raw('HorizontalPodAutoscaler', 'h', {
      apiVersion: 'autoscaling/v1',
      namespace: 'shop',
      spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
    });
    const { look } = await replayed({ objects: [hpa, ...rawPods(1)] }, { aggregatedDiscovery: false });
    const snapshot = await look();
    expect(snapshot.list('HorizontalPodAutoscaler')[0]?.spec.maxReplicas).toBe(3);
    expect(snapshot.parts.servedVersions).toContain('v1');
  });

  it('takes its moment from the clock of the server where the two disagree', async () => {
    const ahead = Date.now() + 3_600_000;
    const { access } = await answering([{ status: 200, date: ahead }]);
    const reader = await openCluster({ access });
    const { now } = await reader.snapshot({ kinds: [], custom: false }, { signal });
    expect(Math.abs(now - ahead)).toBeLessThan(30_000);
    await reader.close();
  });

  it('keeps who last wrote and when, without the fields', async () => {
    const managedFields = [
      {
        manager: 'kubectl',
        operation: 'Update',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { [canary]: {} } },
      },
    ];
    const { look } = await replayed({
      objects: [raw('Service', 's', { namespace: 'a', metadata: { managedFields } })],
    });
    const snapshot = await look();
    expect(snapshot.list('Service')[0]?.metadata.managers).toEqual([
      { manager: 'kubectl', operation: 'Update', time: '2026-01-01T00:00:00Z', subresource: '' },
    ]);
    expect(JSON.stringify(snapshot.parts)).not.toContain(canary);
  });
});

describe('secret values', () => {
  it('are never kept, only names, keys, type and what a public certificate says', async () => {
    const encoded = Buffer.from(canary).toString('base64');
    const pair = selfSigned({ name: 'shop', names: 'DNS:shop.example,IP:10.0.0.1' });
    const objects = [
      raw('Secret', 'db', {
        namespace: 'shop',
        type: 'Opaque',
        data: { password: encoded, user: encoded },
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data: { password: encoded } }),
          },
        },
      }),
      raw('Secret', 'web-tls', {
        namespace: 'shop',
        type: 'kubernetes.io/tls',
        data: {
          'tls.crt': Buffer.from(pair.certificate).toString('base64'),
          'tls.key': Buffer.from(pair.key + canary).toString('base64'),
        },
      }),
      raw('Secret', 'bad-tls', {
        namespace: 'shop',
        type: 'kubernetes.io/tls',
        data: { 'tls.crt': encoded, 'tls.key': encoded },
      }),
      raw('Secret', 'no-tls', { namespace: 'shop', type: 'kubernetes.io/tls', data: {} }),
      raw('Secret', 'sh.helm.release.v1.web.v3', {
        namespace: 'shop',
        type: 'helm.sh/release.v1',
        data: { release: encoded },
        metadata: { labels: { owner: 'helm', status: 'pending-upgrade', name: 'web', version: '3' } },
      }),
    ];
    const { look, asked } = await replayed({ objects });
    const snapshot = await look();
    const kept = JSON.stringify(snapshot.parts);
    for (const form of [canary, encoded, encoded.slice(0, 8), Buffer.from(pair.key).toString('base64').slice(40, 80)]) {
      expect(kept).not.toContain(form);
    }
    expect(snapshot.get('Secret', 'shop', 'db')).toMatchObject({
      type: 'Opaque',
      keys: ['password', 'user'],
      certificate: undefined,
    });
    const { certificate } = snapshot.get('Secret', 'shop', 'web-tls') ?? {};
    expect(certificate).toMatchObject({ names: ['shop.example', '10.0.0.1'], issuer: 'CN=shop', problem: undefined });
    expect(Date.parse(certificate?.notAfter ?? '')).toBeGreaterThan(Date.now());
    expect(snapshot.get('Secret', 'shop', 'bad-tls')?.certificate?.problem).toBe(
      'tls.crt holds no certificate that can be read',
    );
    expect(snapshot.get('Secret', 'shop', 'no-tls')?.certificate?.problem).toBe('there is no tls.crt');
    expect(snapshot.get('Secret', 'shop', 'sh.helm.release.v1.web.v3')).toMatchObject({
      type: 'helm.sh/release.v1',
      keys: ['release'],
      metadata: { labels: { status: 'pending-upgrade' } },
    });
    expect(
      asked
        .filter((path) => path.includes('/secrets?'))
        .map((path) => new URLSearchParams(path.split('?')[1]).get('fieldSelector')),
    ).toEqual(['type!=helm.sh/release.v1', 'type=helm.sh/release.v1']);
  });
});

describe('what may not be read', () => {
  const objects = [
    ...rawPods(2, 'shop'),
    ...rawPods(3, 'other'),
    raw('Secret', 's', { namespace: 'shop', type: 'Opaque' }),
    raw('Node', 'n1'),
  ];

  it('is a blind spot with the rule that would lift it', async () => {
    const { look } = await replayed(
      { objects },
      { allow: (resource) => resource !== 'secrets' && resource !== 'nodes' },
    );
    const snapshot = await look();
    expect(snapshot.blindSpots).toEqual([
      {
        what: 'Secrets',
        why: 'The user of context "sample" may not list them.',
        remedy:
          'Bind a ClusterRole with {apiGroups: [""], resources: ["secrets"], verbs: ["get", "list", "watch"]} (from deploy/rbac/jamie-read-secrets.yaml).',
      },
      {
        what: 'Nodes',
        why: 'The user of context "sample" may not list them.',
        remedy:
          'Bind a ClusterRole with {apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"]} (from deploy/rbac/jamie-read-only.yaml).',
      },
    ]);
    expect([snapshot.saw('Secret'), snapshot.saw('Node'), snapshot.saw('Pod')]).toEqual([false, false, true]);
    expect(snapshot.parts.failed).toEqual(['Node']);
  });

  it('everywhere is read in the namespaces that are allowed', async () => {
    const { look } = await replayed(
      { objects },
      { namespace: 'shop', allow: (_resource, _verb, namespace) => namespace === 'shop' },
    );
    const snapshot = await look();
    expect(snapshot.list('Pod')).toHaveLength(2);
    expect([
      snapshot.saw('Pod'),
      snapshot.saw('Pod', 'shop'),
      snapshot.saw('Pod', 'other'),
      snapshot.coverage('Pod'),
    ]).toEqual([false, true, false, 'partial']);
    expect(snapshot.blindSpots.find(({ what }) => what.includes('Pods'))).toMatchObject({
      what: expect.stringMatching(
        /^Pods, Events, ReplicaSets, ConfigMaps, EndpointSlices, Services and \d+ more outside of namespace shop$/,
      ) as string,
      why: 'The user of context "sample" may not list them in every namespace.',
    });
  });

  it('is looked for in every namespace that may be listed', async () => {
    const allowed = ['shop', 'other'];
    const { look } = await replayed(
      { objects: [...objects, raw('Namespace', 'shop'), raw('Namespace', 'other'), raw('Namespace', 'closed')] },
      {
        allow: (resource, _verb, namespace) =>
          namespace === undefined ? resource === 'namespaces' : allowed.includes(namespace),
      },
    );
    const snapshot = await look({ kinds: ['Pod', 'Namespace'], custom: false });
    expect(snapshot.list('Pod')).toHaveLength(5);
    expect(snapshot.blindSpots.map(({ what }) => what)).toEqual(['Pods outside of the namespaces other and shop']);
  });

  it('in one of two namespaces that were asked for', async () => {
    const { look } = await replayed({ objects }, { allow: (_resource, _verb, namespace) => namespace !== 'other' });
    const snapshot = await look({ kinds: ['Pod'], namespaces: ['shop', 'other'], custom: false });
    expect([snapshot.saw('Pod', 'shop'), snapshot.saw('Pod', 'other')]).toEqual([true, false]);
    expect(snapshot.blindSpots.map(({ what }) => what)).toEqual(['Pods outside of namespace shop']);
  });

  it('at all still gives an answer: that nothing may be seen', async () => {
    const { look } = await replayed({ objects }, { allow: () => false });
    const snapshot = await look();
    expect(snapshot.list('Pod')).toEqual([]);
    expect(snapshot.parts.failed).toContain('Pod');
    expect(snapshot.blindSpots.map(({ remedy }) => remedy)[0]).toMatch(
      /^Bind a ClusterRole with the rules of deploy\/rbac\/jamie-read-only\.yaml/,
    );
  });
});

describe('an API server that fails', () => {
  it('for one kind leaves the others, and says why', async () => {
    const { look } = await replayed(
      { objects: rawPods(2) },
      { fault: faultAt(/\/services\?/, { kind: 'status', code: 500, message: 'etcdserver: leader changed' }) },
    );
    const snapshot = await look();
    expect(snapshot.list('Pod')).toHaveLength(2);
    expect(snapshot.parts.failed).toEqual(['Service']);
    expect(snapshot.blindSpots).toEqual([
      {
        what: 'Services',
        why: expect.stringMatching(/fails with 500 for \/api\/v1\/services: etcdserver: leader changed\.$/) as string,
        remedy: expect.stringContaining('Look at the logs') as string,
      },
    ]);
  });

  const everywhere: readonly (readonly [what: string, fault: Fault, code: string])[] = [
    ['500', { kind: 'status', code: 500 }, 'cluster.server-error'],
    ['a web page', { kind: 'html' }, 'cluster.bad-answer'],
    ['damaged JSON', { kind: 'malformed' }, 'cluster.bad-answer'],
    ['a connection that is cut', { kind: 'cut', afterBytes: 10 }, 'cluster.unreachable'],
    ['410 again and again', { kind: 'gone' }, 'cluster.expired-version'],
  ];
  it.each(everywhere)('for everything with %s ends with that', async (_what, fault, code) => {
    const { look } = await replayed({ objects: [] }, { fault: faultAt(/limit=/, fault) });
    expect((await failureOf(look({ custom: false }))).code).toBe(code);
  });

  it('after it was opened is told once, without waiting for every kind', async () => {
    const { look, server } = await replayed({ objects: [] });
    await server.close();
    expect((await failureOf(look())).code).toBe('cluster.refused');
  });

  it('that wants patience gets it', async () => {
    const { look, asked } = await replayed(
      { objects: rawPods(1) },
      { fault: faultAt(/\/pods\?/, { kind: 'status', code: 429, retryAfterSeconds: 0 }, 2) },
    );
    expect((await look({ kinds: ['Pod'], custom: false })).list('Pod')).toHaveLength(1);
    expect(asked.filter((path) => path.includes('/pods?'))).toHaveLength(3);
  });

  it('is left when nobody waits any more', async () => {
    const controller = new AbortController();
    const { reader } = await replayed(
      { objects: [] },
      {
        fault: (request) => {
          if (request.path.endsWith('/pods')) setTimeout(() => controller.abort(), 50);
          return request.path.endsWith('/pods') ? { kind: 'hang' } : undefined;
        },
      },
    );
    const failure = await failureOf(reader.snapshot({ kinds: ['Pod'], custom: false }, { signal: controller.signal }));
    expect(failure.code).toBe('interrupted');
  });

  it('is no Kubernetes API', async () => {
    const { access } = await answering([{ status: 200, body: '{"hello":"world"}' }]);
    expect(await failureOf(openCluster({ access }))).toMatchObject({
      code: 'cluster.bad-answer',
      message: expect.stringMatching(/answers, but not as a Kubernetes API\.$/) as string,
    });
  });

  it('does not answer in time when npm start asks', async () => {
    const { server } = await replayed({});
    expect(await clusterAnswers({ access: plainAccess('x', server.url), answerWithinMs: 2_000 })).toBe(true);
    await server.close();
    expect(await clusterAnswers({ access: plainAccess('x', server.url), answerWithinMs: 2_000 })).toBe(false);
    expect(await clusterAnswers({ kubeconfig: '/nonexistent', answerWithinMs: 2_000 })).toBe(false);
  });
});

describe('objects that are more than can be held', () => {
  const noted = (kind: string, apiVersion = 'v1'): Parameters<typeof raw>[2][] =>
    Array.from({ length: 60 }, (_, index) => ({
      apiVersion,
      namespace: 'shop',
      metadata: { annotations: { note: `${kind} ${index} ${'x'.repeat(20_000)}` } },
    }));

  it('are given up, list by list, and what is not known then is said', async () => {
    const objects = noted('Pod').map((rest, index) => raw('Pod', `p-${index}`, rest));
    const { look } = await replayed({ objects }, { mostHeld: 1_000_000 });
    const snapshot = await look({ kinds: ['Pod', 'Node'] });
    expect([snapshot.saw('Pod'), snapshot.list('Pod').length, snapshot.saw('Node')]).toEqual([false, 0, true]);
    expect(snapshot.parts.failed).toEqual(['Pod']);
    expect(snapshot.blindSpots).toEqual([
      {
        what: 'Pods',
        why: expect.stringMatching(
          /sends more than can be held here \(1 MiB\): \/api\/v1\/pods was given up at object 49, so what is there now is not known\.$/,
        ) as string,
        remedy: expect.stringContaining('Ask about one namespace') as string,
      },
    ]);
  });

  it('leave room for the lists that come after them', async () => {
    const objects = [
      ...noted('Pod').map((rest, index) => raw('Pod', `p-${index}`, rest)),
      raw('Application', 'a', { apiVersion: 'argoproj.io/v1', namespace: 'argocd' }),
    ];
    const { look } = await replayed({ objects }, { mostHeld: 1_000_000 });
    const { custom, failed } = (await look({ kinds: ['Pod', 'Node'] })).parts;
    expect([failed, custom?.length]).toEqual([['Pod'], 1]);
  });

  it('are told of custom resources too', async () => {
    const objects = noted('Application', 'argoproj.io/v1').map((rest, index) => raw('Application', `a-${index}`, rest));
    const { look } = await replayed({ objects }, { mostHeld: 1_000_000 });
    const { custom, blindSpots } = await look({ kinds: ['Pod'] });
    expect([custom.length, blindSpots.map(({ what }) => what)]).toEqual([0, ['applications.argoproj.io']]);
    expect(blindSpots[0]?.why).toContain('applications was given up at object');
  });
});

describe('hostile objects', () => {
  it('neither break the reader nor reach further than a field', async () => {
    const evil = '\u001b]0;x\u0007\u202e<script>${jndi}';
    const objects = [
      raw('Pod', 'p', {
        namespace: 'a',
        spec: 'none',
        status: [1],
        metadata: {
          labels: { __proto__: 'x', constructor: evil },
          annotations: 7,
          ownerReferences: [null, 'x', { uid: 3 }],
        },
      }),
      raw('Pod', evil, {
        namespace: 'a',
        spec: { containers: [{ name: evil, env: [null, [], { name: {} }] }], volumes: {} },
        status: { phase: { a: 1 }, containerStatuses: [[[]]] },
      }),
      raw('Event', 'e', { namespace: 'a', involvedObject: 'x', count: 'many', lastTimestamp: 12 }),
      raw('Secret', 's', { namespace: 'a', type: 'kubernetes.io/tls', data: ['x'] }),
      raw('Gadget', 'g', {
        apiVersion: 'future.example/v9',
        namespace: 'a',
        spec: JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) as unknown,
        status: { conditions: 'x' },
      }),
    ];
    const { look } = await replayed({ objects });
    const snapshot = await look();
    expect(snapshot.list('Pod').map((pod) => pod.metadata.name)).toContain(evil);
    expect(snapshot.list('Event')[0]?.count).toBe(1);
    expect(snapshot.custom.map(({ kind }) => kind)).toEqual(['Gadget']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('in great number are cut to what can be kept, which is said', async () => {
    const objects = Array.from({ length: 700 }, (_, index) =>
      raw('Application', `a-${index}`, {
        apiVersion: 'argoproj.io/v1alpha1',
        namespace: 'argocd',
        status: { health: { status: 'Degraded' } },
      }),
    );
    const { look } = await replayed({ objects });
    const snapshot = await look({ kinds: ['Pod'] });
    expect(snapshot.custom).toHaveLength(500);
    expect(snapshot.blindSpots.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^some of the custom resources applications\.argoproj\.io$/),
    ]);
  });

  it('of other groups are read, but not those that say nothing', async () => {
    const objects = ['argoproj.io/v1', 'wgpolicyk8s.io/v1', 'cert-manager.io/v1', 'storage.k8s.io/v1beta1'].map(
      (apiVersion) => raw('Thing', 't', { apiVersion, namespace: 'a', spec: { big: 'x'.repeat(100_000) } }),
    );
    const { look } = await replayed({ objects });
    const { custom } = await look({ kinds: ['Pod'] });
    expect(custom.map(({ apiVersion }) => apiVersion).toSorted()).toEqual(['argoproj.io/v1', 'cert-manager.io/v1']);
    expect(custom[0]?.spec).toBeUndefined();
  });
});
