import { describe, expect, it } from 'vitest';
import { refText } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { logRequestsFor } from './log-requests.ts';
import { meaningOf } from './meaning.ts';
import { neighboursOf } from './neighbours.ts';
import { recentChanges } from './recent-changes.ts';

const owned = (kind: string, name: string): object => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true }],
});
const meta = (name: string, more: object = {}): object => ({
  name,
  namespace: 'shop',
  uid: `uid-${name}`,
  creationTimestamp: '2025-12-01T00:00:00Z',
  ...more,
});
const running = { state: { running: { startedAt: '2026-01-01T00:00:00Z' } }, restartCount: 0 };
const crashed = {
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode: 1 } },
  restartCount: 3,
};

function pod(name: string, status: object, isReady: boolean): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, { labels: { app: 'web' }, ...owned('ReplicaSet', 'web-1') }),
    spec: {
      nodeName: 'worker',
      containers: [{ name: 'app', env: [{ name: 'DB_HOST', value: 'db' }] }, { name: 'proxy' }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
      containerStatuses: [
        { name: 'app', ...status },
        { name: 'proxy', ...running },
      ],
    },
  };
}

/** web (a Deployment with two pods, one of which crashes) calls Service db; Ingress site leads to Service web. */
const cluster = new Snapshot(
  partsFrom(
    [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: meta('web', {
          managedFields: [{ manager: 'kubectl-edit', operation: 'Update', time: '2026-01-01T11:50:00Z' }],
        }),
      },
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: meta('web-1', owned('Deployment', 'web')) },
      pod('web-1-a', running, true),
      pod('web-1-b', crashed, false),
      { apiVersion: 'v1', kind: 'Service', metadata: meta('db'), spec: { selector: { app: 'db' } } },
      { apiVersion: 'v1', kind: 'Service', metadata: meta('web'), spec: { selector: { app: 'web' } } },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: meta('site'),
        spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { ...meta('other'), namespace: 'ops', creationTimestamp: '2026-01-01T11:59:00Z' },
      },
    ],
    '2026-01-01T12:00:00Z',
  ),
);

const web = { kind: 'Deployment', name: 'web' } as const;
const lines = (edges: ReturnType<typeof neighboursOf>['edges']): readonly string[] =>
  edges.map(({ from, verb, to }) => `${refText(from)} ${verb} ${refText(to)}`);

describe('recent changes', () => {
  const hour = cluster.now - 3_600_000;

  it('are of everything, of a namespace, or of an object and what it stands on', () => {
    const of = (wanted: Partial<Parameters<typeof recentChanges>[1]>): readonly string[] =>
      recentChanges(cluster, { from: hour, focus: [], ...wanted }).map(
        ({ object, what }) => `${refText(object)}: ${what}`,
      );
    expect(of({})).toEqual(['ConfigMap ops/other: created', 'Deployment shop/web: changed by kubectl-edit (Update)']);
    expect(of({ namespace: 'ops' })).toEqual(['ConfigMap ops/other: created']);
    expect(of({ focus: [web], namespace: 'shop' })).toEqual(['Deployment shop/web: changed by kubectl-edit (Update)']);
    expect(of({ focus: [{ kind: 'Service', name: 'db' }] })).toEqual([]);
  });

  it('of what is not there are refused with what may have been meant', () => {
    expect(() => recentChanges(cluster, { from: 0, focus: [{ kind: 'Deployment', name: 'wep' }] })).toThrow(
      expect.objectContaining({ code: 'object.not-found', remedy: 'Did you mean "web"?' }),
    );
  });
});

