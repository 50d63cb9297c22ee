import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import type { ClusterObjects } from '@autodevops/domain/ports/cluster-objects';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import type { Self } from '../policy/question.ts';
import { findSelf } from './find-self.ts';
import type { SelfPlace } from './find-self.ts';

type RawObject = Readonly<Record<string, unknown>>;

const rbac = 'rbac.authorization.k8s.io/v1';
const project = { 'app.kubernetes.io/part-of': 'autodevops' };
const account = { kind: 'ServiceAccount', namespace: 'ops', name: 'agent' };
const agent = {
  name: 'system:serviceaccount:ops:agent',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:ops', 'system:authenticated'],
};
const laptop: SelfPlace = { inCluster: false, namespace: '', pod: '' };
const inPod: SelfPlace = { inCluster: true, namespace: 'ops', pod: 'agent-1-x' };

function role(
  name: string,
  more: RawObject & { readonly namespace?: string; readonly labels?: object } = {},
): RawObject {
  const { namespace, labels = {}, ...rest } = more;
  return {
    apiVersion: rbac,
    kind: namespace === undefined ? 'ClusterRole' : 'Role',
    metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) },
    rules: [],
    ...rest,
  };
}

function binding(name: string, to: object, subject: object, namespace?: string): RawObject {
  return {
    apiVersion: rbac,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...to },
    subjects: [subject],
  };
}

function owned(
  apiVersion: string,
  kind: string,
  name: string,
  by?: { apiVersion: string; kind: string; name: string },
): RawObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'ops',
      uid: name,
      ...(by === undefined ? {} : { ownerReferences: [{ ...by, uid: by.name, controller: true }] }),
    },
  };
}

const clusterRole = (name: string): object => ({ kind: 'ClusterRole', name });
const pod = {
  ...owned('v1', 'Pod', 'agent-1-x', { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'agent-1' }),
  spec: {
    serviceAccountName: 'agent',
    containers: [{ name: 'agent', image: 'agent:1', envFrom: [{ secretRef: { name: 'agent-database' } }] }],
    volumes: [{ name: 'policy', configMap: { name: 'agent-policy' } }],
  },
};
const workload = [
  pod,
  owned('apps/v1', 'ReplicaSet', 'agent-1', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'agent' }),
  owned('apps/v1', 'Deployment', 'agent'),
];

function clusterOf(
  objects: readonly RawObject[],
  user: Awaited<ReturnType<ClusterObjects['whoAmI']>> = agent,
): ClusterObjects {
  return { ...fakeCluster(objects), whoAmI: async () => user };
}

async function self(objects: readonly RawObject[], place: SelfPlace = laptop): Promise<Self> {
  return await findSelf(place, clusterOf(objects), AbortSignal.timeout(10_000));
}

async function found(objects: readonly RawObject[], place?: SelfPlace): Promise<readonly string[]> {
  return ((await self(objects, place)).objects ?? []).map(refText).toSorted();
}

