import type { KindName } from '@autodevops/domain/kubernetes/kinds';

export type Labels = Readonly<Record<string, string>>;

/** Labels that name an object, the most precise first. */
export const naming: readonly (readonly [label: string, kind: KindName])[] = [
  ['persistentvolumeclaim', 'PersistentVolumeClaim'],
  ['pod', 'Pod'],
  ['pod_name', 'Pod'],
  ['kubernetes_pod_name', 'Pod'],
  ['k8s_pod_name', 'Pod'],
  ['container_label_io_kubernetes_pod_name', 'Pod'],
  ['job_name', 'Job'],
  ['cronjob', 'CronJob'],
  ['statefulset', 'StatefulSet'],
  ['k8s_statefulset_name', 'StatefulSet'],
  ['kube_stateful_set', 'StatefulSet'],
  ['deployment', 'Deployment'],
  ['k8s_deployment_name', 'Deployment'],
  ['kube_deployment', 'Deployment'],
  ['daemonset', 'DaemonSet'],
  ['k8s_daemonset_name', 'DaemonSet'],
  ['kube_daemon_set', 'DaemonSet'],
  ['replicaset', 'ReplicaSet'],
  ['horizontalpodautoscaler', 'HorizontalPodAutoscaler'],
  ['hpa', 'HorizontalPodAutoscaler'],
  ['poddisruptionbudget', 'PodDisruptionBudget'],
  ['resourcequota', 'ResourceQuota'],
  ['persistentvolume', 'PersistentVolume'],
  ['node', 'Node'],
  ['nodename', 'Node'],
  ['kubernetes_node', 'Node'],
  ['k8s_node_name', 'Node'],
  ['ingress', 'Ingress'],
];

/** Labels with names that only may be objects: Services, applications, scrape jobs, the components of other tools. */
export const looseLabels = [
  'service',
  'app',
  'application',
  'service_name',
  'app_kubernetes_io_name',
  'workload',
  'component',
  'cmdb_id',
  'microservice',
  'entity',
  'container',
  'job',
] as const;

const namespaceLabels = [
  'namespace',
  'kubernetes_namespace',
  'k8s_namespace_name',
  'kube_namespace',
  'service_namespace',
  'container_label_io_kubernetes_pod_namespace',
] as const;

/** '' where none is told. */
export function namespaceIn(labels: Labels): string {
  return namespaceLabels.map((label) => labels[label]).find((name) => name !== undefined) ?? '';
}

/**
 * What the series or alert is about, without the labels of the target that was scraped where both stand beside each
 * other. `k8s.pod.name` is `k8s_pod_name`, as OpenTelemetry's names are written for Prometheus.
 */
export function ownLabels(given: Labels): Labels {
  const scraper = `${given['job'] ?? ''} ${given['container'] ?? ''} ${given['pod'] ?? ''}`;
  const own: Record<string, string> = {};
  const isReporter = scraper.includes('kube-state-metrics');
  for (const [label, value] of Object.entries(given)) {
    if (value === '') continue;
    const key = label.replaceAll('.', '_');
    if (
      isReporter &&
      (key === 'instance' || key === 'service' || key === 'container' || key === 'endpoint' || key === 'job')
    ) {
      continue;
    }
    if (isReporter && key === 'pod' && value.includes('kube-state-metrics')) continue;
    own[key] = value;
  }
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith('exported_') && value !== '') own[key.slice('exported_'.length)] = value;
  }
  return own;
}