describe('neighbours', () => {
  it('on one side are what the object and its pods lean on, with how that is', () => {
    const { edges, objects } = neighboursOf(cluster, web, { side: 'uses', depth: 1 });
    expect(lines(edges)).toContain('Deployment shop/web calls Service shop/db');
    expect(new Set(lines(edges)).size).toBe(edges.length);
    expect(objects.find(({ object }) => object.kind === 'Service' && object.name === 'db')?.state).toBe(
      'selects no pod',
    );
    expect(lines(edges).every((line) => !line.includes('owns'))).toBe(true);
  });

  it('on the other side are who leans on it, through the Service in front of it too', () => {
    expect(lines(neighboursOf(cluster, web, { side: 'used-by', depth: 1 }).edges)).toEqual([
      'Ingress shop/site routes to Service shop/web',
    ]);
    expect(lines(neighboursOf(cluster, { kind: 'Service', name: 'db' }, { side: 'used-by', depth: 1 }).edges)).toEqual([
      'Deployment shop/web calls Service shop/db',
    ]);
  });

  it('on both sides reach as many steps as are wanted', () => {
    const near = neighboursOf(cluster, { kind: 'Ingress', name: 'site' }, { side: 'all', depth: 1 }).edges;
    const far = neighboursOf(cluster, { kind: 'Ingress', name: 'site' }, { side: 'all', depth: 2 }).edges;
    expect([lines(near).length, lines(far).includes('Service shop/web selects Pod shop/web-1-a')]).toEqual([1, true]);
  });
});

describe('the logs of an object', () => {
  const wanted = { focus: web, container: '', previous: false, lines: 50 };

  it('are those of its containers that have written, pods first that are not ready', () => {
    const { requests, left } = logRequestsFor(cluster, wanted);
    expect(requests.map(({ pod: name, container }) => `${name}/${container}`)).toEqual([
      'web-1-b/proxy',
      'web-1-a/app',
      'web-1-a/proxy',
    ]);
    expect([requests[0]?.tailLines, left]).toEqual([50, 0]);
  });

  it('before a restart are of those that were restarted', () => {
    expect(
      logRequestsFor(cluster, { ...wanted, previous: true }).requests.map(({ pod: name, container, previous }) => [
        name,
        container,
        previous,
      ]),
    ).toEqual([['web-1-b', 'app', true]]);
  });

  it('of one container are of no other, and one that is not there is refused with those that are', () => {
    expect(
      logRequestsFor(cluster, { ...wanted, container: 'proxy' }).requests.map(({ container }) => container),
    ).toEqual(['proxy', 'proxy']);
    expect(() => logRequestsFor(cluster, { ...wanted, container: 'prox' })).toThrow(
      expect.objectContaining({ code: 'object.not-found', remedy: 'There is app, proxy.' }),
    );
  });

  it('of many containers are of ten, and the others are counted', () => {
    const many = new Snapshot(
      partsFrom(
        Array.from({ length: 12 }, (_, index) => ({
          ...pod(`p-${index}`, running, true),
          metadata: meta(`p-${index}`, { labels: { app: 'many' } }),
        })).concat([
          { apiVersion: 'v1', kind: 'Service', metadata: meta('many'), spec: { selector: { app: 'many' } } } as never,
        ]),
        '2026-01-01T12:00:00Z',
      ),
    );
    const { requests, left } = logRequestsFor(many, { ...wanted, focus: { kind: 'Service', name: 'many' } });
    expect([requests.length, left]).toEqual([10, 14]);
  });
});

describe('the meaning', () => {
  it('of a code is its entry, however it is written', () => {
    expect(meaningOf(' Pod.Image.Not-Found ')).toMatchObject({
      entry: { code: 'pod.image.not-found' },
      related: [],
      near: [],
    });
  });

  it('of a word of Kubernetes is its sentence, with codes that have to do with it', () => {
    const { says, related } = meaningOf('CrashLoopBackOff');
    expect([says.startsWith('CrashLoopBackOff: '), related.length > 0]).toEqual([true, true]);
  });

  it('of the beginning of codes are those codes, and of what nobody knows what may have been meant', () => {
    expect(meaningOf('pod.image').related.map(({ code }) => code)).toContain('pod.image.not-found');
    expect(meaningOf('pod.image.not-fuond')).toMatchObject({
      says: '',
      related: [],
      near: expect.arrayContaining(['pod.image.not-found']),
    });
    expect(meaningOf('constructor')).toMatchObject({ says: '', near: [] });
  });
});
