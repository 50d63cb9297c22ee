import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { distinctBy } from '../distinct-by.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { workloadOf } from '../workloads/owner.ts';

/** The workloads that answer for the cluster's names, by the labels that their makers give their pods. */
export const dnsWorkloads = perSnapshot((snapshot): readonly ObjectRef[] => {
  const pods = [
    ...snapshot.listIn('Pod', 'kube-system').filter(({ metadata }) => metadata.labels['k8s-app'] === 'kube-dns'),
    ...snapshot
      .listIn('Pod', 'openshift-dns')
      .filter(({ metadata }) => metadata.labels['dns.operator.openshift.io/daemonset-dns'] !== undefined),
  ];
  return distinctBy(
    pods.map((pod) => workloadOf(snapshot, pod)),
    refKey,
  );
});
