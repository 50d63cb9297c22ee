import { describe, expect, it } from 'vitest';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { analyzers } from './registry.ts';

const now = '2026-03-10T12:00:00Z';

/** Kinds of projects that rules know by name, and one that nobody knows. */
const custom = [
  ['acme.cert-manager.io/v1', 'Challenge'],
  ['acme.cert-manager.io/v1', 'Order'],
  ['argoproj.io/v1alpha1', 'Application'],
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['ceph.rook.io/v1', 'CephCluster'],
  ['cert-manager.io/v1', 'Certificate'],
  ['cert-manager.io/v1', 'CertificateRequest'],
  ['cert-manager.io/v1', 'Issuer'],
  ['chaos-mesh.org/v1alpha1', 'NetworkChaos'],
  ['chaos-mesh.org/v1alpha1', 'StressChaos'],
  ['cluster.x-k8s.io/v1beta1', 'Machine'],
  ['example.com/v1', 'Widget'],
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
  ['kamaji.clastix.io/v1alpha1', 'DataStore'],
  ['kamaji.clastix.io/v1alpha1', 'TenantControlPlane'],
  ['karpenter.sh/v1', 'NodeClaim'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
  ['kueue.x-k8s.io/v1beta1', 'ClusterQueue'],
  ['kueue.x-k8s.io/v1beta1', 'LocalQueue'],
  ['litmuschaos.io/v1alpha1', 'ChaosEngine'],
  ['networking.istio.io/v1', 'VirtualService'],
  ['route.openshift.io/v1', 'Route'],
  ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot'],
  ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
  ['velero.io/v1', 'Backup'],
  ['velero.io/v1', 'BackupStorageLocation'],
  ['velero.io/v1', 'Schedule'],
] as const;

/** Of each kind three objects as nobody makes them. A recorded cluster may hold them, and a rule must survive them. */
function oddObjects(...kindsOf: readonly (readonly [apiVersion: string, kind: string])[]): readonly object[] {
  const metadata = { name: 'x', namespace: 'shop', uid: 7, ownerReferences: 'no', finalizers: {}, labels: [] };
  return kindsOf.flatMap(([apiVersion, kind]) => [
    { apiVersion, kind, metadata: { name: 'x', namespace: 'shop' } },
    { apiVersion, kind, metadata, spec: 'no', status: [] },
    {
      apiVersion,
      kind,
      metadata: null,
      spec: { taints: 5, versions: {} },
      status: { conditions: [null, 7, { type: 3 }, {}] },
    },
  ]);
}

const known = kindNames.map((kind) => {
  const { group, versions } = kinds[kind];
  return [group === '' ? (versions[0] ?? 'v1') : `${group}/${versions[0]}`, kind] as const;
});

/** What may be said of nothing but an object's being there: no schedule, one replica wanted by default, no class. */
const said: Readonly<Record<string, string>> = {
  'cron-job': 'cronjob.schedule-invalid',
  hygiene: 'hygiene.default-token-mounted',
  ingress: 'ingress.class.none',
  'workload-availability': 'workload.unavailable',
};

const empty = new Snapshot({ capturedAt: now });
const odd = new Snapshot(partsFrom(oddObjects(...known, ...custom), now));

describe.each(analyzers.map((analyzer) => [analyzer.name, analyzer] as const))('%s', (name, analyzer) => {
  it('says nothing of an empty cluster', () => {
    expect(analyzer.analyze(empty)).toEqual([]);
  });

  it('concludes nothing from objects without their fields and with fields of the wrong type', () => {
    const codes = new Set(analyzer.analyze(odd).map(({ code }) => code));
    expect([...codes]).toEqual(said[name] === undefined ? [] : [said[name]]);
  });
});
