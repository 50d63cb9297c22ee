import { isRecord } from '@autodevops/domain/raw-record';
import type { ServedResource } from '../../reader/discovery/discovery.ts';
import type { RawObject } from './raw-object.ts';

/** Namespaces of Kubernetes and of kind: what is in them comes with every cluster. */
const systemNamespaces: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);

/** Resources that controllers, kubelets and the API server fill by themselves: `group/plural`. */
const derived: ReadonlySet<string> = new Set([
  '/bindings',
  '/componentstatuses',
  '/endpoints',
  '/events',
  '/nodes',
  '/podtemplates',
  'apps/controllerrevisions',
  'certificates.k8s.io/certificatesigningrequests',
  'coordination.k8s.io/leases',
  'coordination.k8s.io/leasecandidates',
  'discovery.k8s.io/endpointslices',
  'events.k8s.io/events',
  'internal.apiserver.k8s.io/storageversions',
  'networking.k8s.io/ipaddresses',
  'networking.k8s.io/servicecidrs',
  'resource.k8s.io/resourceslices',
  'storage.k8s.io/csinodes',
  'storage.k8s.io/csistoragecapacities',
  'storage.k8s.io/volumeattachments',
]);
const derivedGroups: ReadonlySet<string> = new Set([
  'metrics.k8s.io',
  'custom.metrics.k8s.io',
  'external.metrics.k8s.io',
]);

/** What kind's manifests install outside of namespaces (/kind/manifests of a node image), and what is in every namespace. */
const fromKind: ReadonlySet<string> = new Set([
  'ClusterRole/kindnet',
  'ClusterRoleBinding/kindnet',
  'ClusterRole/local-path-provisioner-role',
  'ClusterRoleBinding/local-path-provisioner-bind',
  'StorageClass/standard',
  'Namespace/default',
  'PriorityClass/system-cluster-critical',
  'PriorityClass/system-node-critical',
]);
const inEveryNamespace: ReadonlySet<string> = new Set(['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt']);

function isAutomatic({ metadata }: RawObject): boolean {
  const { labels = {}, annotations = {} } = metadata;
  return (
    labels['kubernetes.io/bootstrapping'] !== undefined ||
    labels['kube-aggregator.kubernetes.io/automanaged'] !== undefined ||
    annotations['apf.kubernetes.io/autoupdate-spec'] !== undefined ||
    annotations['kubernetes.io/config.mirror'] !== undefined ||
    annotations['pv.kubernetes.io/provisioned-by'] !== undefined
  );
}

function isControlled({ metadata }: RawObject): boolean {
  return metadata.ownerReferences.some((owner) => isRecord(owner) && owner['controller'] === true);
}

/** Done again it would run again. */
function isFinishedJob({ kind, raw }: RawObject): boolean {
  const conditions = isRecord(raw['status']) ? raw['status']['conditions'] : undefined;
  return (
    kind === 'Job' &&
    Array.isArray(conditions) &&
    conditions.some(
      (one) => isRecord(one) && (one['type'] === 'Complete' || one['type'] === 'Failed') && one['status'] === 'True',
    )
  );
}

function isOfKubernetes({ kind, metadata: { name, namespace } }: RawObject): boolean {
  if (kind === 'Namespace' && systemNamespaces.has(name)) return true;
  if (namespace === '') return fromKind.has(`${kind}/${name}`) || /^(?:system|kubeadm):/.test(name);
  return (
    systemNamespaces.has(namespace) ||
    inEveryNamespace.has(`${kind}/${name}`) ||
    (namespace === 'default' && kind === 'Service' && name === 'kubernetes')
  );
}

/** Whether the objects of a resource can be anybody's but the cluster's own. */
export function holdsOwnObjects({ group, plural }: Pick<ServedResource, 'group' | 'plural'>): boolean {
  return !derivedGroups.has(group) && !derived.has(`${group}/${plural}`);
}

/** Whether somebody put this object into the cluster, so that nothing brings it back by itself. */
export function isOwnObject(object: RawObject): boolean {
  if (
    object.metadata.isLeaving ||
    isOfKubernetes(object) ||
    isAutomatic(object) ||
    isControlled(object) ||
    isFinishedJob(object)
  ) {
    return false;
  }
  return !(object.kind === 'Secret' && object.raw['type'] === 'kubernetes.io/service-account-token');
}
