import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { matchesLabels } from '../../reading/selector.ts';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import type { WorkloadTemplate } from '../../reading/workloads/workload-templates.ts';

/** The Service that pods have as name server, and what stands behind it. */
export interface ClusterDns {
  readonly snapshot: Snapshot;
  readonly service: Service;
  readonly ref: ObjectRef;
  readonly pods: readonly Pod[];
  readonly workloads: readonly WorkloadTemplate[];
}

function isDns(service: Service): boolean {
  const { namespace, name, labels } = service.metadata;
  if (namespace === 'openshift-dns') return name === 'dns-default';
  return (
    namespace === 'kube-system' &&
    (name === 'kube-dns' || labels['k8s-app'] === 'kube-dns') &&
    service.spec.clusterIP !== 'None'
  );
}

export function dnsServices(snapshot: Snapshot): readonly ClusterDns[] {
  const services = [...snapshot.listIn('Service', 'kube-system'), ...snapshot.listIn('Service', 'openshift-dns')];
  return services
    .filter((service) => isDns(service) && Object.keys(service.spec.selector).length > 0)
    .map((service) => ({
      snapshot,
      service,
      ref: refTo('Service', service),
      pods: podsBehind(snapshot, service).filter((pod) => !isFinished(pod) && !isTerminating(pod)),
      workloads: workloadTemplates(snapshot, service.metadata.namespace).filter((w) =>
        matchesLabels(service.spec.selector, w.labels),
      ),
    }));
}
