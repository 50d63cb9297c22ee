import { readFileSync } from 'node:fs';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { clusterObjectsOver } from '../../objects/cluster-objects.ts';
import { replayClient } from '../../replay/replay-client.ts';

interface Role {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

const text = readFileSync(new URL('../../../../../deploy/rbac/scarlet.yaml', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../../../../deploy/rbac/README.md', import.meta.url), 'utf8');
const roles = parseAllDocuments(text).map((document) => document.toJS() as Role);

/** `workloads` → `apps/deployments: patch`, ... */
const granted: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  roles.map(({ metadata, rules }) => [
    metadata.name.replace('autodevops-scarlet-', ''),
    rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}: ${verbs.join(' ')}`)),
    ),
  ]),
);

/** Each write with the action that needs it. */
const needed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  workloads: {
    'apps/deployments: patch':
      'restart, undo, pause, resume, scale, set image, resources and environment, correct a probe, attach a pull secret',
    'apps/statefulsets: patch':
      'restart, undo, scale, set image, resources and environment, correct a probe, attach a pull secret',
    'apps/daemonsets: patch':
      'restart, undo, set image, resources and environment, correct a probe, attach a pull secret',
    'apps/replicasets: patch': 'scale one that no Deployment owns',
  },
  pods: { '/pods: delete': 'delete one pod', '/pods/eviction: create': 'evict one pod' },
  nodes: { '/nodes: patch': 'cordon, uncordon', '/pods/eviction: create': 'drain' },
  jobs: {
    'batch/jobs: create delete': 'run again, trigger, delete a finished one, take a run back',
    'batch/cronjobs: patch': 'suspend, resume, set image, resources and environment, attach a pull secret',
  },
  services: { '/services: patch': 'correct a selector or a target port' },
  configuration: { '/configmaps: create delete': 'create a missing one, and take that back' },
  storage: { '/persistentvolumeclaims: patch': 'extend a claim' },
  autoscaling: { 'autoscaling/horizontalpodautoscalers: patch': 'adjust bounds' },
  permissions: {
    'rbac.authorization.k8s.io/roles: create patch delete': 'add a missing rule, and take it back',
    'rbac.authorization.k8s.io/rolebindings: create patch delete': 'give it to the subject, and take it back',
  },
  gitops: {
    'argoproj.io/applications: patch': 'sync, refresh, roll back',
    'kustomize.toolkit.fluxcd.io/kustomizations: patch': 'reconcile, suspend, resume',
    'helm.toolkit.fluxcd.io/helmreleases: patch': 'reconcile, suspend, resume',
    'source.toolkit.fluxcd.io/gitrepositories: patch': 'reconcile, suspend, resume',
    'source.toolkit.fluxcd.io/ocirepositories: patch': 'reconcile, suspend, resume',
    'source.toolkit.fluxcd.io/helmrepositories: patch': 'reconcile, suspend, resume',
    'source.toolkit.fluxcd.io/helmcharts: patch': 'reconcile, suspend, resume',
    'source.toolkit.fluxcd.io/buckets: patch': 'reconcile, suspend, resume',
  },
};

function allowedBy(...names: readonly string[]): (resource: string, verb: string) => boolean {
  const rules = roles
    .filter(({ metadata }) => names.includes(metadata.name.replace('autodevops-scarlet-', '')))
    .flatMap((role) => role.rules);
  return (resource, verb) =>
    ['get', 'list'].includes(verb) ||
    rules.some(({ resources, verbs }) => resources.includes(resource) && verbs.includes(verb));
}

const deployment: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '5' },
  spec: { replicas: 1 },
};
const pod: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', uid: 'u2', resourceVersion: '5' },
  spec: {},
  status: { phase: 'Running' },
};
const scale: ClusterOperation = {
  verb: 'patch',
  target: targetOf(deployment),
  subresource: '',
  steps: [{ op: 'replace', path: '/spec/replicas', value: 2 }],
};
const evict: ClusterOperation = { verb: 'evict', target: targetOf(pod) };
const remove: ClusterOperation = { verb: 'delete', target: targetOf(pod), propagation: 'Background' };

/** The code that a request ends with under these roles; `done` when it is carried out. */
async function trial(operation: ClusterOperation, ...names: readonly string[]): Promise<string> {
  const { client } = replayClient(
    { objects: [deployment, pod], logs: [] },
    { name: 'trial', writable: true, allow: allowedBy(...names) },
  );
  const sent = clusterObjectsOver(client).send(operation, {
    dryRun: false,
    changeId: 'chg-000000000001',
    signal: AbortSignal.timeout(10_000),
  });
  return await sent.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
}

describe('the roles of Scarlet', () => {
  it('grant each group exactly the writes that its actions need', () => {
    expect(granted).toEqual(
      Object.fromEntries(Object.entries(needed).map(([name, writes]) => [name, Object.keys(writes)])),
    );
  });

  it('hold no wildcard, no Secret, nothing that reads, and nothing that widens what she may', () => {
    const all = roles.flatMap(({ rules }) => rules);
    expect(
      all
        .flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs])
        .filter((word) => word.includes('*')),
    ).toEqual([]);
    expect(
      all
        .flatMap(({ resources }) => resources)
        .filter((resource) =>
          /^(?:secrets|clusterroles|clusterrolebindings|.*webhook.*|pods\/exec|.*\/status|.*\/finalizers)/.test(
            resource,
          ),
        ),
    ).toEqual([]);
    const verbs = new Set(all.flatMap((rule) => rule.verbs));
    expect([...verbs].toSorted()).toEqual(['create', 'delete', 'patch']);
  });

  it('are ClusterRoles, so that each can be bound in one namespace', () => {
    expect(new Set(roles.map(({ kind }) => kind))).toEqual(new Set(['ClusterRole']));
  });

  it('are all explained beside them', () => {
    for (const name of Object.keys(granted)) expect(readme).toContain(`| \`${name}\` |`);
  });

  it('are enough for what they are for, and for nothing else', async () => {
    expect(await trial(scale, 'workloads')).toBe('done');
    expect(await trial(scale, 'pods', 'nodes', 'jobs', 'services')).toBe('cluster.forbidden');
    expect(await trial(evict, 'nodes')).toBe('done');
    expect(await trial(remove, 'nodes')).toBe('cluster.forbidden');
    expect(await trial(remove, 'pods')).toBe('done');
  });
});
