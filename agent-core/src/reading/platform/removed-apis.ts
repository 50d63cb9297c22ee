/** One API of Kubernetes that was or will be removed. */
export interface Removal {
  readonly groupVersion: string;
  /** Empty: every kind of the version. */
  readonly kinds: readonly string[];
  /** The minor version of Kubernetes 1 that no longer serves it. */
  readonly removedIn: number;
  readonly instead: string;
}

function removal(groupVersion: string, kinds: string, removedIn: number, instead: string): Removal {
  return { groupVersion, kinds: kinds === '' ? [] : kinds.split(' '), removedIn, instead };
}

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const removals: readonly Removal[] = [
  removal(
    'extensions/v1beta1',
    'Deployment DaemonSet ReplicaSet NetworkPolicy PodSecurityPolicy',
    16,
    'apps/v1 or networking.k8s.io/v1',
  ),
  removal('extensions/v1beta1', 'Ingress', 22, 'networking.k8s.io/v1'),
  removal('apps/v1beta1', '', 16, 'apps/v1'),
  removal('apps/v1beta2', '', 16, 'apps/v1'),
  removal('networking.k8s.io/v1beta1', 'Ingress IngressClass', 22, 'networking.k8s.io/v1'),
  removal('apiextensions.k8s.io/v1beta1', '', 22, 'apiextensions.k8s.io/v1'),
  removal('apiregistration.k8s.io/v1beta1', '', 22, 'apiregistration.k8s.io/v1'),
  removal(
    'admissionregistration.k8s.io/v1beta1',
    'ValidatingWebhookConfiguration MutatingWebhookConfiguration',
    22,
    'admissionregistration.k8s.io/v1',
  ),
  removal('authentication.k8s.io/v1beta1', 'TokenReview', 22, 'authentication.k8s.io/v1'),
  removal('authorization.k8s.io/v1beta1', '', 22, 'authorization.k8s.io/v1'),
  removal('certificates.k8s.io/v1beta1', 'CertificateSigningRequest', 22, 'certificates.k8s.io/v1'),
  removal('coordination.k8s.io/v1beta1', 'Lease', 22, 'coordination.k8s.io/v1'),
  removal('rbac.authorization.k8s.io/v1beta1', '', 22, 'rbac.authorization.k8s.io/v1'),
  removal('scheduling.k8s.io/v1beta1', '', 22, 'scheduling.k8s.io/v1'),
  removal('storage.k8s.io/v1beta1', 'CSIDriver CSINode StorageClass VolumeAttachment', 22, 'storage.k8s.io/v1'),
  removal('storage.k8s.io/v1beta1', 'CSIStorageCapacity', 27, 'storage.k8s.io/v1'),
  removal('batch/v1beta1', 'CronJob', 25, 'batch/v1'),
  removal('discovery.k8s.io/v1beta1', 'EndpointSlice', 25, 'discovery.k8s.io/v1'),
  removal('events.k8s.io/v1beta1', 'Event', 25, 'events.k8s.io/v1'),
  removal('autoscaling/v2beta1', 'HorizontalPodAutoscaler', 25, 'autoscaling/v2'),
  removal('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, 'autoscaling/v2'),
  removal('policy/v1beta1', 'PodDisruptionBudget', 25, 'policy/v1'),
  removal('policy/v1beta1', 'PodSecurityPolicy', 25, 'Pod Security Admission'),
  removal('node.k8s.io/v1beta1', 'RuntimeClass', 25, 'node.k8s.io/v1'),
  removal('flowcontrol.apiserver.k8s.io/v1beta1', '', 26, 'flowcontrol.apiserver.k8s.io/v1'),
  removal('flowcontrol.apiserver.k8s.io/v1beta2', '', 29, 'flowcontrol.apiserver.k8s.io/v1'),
  removal('flowcontrol.apiserver.k8s.io/v1beta3', '', 32, 'flowcontrol.apiserver.k8s.io/v1'),
];

/** When an API of Kubernetes was removed; undefined for those that are not. */
export function removalOf(groupVersion: string, kind: string): Removal | undefined {
  return removals.find((r) => r.groupVersion === groupVersion && (r.kinds.length === 0 || r.kinds.includes(kind)));
}