describe('what gives the agent its permissions', () => {
  it('is each binding that means it, with the role that it names', async () => {
    const others = [
      role('view'),
      role('view', { namespace: 'shop' }),
      binding('others', clusterRole('view'), { kind: 'User', name: 'ann' }),
    ];
    expect(await found([...others, role('reader'), binding('agent-reads', clusterRole('reader'), account)])).toEqual([
      'ClusterRole reader',
      'ClusterRoleBinding agent-reads',
    ]);
    expect(
      await found([
        ...others,
        role('writer', { namespace: 'shop' }),
        role('writer', { namespace: 'other' }),
        binding('agent-writes', { kind: 'Role', name: 'writer' }, account, 'shop'),
      ]),
    ).toEqual(['Role shop/writer', 'RoleBinding shop/agent-writes']);
  });

  it('is found by the name of its user, and by groups that it is in', async () => {
    const objects = [
      role('a'),
      role('b'),
      role('c'),
      binding('by-name', clusterRole('a'), { kind: 'User', name: agent.name }),
      binding('by-group', clusterRole('b'), { kind: 'Group', name: 'system:serviceaccounts:ops' }),
      binding('elsewhere', clusterRole('c'), { kind: 'Group', name: 'system:serviceaccounts:other' }),
    ];
    expect(await found(objects)).toEqual([
      'ClusterRole a',
      'ClusterRole b',
      'ClusterRoleBinding by-group',
      'ClusterRoleBinding by-name',
    ]);
  });

  it('is not a user of the same name as its ServiceAccount, nor one of another namespace', async () => {
    expect(
      await found([
        role('a'),
        binding('user', clusterRole('a'), { kind: 'User', name: 'agent' }),
        binding('other', clusterRole('a'), { ...account, namespace: 'shop' }),
      ]),
    ).toEqual([]);
  });

  it('is every role whose rules an aggregating one takes over', async () => {
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { 'to-agent': 'yes' } }] };
    const objects = [
      role('whole', { aggregationRule }),
      role('piece', { labels: { 'to-agent': 'yes' } }),
      role('no-piece', { labels: { 'to-agent': 'no' } }),
      binding('agent', clusterRole('whole'), account),
    ];
    expect(await found(objects)).toEqual(['ClusterRole piece', 'ClusterRole whole', 'ClusterRoleBinding agent']);
  });

  it('is what deploy/ made, before it is bound too', async () => {
    expect(await found([role('autodevops-scarlet-pods', { labels: project })])).toEqual([
      'ClusterRole autodevops-scarlet-pods',
    ]);
  });
});

describe('what the agent runs by', () => {
  it('is who owns its pod, its ServiceAccount and its configuration, but not the pod, which a drain may move', async () => {
    expect(await found(workload, inPod)).toEqual([
      'ConfigMap ops/agent-policy',
      'Deployment ops/agent',
      'ReplicaSet ops/agent-1',
      'Secret ops/agent-database',
      'ServiceAccount ops/agent',
    ]);
  });

  it('is in the namespace of its ServiceAccount where nobody says another', async () => {
    expect(await self(workload, { ...inPod, namespace: '' })).toMatchObject({
      namespace: 'ops',
      user: agent.name,
      groups: agent.groups,
    });
    expect((await self([])).namespace).toBe('');
  });
});

describe('what cannot be found out', () => {
  const denied = new AutoDevOpsError('cluster.forbidden', 'No.', 'Ask.');

  it('is not known, rather than nothing', async () => {
    const { objects: _none, ...known } = await self([]);
    const cluster = clusterOf([]);
    for (const kind of ['ClusterRoleBinding', 'RoleBinding', 'ClusterRole', 'Role']) {
      const closed: ClusterObjects = {
        ...cluster,
        list: async (request, options) => {
          if (request.kind === kind) throw denied;
          return await cluster.list(request, options);
        },
      };
      expect(await findSelf(laptop, closed, AbortSignal.timeout(10_000))).toEqual(known);
    }
  });

  it('is everything where the server does not say whom it speaks to', async () => {
    const cluster = { ...clusterOf(workload), whoAmI: async () => undefined };
    expect(await findSelf(inPod, cluster, AbortSignal.timeout(10_000))).toEqual({ namespace: 'ops', user: '' });
    expect(
      await findSelf(
        inPod,
        {
          ...cluster,
          whoAmI: async () => {
            throw denied;
          },
        },
        AbortSignal.timeout(10_000),
      ),
    ).toEqual({ namespace: 'ops', user: '' });
  });

  it('is the whole where the pod is not the one that was named', async () => {
    expect(await self(workload, { ...inPod, pod: 'another' })).not.toHaveProperty('objects');
    expect(await self(workload, { ...inPod, pod: '' })).not.toHaveProperty('objects');
  });

  it('is not made up when somebody says stop', async () => {
    await expect(findSelf(laptop, clusterOf([], agent), AbortSignal.abort())).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});
