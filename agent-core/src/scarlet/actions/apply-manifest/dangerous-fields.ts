import { refuse } from '../../refusal.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { placesIn } from './places-in.ts';

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** The types of SELinux that confine a container; a user or a role of one's own is none. */
const confined: readonly unknown[] = [
  undefined,
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

function leavesSelinux(value: unknown): boolean {
  return (
    !confined.includes(fieldAt(value, ['type'])) || ['user', 'role'].some((field) => isSet(fieldAt(value, [field])))
  );
}

function asksAnotherHost(value: unknown): boolean {
  return isSet(fieldAt(value, ['host']));
}

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#node-role-kubernetes-io-control-plane-taint; without a key every taint is meant. */
const controlPlane = /^node-role\.kubernetes\.io\/(control-plane|master)$/;

function toleratesControlPlane(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.some((toleration: unknown) => {
      const key = fieldAt(toleration, ['key']);
      return isSet(key) ? controlPlane.test(String(key)) : fieldAt(toleration, ['operator']) === 'Exists';
    })
  );
}

function isUnconfined(value: unknown): boolean {
  return fieldAt(value, ['type']) === 'Unconfined';
}

/** Volumes beyond those of the Pod Security Standards, restricted: by these a pod reaches what is outside of the cluster or of its node's bounds. */
const foreignVolumes: readonly string[] = [
  'nfs',
  'iscsi',
  'fc',
  'rbd',
  'cephfs',
  'glusterfs',
  'flexVolume',
  'flocker',
  'gitRepo',
  'quobyte',
  'scaleIO',
  'storageos',
  'portworxVolume',
  'photonPersistentDisk',
  'vsphereVolume',
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cinder',
  'gcePersistentDisk',
];

/**
 * Fields by which a pod gets out of its container, onto a node that is not for it or before others, by which it gets at
 * data that is not its own or deletes data by the way, or a Service takes the traffic of others: kubernetes.io, "Pod
 * Security Standards", "Taints and Tolerations", "Pod Priority and Preemption", "Persistent Volumes".
 */
const dangerous: Readonly<Record<string, (value: unknown) => boolean>> = {
  hostPath: (value) => value !== null,
  hostNetwork: (value) => value === true,
  hostPID: (value) => value === true,
  hostIPC: (value) => value === true,
  hostPort: (value) => typeof value === 'number' && value > 0,
  hostProcess: (value) => value === true,
  privileged: (value) => value === true,
  allowPrivilegeEscalation: (value) => value === true,
  add: isFilled,
  procMount: (value) => value !== 'Default',
  seLinuxOptions: leavesSelinux,
  sysctls: isFilled,
  seccompProfile: isUnconfined,
  appArmorProfile: isUnconfined,
  httpGet: asksAnotherHost,
  tcpSocket: asksAnotherHost,
  nodeName: isSet,
  tolerations: toleratesControlPlane,
  priorityClassName: (value) => typeof value === 'string' && value.startsWith('system-'),
  volumeName: isSet,
  dataSourceRef: (value) => isSet(fieldAt(value, ['namespace'])),
  whenDeleted: (value) => value === 'Delete',
  whenScaled: (value) => value === 'Delete',
  externalIPs: isFilled,
  ephemeralContainers: () => true,
  ...Object.fromEntries(foreignVolumes.map((volume) => [volume, isObject])),
};

/** Refused where the spec of a manifest sets one of them. */
export function checkDanger(spec: unknown): void {
  const found = placesIn(spec).find(
    ({ key, value }) => Object.hasOwn(dangerous, key) && dangerous[key]?.(value) === true,
  );
  if (found !== undefined) {
    refuse(
      `The manifest sets ${found.key}, by which a pod gets out of its container or takes what is not its own.`,
      'Leave it out, or let an administrator apply it.',
    );
  }
}
