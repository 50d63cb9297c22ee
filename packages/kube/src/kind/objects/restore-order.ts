import type { RawObject } from './raw-object.ts';

const definitions = 0;
const namespaces = 1;
const classes = 2;
const configuration = 3;
const volumes = 4;
const services = 5;
const workloads = 6;
const custom = 7;
/** They may stand in the way of what comes after them, so nothing does. */
const gates = 8;

const byKind: Readonly<Record<string, number>> = {
  CustomResourceDefinition: definitions,
  Namespace: namespaces,
  PriorityClass: classes,
  StorageClass: classes,
  IngressClass: classes,
  RuntimeClass: classes,
  GatewayClass: custom,
  ServiceAccount: configuration,
  Secret: configuration,
  ConfigMap: configuration,
  ResourceQuota: configuration,
  LimitRange: configuration,
  Role: configuration,
  RoleBinding: configuration,
  ClusterRole: configuration,
  ClusterRoleBinding: configuration,
  PersistentVolume: volumes,
  PersistentVolumeClaim: volumes,
  Service: services,
  MutatingWebhookConfiguration: gates,
  ValidatingWebhookConfiguration: gates,
  APIService: gates,
  ValidatingAdmissionPolicy: gates,
  ValidatingAdmissionPolicyBinding: gates,
  MutatingAdmissionPolicy: gates,
  MutatingAdmissionPolicyBinding: gates,
};

function isBuiltIn(apiVersion: string): boolean {
  const [group = ''] = apiVersion.split('/');
  return !group.includes('.') || group.endsWith('.k8s.io');
}

function rankOf({ apiVersion, kind }: Pick<RawObject, 'apiVersion' | 'kind'>): number {
  return byKind[kind] ?? (isBuiltIn(apiVersion) ? workloads : custom);
}

/** Objects in groups that follow one another: what others need comes before them. Empty groups are left out. */
export function restoreGroups(objects: readonly RawObject[]): readonly (readonly RawObject[])[] {
  const groups = new Map<number, RawObject[]>();
  for (const object of objects) {
    const rank = rankOf(object);
    groups.set(rank, [...(groups.get(rank) ?? []), object]);
  }
  return [...groups].toSorted(([a], [b]) => a - b).map(([, members]) => members);
}
