/**
 * API groups of projects whose objects say in conditions how an application or a cluster fares. They are read first, and
 * the ready ClusterRole lets them be read.
 */
export const customGroups = [
  'argoproj.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
  'image.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io',
  'cert-manager.io',
  'acme.cert-manager.io',
  'kamaji.clastix.io',
  'gateway.networking.k8s.io',
  'snapshot.storage.k8s.io',
  'cluster.x-k8s.io',
  'controlplane.cluster.x-k8s.io',
  'bootstrap.cluster.x-k8s.io',
  'infrastructure.cluster.x-k8s.io',
  'external-secrets.io',
  'keda.sh',
  'monitoring.coreos.com',
  'operators.coreos.com',
  'config.openshift.io',
  'machineconfiguration.openshift.io',
  'route.openshift.io',
  'karpenter.sh',
  'serving.knative.dev',
  'apiextensions.crossplane.io',
  'pkg.crossplane.io',
  'kafka.strimzi.io',
  'postgresql.cnpg.io',
  'acid.zalan.do',
  'networking.istio.io',
  'security.istio.io',
  'velero.io',
  'ceph.rook.io',
  'flowcontrol.apiserver.k8s.io',
  'kueue.x-k8s.io',
  'autoscaling.k8s.io',
  'sparkoperator.k8s.io',
  'flink.apache.org',
  'ray.io',
  'karpenter.k8s.aws',
  'machine.openshift.io',
  'chaos-mesh.org',
  'litmuschaos.io',
  'tekton.dev',
  'kubevirt.io',
  'longhorn.io',
  'flagger.app',
  'metallb.io',
  'elbv2.k8s.aws',
  'rabbitmq.com',
  'bitnami.com',
  'secrets.hashicorp.com',
] as const;

const telling: ReadonlySet<string> = new Set(customGroups);

export function isTelling(group: string): boolean {
  return telling.has(group);
}
