import { describe, expect, it } from 'vitest';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refByName } from '@autodevops/domain/object-ref';
import { logsWanted } from './log-wants.ts';
import { findingAt, podOf, snapshotOf, statefulSetOf } from '../testing/cluster-builder.ts';

type Raw = { kind: KindName; [field: string]: unknown };

const running = { running: { startedAt: '2026-01-01T11:00:00Z' } };
const failed = { terminated: { exitCode: 1, finishedAt: '2026-01-01T11:59:00Z' } };
const status = (name: string, state: object, lastState: object = {}, restartCount = 0): object => ({
  name,
  state,
  lastState,
  restartCount,
});

/** A pod of which the containers are as their statuses say. */
function pod(name: string, containers: object[], initContainers: object[] = []): Raw {
  const named = (statuses: object[]): object[] =>
    statuses.map((s) => ({ name: (s as { name: string }).name, image: 'x' }));
  const base = podOf({ name, owner: 'web', labels: { app: 'web' } });
  return {
    ...base,
    spec: { containers: named(containers), initContainers: named(initContainers) },
    status: { phase: 'Running', containerStatuses: containers, initContainerStatuses: initContainers },
  };
}

function wants(objects: Raw[], findings = [findingAt('Pod', 'web-0')], most?: number): string[] {
  return logsWanted(snapshotOf(...objects), findings, most).map(
    (r) => `${r.pod}/${r.container}${r.previous ? ' before' : ''}`,
  );
}

const statuses = [status('app', running)];
const crew = (count: number): Raw[] => [
  statefulSetOf('web'),
  ...Array.from({ length: count }, (_, i) => pod(`web-${i}`, statuses)),
];

describe('of the pod of a finding', () => {
  it('the present log of every container that runs', () => {
    expect(wants([pod('web-0', [status('app', running), status('proxy', running)])])).toEqual([
      'web-0/app',
      'web-0/proxy',
    ]);
  });

  it('none of a container that never ran', () => {
    expect(wants([pod('web-0', [status('app', { waiting: { reason: 'ImagePullBackOff' } })])])).toEqual([]);
  });

  it('the log before and the present one of a container that crashes', () => {
    const crashing = status('app', { waiting: { reason: 'CrashLoopBackOff' } }, failed, 4);
    expect(wants([pod('web-0', [crashing])])).toEqual(['web-0/app before', 'web-0/app']);
  });

  it('the present log alone of one that crashed long ago', () => {
    expect(wants([pod('web-0', [status('app', running, failed, 1)])])).toEqual(['web-0/app']);
  });

  it('those of init containers, but of those that have done their work', () => {
    const inits = [status('migrate', { terminated: { exitCode: 0 } }), status('wait', running)];
    expect(wants([pod('web-0', [status('app', { waiting: { reason: 'PodInitializing' } })], inits)])).toEqual([
      'web-0/wait',
    ]);
    expect(wants([pod('web-0', [], [status('migrate', failed)])])).toEqual(['web-0/migrate']);
  });

  it('a bounded part of each', () => {
    const [request] = logsWanted(snapshotOf(pod('web-0', statuses)), [findingAt('Pod', 'web-0')]);
    expect(request).toMatchObject({ namespace: 'shop', tailLines: 300, limitBytes: 131_072 });
  });
});

describe('of other objects', () => {
  it('a workload: its pods, three at most', () => {
    expect(wants(crew(5), [findingAt('StatefulSet', 'web')])).toEqual(['web-0/app', 'web-1/app', 'web-2/app']);
  });

  it('a Service: the pods behind it', () => {
    const service: Raw = {
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' } },
    };
    expect(wants([...crew(1), service], [findingAt('Service', 'web')])).toEqual(['web-0/app']);
  });

  it('a Service without a selector, a node, or what is not there: none', () => {
    const service: Raw = { kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: {} };
    expect(
      wants(
        [...crew(1), service],
        [findingAt('Service', 'web'), findingAt('Node', 'worker'), findingAt('Pod', 'gone')],
      ),
    ).toEqual([]);
  });

  it('what might explain a finding', () => {
    const because = [{ object: refByName('Pod', 'shop', 'web-0') }];
    expect(wants(crew(1), [findingAt('Node', 'worker', { because })])).toEqual(['web-0/app']);
  });
});

describe('of many', () => {
  it('the pods that are not ready come first', () => {
    const ready = {
      ...pod('web-0', statuses),
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: statuses },
    };
    expect(wants([statefulSetOf('web'), ready, pod('web-1', statuses)], [findingAt('StatefulSet', 'web')])).toEqual([
      'web-1/app',
      'web-0/app',
    ]);
  });

  it('a pod that a finding names comes before those that only stand for something', () => {
    const service: Raw = {
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' } },
    };
    expect(wants([...crew(6), service], [findingAt('Service', 'web'), findingAt('Pod', 'web-5')])).toEqual([
      'web-5/app',
      'web-0/app',
      'web-1/app',
    ]);
  });

  it('each is asked for once, however many findings point at it', () => {
    expect(
      wants(crew(1), [
        findingAt('Pod', 'web-0'),
        findingAt('Pod', 'web-0', { code: 'other' }),
        findingAt('StatefulSet', 'web'),
      ]),
    ).toEqual(['web-0/app']);
  });

  it('a workload gives no more than three, even when every pod has a finding of its own', () => {
    expect(
      wants(
        crew(6),
        ['web-0', 'web-1', 'web-2', 'web-3', 'web-4'].map((name) => findingAt('Pod', name)),
      ),
    ).toHaveLength(3);
  });

  it('there are no more than asked for in all', () => {
    expect(wants(crew(3), [findingAt('StatefulSet', 'web')], 2)).toEqual(['web-0/app', 'web-1/app']);
  });
});

it('reads the name server beside a crash, and not beside anything else', () => {
  const dns = {
    ...pod('coredns-1', statuses),
    metadata: { name: 'coredns-1', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  };
  const service = {
    kind: 'Service' as const,
    metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: { selector: { 'k8s-app': 'kube-dns' } },
  };
  const objects = [pod('web-0', statuses), dns, service];
  expect(wants(objects, [{ ...findingAt('Pod', 'web-0'), code: 'pod.crash.unknown' }])).toEqual([
    'web-0/app',
    'coredns-1/app',
  ]);
  expect(wants(objects, [{ ...findingAt('Pod', 'web-0'), code: 'pod.image.not-found' }])).toEqual(['web-0/app']);
});

it('reads the server beside a client that does not get on, and not beside anything else', () => {
  const service: Raw = {
    kind: 'Service',
    metadata: { name: 'queue', namespace: 'shop' },
    spec: { selector: { app: 'queue' } },
  };
  const server = {
    ...pod('queue-0', statuses),
    metadata: { name: 'queue-0', namespace: 'shop', labels: { app: 'queue' } },
  };
  const base = pod('web-0', statuses);
  const env = [{ name: 'QUEUE_URL', value: 'amqp://queue:5672' }];
  const client: Raw = { ...base, spec: { containers: [{ name: 'app', image: 'x', env }] } };
  const objects = [client, server, service];
  expect(wants(objects, [{ ...findingAt('Pod', 'web-0'), code: 'pod.not-ready.unknown' }])).toEqual([
    'web-0/app',
    'queue-0/app',
  ]);
  expect(wants(objects, [{ ...findingAt('Pod', 'web-0'), code: 'pod.image.not-found' }])).toEqual(['web-0/app']);
});
