import { describe, expect, it } from 'vitest';
import { helmRelease, kustomization } from '../testing/delivery-objects.ts';
import { named, object } from '../testing/objects.ts';
import { reachOfFlux } from './flux-reach.ts';

const inventory = (...ids: readonly string[]) => ({ inventory: { entries: ids.map((id) => ({ id, v: 'v1' })) } });

describe('what Flux reaches', () => {
  it('is what a Kustomization keeps by its own account', () => {
    const status = inventory(
      'shop_web_apps_Deployment',
      'shop_web__Service',
      '_reader_rbac.authorization.k8s.io_ClusterRole',
      'shop_a__b_rbac.authorization.k8s.io_Role',
      'no account',
    );
    expect(reachOfFlux(kustomization({ status })).reaches).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', namespace: '', name: 'reader' },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', namespace: 'shop', name: 'a:b' },
    ]);
  });

  it('is the namespace that it writes into where there is no account', () => {
    expect(reachOfFlux(kustomization({ spec: { targetNamespace: 'shop' } })).reaches).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'shop' },
    ]);
    expect(reachOfFlux(helmRelease()).reaches).toMatchObject([{ kind: 'Namespace', name: 'flux-system' }]);
    expect(reachOfFlux(helmRelease({ spec: { targetNamespace: 'shop' } })).reaches).toMatchObject([
      { kind: 'Namespace', name: 'shop' },
    ]);
  });

  it('is not known of a source, of another cluster, or of what was never applied', () => {
    expect(
      reachOfFlux(
        object(named('source.toolkit.fluxcd.io/v1', 'GitRepository', 'apps', 'flux-system'), {
          spec: { suspend: true },
        }),
      ),
    ).toEqual({});
    expect(
      reachOfFlux(kustomization({ spec: { targetNamespace: 'shop', kubeConfig: { secretRef: { name: 'far' } } } })),
    ).toEqual({});
    expect(reachOfFlux(kustomization())).toEqual({});
  });
});
