import { joinApiVersion } from './api-version.ts';
import * as cluster from './cluster.ts';
import { event } from './event.ts';
import * as network from './network.ts';
import { pod } from './pod.ts';
import type { Shape, Shaped } from './shape.ts';
import * as storage from './storage.ts';
import * as workload from './workload.ts';

/** How the API serves a kind. `group` is empty for the core group; `versions` in the order of preference. */
export interface KindInfo<T = unknown> {
  readonly group: string;
  readonly versions: readonly string[];
  readonly plural: string;
  readonly namespaced: boolean;
  readonly shape: Shape<T>;
  /** Names people type: `po`, `deploy`, as kubectl has them. */
  readonly shortNames: readonly string[];
}

function kind<T>(
  groupVersions: string,
  plural: string,
  scope: 'namespaced' | 'cluster',
  shape: Shape<T>,
  ...shortNames: string[]
): KindInfo<T> {
  const slash = groupVersions.indexOf('/');
  const group = slash < 0 ? '' : groupVersions.slice(0, slash);
  const versions = groupVersions.slice(slash + 1).split(',');
  return { group, versions, plural, namespaced: scope === 'namespaced', shape, shortNames };
}

/** Every kind with a shape of its own. A kind that is not here is read as a `CustomObject`. */
export const kinds = {
  Pod: kind('v1', 'pods', 'namespaced', pod, 'po'),
  Service: kind('v1', 'services', 'namespaced', network.service, 'svc'),
  Endpoints: kind('v1', 'endpoints', 'namespaced', network.endpoints, 'ep'),
  ConfigMap: kind('v1', 'configmaps', 'namespaced', cluster.configMap, 'cm'),
  Secret: kind('v1', 'secrets', 'namespaced', cluster.secret),
  ServiceAccount: kind('v1', 'serviceaccounts', 'namespaced', cluster.serviceAccount, 'sa'),
  Event: kind('v1', 'events', 'namespaced', event, 'ev'),
  Namespace: kind('v1', 'namespaces', 'cluster', cluster.namespace, 'ns'),
  Node: kind('v1', 'nodes', 'cluster', cluster.node, 'no'),
  PersistentVolume: kind('v1', 'persistentvolumes', 'cluster', storage.persistentVolume, 'pv'),
  PersistentVolumeClaim: kind('v1', 'persistentvolumeclaims', 'namespaced', storage.persistentVolumeClaim, 'pvc'),
  ReplicationController: kind('v1', 'replicationcontrollers', 'namespaced', workload.replicationController, 'rc'),
  ResourceQuota: kind('v1', 'resourcequotas', 'namespaced', cluster.resourceQuota, 'quota'),
  LimitRange: kind('v1', 'limitranges', 'namespaced', cluster.limitRange, 'limits'),
  Deployment: kind('apps/v1', 'deployments', 'namespaced', workload.deployment, 'deploy'),
  ReplicaSet: kind('apps/v1', 'replicasets', 'namespaced', workload.replicaSet, 'rs'),
  StatefulSet: kind('apps/v1', 'statefulsets', 'namespaced', workload.statefulSet, 'sts'),
  DaemonSet: kind('apps/v1', 'daemonsets', 'namespaced', workload.daemonSet, 'ds'),
  ControllerRevision: kind('apps/v1', 'controllerrevisions', 'namespaced', workload.controllerRevision),
  Job: kind('batch/v1', 'jobs', 'namespaced', workload.job),
  CronJob: kind('batch/v1', 'cronjobs', 'namespaced', workload.cronJob, 'cj'),
  HorizontalPodAutoscaler: kind(
    'autoscaling/v2,v1',
    'horizontalpodautoscalers',
    'namespaced',
    workload.horizontalPodAutoscaler,
    'hpa',
  ),
  PodDisruptionBudget: kind('policy/v1', 'poddisruptionbudgets', 'namespaced', workload.podDisruptionBudget, 'pdb'),
  EndpointSlice: kind('discovery.k8s.io/v1', 'endpointslices', 'namespaced', network.endpointSlice),
  Ingress: kind('networking.k8s.io/v1', 'ingresses', 'namespaced', network.ingress, 'ing'),
  IngressClass: kind('networking.k8s.io/v1', 'ingressclasses', 'cluster', network.ingressClass),
  NetworkPolicy: kind('networking.k8s.io/v1', 'networkpolicies', 'namespaced', network.networkPolicy, 'netpol'),
  GatewayClass: kind('gateway.networking.k8s.io/v1,v1beta1', 'gatewayclasses', 'cluster', network.gatewayClass, 'gc'),
  Gateway: kind('gateway.networking.k8s.io/v1,v1beta1', 'gateways', 'namespaced', network.gateway, 'gtw'),
  HTTPRoute: kind('gateway.networking.k8s.io/v1,v1beta1', 'httproutes', 'namespaced', network.httpRoute),
  StorageClass: kind('storage.k8s.io/v1', 'storageclasses', 'cluster', storage.storageClass, 'sc'),
  CSIDriver: kind('storage.k8s.io/v1', 'csidrivers', 'cluster', storage.csiDriver),
  CSINode: kind('storage.k8s.io/v1', 'csinodes', 'cluster', storage.csiNode),
  VolumeAttachment: kind('storage.k8s.io/v1', 'volumeattachments', 'cluster', storage.volumeAttachment),
  PriorityClass: kind('scheduling.k8s.io/v1', 'priorityclasses', 'cluster', cluster.priorityClass, 'pc'),
  ValidatingWebhookConfiguration: kind(
    'admissionregistration.k8s.io/v1',
    'validatingwebhookconfigurations',
    'cluster',
    cluster.webhookConfiguration,
  ),
  MutatingWebhookConfiguration: kind(
    'admissionregistration.k8s.io/v1',
    'mutatingwebhookconfigurations',
    'cluster',
    cluster.webhookConfiguration,
  ),
  ValidatingAdmissionPolicy: kind(
    'admissionregistration.k8s.io/v1,v1beta1',
    'validatingadmissionpolicies',
    'cluster',
    cluster.validatingAdmissionPolicy,
  ),
  ValidatingAdmissionPolicyBinding: kind(
    'admissionregistration.k8s.io/v1,v1beta1',
    'validatingadmissionpolicybindings',
    'cluster',
    cluster.validatingAdmissionPolicyBinding,
  ),
  APIService: kind('apiregistration.k8s.io/v1', 'apiservices', 'cluster', cluster.apiService),
  CustomResourceDefinition: kind(
    'apiextensions.k8s.io/v1',
    'customresourcedefinitions',
    'cluster',
    cluster.customResourceDefinition,
    'crd',
  ),
  Role: kind('rbac.authorization.k8s.io/v1', 'roles', 'namespaced', cluster.role),
  ClusterRole: kind('rbac.authorization.k8s.io/v1', 'clusterroles', 'cluster', cluster.role),
  RoleBinding: kind('rbac.authorization.k8s.io/v1', 'rolebindings', 'namespaced', cluster.roleBinding),
  ClusterRoleBinding: kind('rbac.authorization.k8s.io/v1', 'clusterrolebindings', 'cluster', cluster.roleBinding),
  Lease: kind('coordination.k8s.io/v1', 'leases', 'namespaced', cluster.lease),
  CertificateSigningRequest: kind(
    'certificates.k8s.io/v1',
    'certificatesigningrequests',
    'cluster',
    cluster.certificateSigningRequest,
    'csr',
  ),
} as const;

export type KindName = keyof typeof kinds;
/** The projected type of a kind: `ObjectOf<'Pod'>`. */
export type ObjectOf<K extends KindName> = Shaped<(typeof kinds)[K]['shape']>;

export const kindNames = Object.keys(kinds) as readonly KindName[];

/** Whether it is a kind that has a shape of its own. */
export function isKindName(kind: string): kind is KindName {
  return Object.hasOwn(kinds, kind);
}

/** `apps/v1` of a Deployment: the version that we prefer. */
export function apiVersionOf(kind: KindName): string {
  const { group, versions } = kinds[kind];
  return joinApiVersion(group, versions[0] ?? 'v1');
}

/** Reads `po`, `pods`, `pod` and `Pod` alike; undefined when it is none of ours. */
export function kindFromWord(word: string): KindName | undefined {
  const wanted = word.toLowerCase();
  return kindNames.find((name) => {
    const { plural, shortNames } = kinds[name];
    return name.toLowerCase() === wanted || plural === wanted || shortNames.includes(wanted);
  });
}
