import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import { gitSource } from './git-source.ts';
import { owningTools } from './owning-tool.ts';

const { signal } = new AbortController();

function web(metadata: object, spec: object = { replicas: 1 }): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', uid: 'u', ...metadata },
    spec: { ...spec },
  };
}

function owner(apiVersion: string, kind: string, name = 'main'): object {
  return { ownerReferences: [{ apiVersion, kind, name, uid: 'o', controller: true }] };
}

async function owners(
  object: Manifest,
  others: readonly Manifest[] = [],
  after: Manifest = web({}, { replicas: 3 }),
): Promise<string[]> {
  return (await owningTools(object, after, fakeCluster(others), signal)).map((found) => `${found.tool} ${found.owner}`);
}

const application: Manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop-web', namespace: 'argocd' },
  spec: {
    destination: { namespace: 'shop' },
    source: { repoURL: 'https://user:hunter2@git.example/shop.git', path: 'deploy/web' },
  },
};

describe('who keeps an object', () => {
  it('is nobody when nothing says so', async () => {
    expect(await owners(web({ labels: { app: 'web' } }))).toEqual([]);
  });

  it('is Argo CD by its tracking annotation, unless that was copied from another object', async () => {
    const tracked = (id: string): object => ({ annotations: { 'argocd.argoproj.io/tracking-id': id } });
    expect(await owners(web(tracked('shop-web:apps/Deployment:shop/web')))).toEqual(['argocd shop-web']);
    expect(await owners(web(tracked('shop-web:apps/Deployment:other/web')))).toEqual([]);
  });

  it('is Argo CD by the common instance label only where such an application exists', async () => {
    const labelled = web({ labels: { 'app.kubernetes.io/instance': 'shop-web' } });
    expect(await owners(labelled, [application])).toEqual(['argocd shop-web']);
    expect(await owners(labelled)).toEqual([]);
    expect(await owners(web({ labels: { 'argocd.argoproj.io/instance': 'x' } }))).toEqual(['argocd x']);
  });

  it('is Flux by its labels, unless it was told to let go', async () => {
    const labels = {
      'kustomize.toolkit.fluxcd.io/name': 'apps',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    };
    expect(await owners(web({ labels }))).toEqual(['flux Kustomization flux-system/apps']);
    expect(await owners(web({ labels, annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } }))).toEqual(
      [],
    );
    expect(
      await owners(
        web({
          labels: {
            'helm.toolkit.fluxcd.io/name': 'web',
            'helm.toolkit.fluxcd.io/namespace': 'shop',
            'app.kubernetes.io/managed-by': 'Helm',
          },
          annotations: { 'meta.helm.sh/release-name': 'web' },
        }),
      ),
    ).toEqual(['flux HelmRelease shop/web']);
  });

  it('is Helm by label and annotation together', async () => {
    const labels = { 'app.kubernetes.io/managed-by': 'Helm' };
    expect(
      await owners(
        web({ labels, annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' } }),
      ),
    ).toEqual(['helm release shop/web']);
    expect(await owners(web({ labels }))).toEqual([]);
  });

  it('is an operator by an owner of an API group that is not of Kubernetes, up the chain', async () => {
    expect(await owners(web(owner('postgresql.cnpg.io/v1', 'Cluster')))).toEqual(['operator Cluster shop/main']);
    expect(await owners(web(owner('batch/v1', 'CronJob')))).toEqual([]);
    const between: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'main', namespace: 'shop', uid: 'o', ...owner('example.com/v1', 'Database', 'db') },
    };
    expect(await owners(web(owner('apps/v1', 'StatefulSet')), [between])).toEqual(['operator Database shop/db']);
  });

  it('is nobody for a pod that a controller makes anew', async () => {
    const pod: Manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web-1',
        namespace: 'shop',
        labels: { 'argocd.argoproj.io/instance': 'x' },
        ...owner('apps/v1', 'ReplicaSet'),
      },
    };
    expect(await owners(pod)).toEqual([]);
  });
});

describe('a field manager', () => {
  const managed = (manager: string, fields: object, operation = 'Update', more: object = {}): object => ({
    managedFields: [{ manager, operation, apiVersion: 'apps/v1', fieldsType: 'FieldsV1', fieldsV1: fields, ...more }],
  });
  const replicas = { 'f:spec': { 'f:replicas': {} } };
  const image = {
    'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } } } } },
  };

  it('keeps a field that it owns by apply or as a controller', async () => {
    expect(await owners(web(managed('fleet', replicas, 'Apply')))).toEqual(['operator field manager fleet']);
    expect(await owners(web(managed('scaling-operator', replicas)))).toEqual([
      'operator field manager scaling-operator',
    ]);
  });

  it('keeps nothing that it does not own', async () => {
    expect(await owners(web(managed('fleet', image, 'Apply'), { replicas: 1 }))).toEqual([]);
  });

  it('may own any field where the reader does not say which', async () => {
    expect(await owners(web(managed('fleet', {}, 'Apply')))).toEqual(['operator field manager fleet']);
  });

  it('is no owner when it writes for a person, for Kubernetes or only status', async () => {
    for (const manager of ['kubectl', 'kubectl-client-side-apply', 'autodevops', 'kube-controller-manager', 'node']) {
      expect(await owners(web(managed(manager, replicas)))).toEqual([]);
    }
    expect(await owners(web(managed('x-controller', replicas, 'Update', { subresource: 'status' })))).toEqual([]);
  });
});

describe('where a tool takes an object from', () => {
  it("is named by Argo CD's application, without credentials", async () => {
    expect(await gitSource({ tool: 'argocd', owner: 'shop-web' }, fakeCluster([application]), signal)).toBe(
      'deploy/web of https://user:[redacted]@git.example/shop.git',
    );
  });

  it("is named by Flux's repository", async () => {
    const objects: readonly Manifest[] = [
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'apps', namespace: 'flux-system' },
        spec: { path: './apps', sourceRef: { kind: 'GitRepository', name: 'fleet' } },
      },
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: 'fleet', namespace: 'flux-system' },
        spec: { url: 'https://git.example/fleet.git' },
      },
    ];
    expect(
      await gitSource({ tool: 'flux', owner: 'Kustomization flux-system/apps' }, fakeCluster(objects), signal),
    ).toBe('./apps of https://git.example/fleet.git');
  });

  it('is not known where the tool is gone', async () => {
    expect(await gitSource({ tool: 'argocd', owner: 'gone' }, fakeCluster(), signal)).toBeUndefined();
    expect(await gitSource({ tool: 'helm', owner: 'release shop/web' }, fakeCluster(), signal)).toBeUndefined();
  });
});
