import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';
import type { Resource } from '../resources/resource.ts';
import type { FieldCause } from './write-status.ts';

/** Fields that stay as they were created (the validation of each kind in kubernetes/pkg/apis). */
const fixed: Readonly<Record<string, readonly string[]>> = {
  'apps/deployments': ['spec.selector'],
  'apps/replicasets': ['spec.selector'],
  'apps/daemonsets': ['spec.selector'],
  'apps/statefulsets': ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  'batch/jobs': ['spec.selector', 'spec.completionMode'],
  '/pods': [
    'spec.nodeName',
    'spec.serviceAccountName',
    'spec.restartPolicy',
    'spec.volumes',
    'spec.nodeSelector',
    'spec.hostNetwork',
  ],
  '/persistentvolumeclaims': [
    'spec.accessModes',
    'spec.storageClassName',
    'spec.volumeName',
    'spec.selector',
    'spec.volumeMode',
  ],
  'rbac.authorization.k8s.io/rolebindings': ['roleRef'],
  'rbac.authorization.k8s.io/clusterrolebindings': ['roleRef'],
  '/secrets': ['type'],
  'storage.k8s.io/storageclasses': ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
};

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The template of a Job may change only while it is suspended and has not started. */
function ofJob(before: RawObject): readonly string[] {
  const waiting = at(before, 'spec.suspend') === true && at(before, 'status.startTime') === undefined;
  return waiting ? [] : ['spec.template'];
}

/** What a ConfigMap or Secret holds that says of itself that it stays as it is. */
function ofImmutable(before: RawObject): readonly string[] {
  return before['immutable'] === true ? ['data', 'binaryData', 'immutable'] : [];
}

/** What `spec.containers` of a pod may differ in after it was created: images, and resources by their own subresource. */
function containersWithoutImages(object: RawObject): unknown {
  const containers = at(object, 'spec.containers');
  return Array.isArray(containers)
    ? containers.map((container) => (isRecord(container) ? { ...container, image: undefined } : container))
    : containers;
}

export function immutableFields(resource: Resource, before: RawObject, after: RawObject): readonly FieldCause[] {
  const key = `${resource.group}/${resource.plural}`;
  const paths = [
    ...(fixed[key] ?? []),
    ...(key === 'batch/jobs' ? ofJob(before) : []),
    ...(key === '/configmaps' || key === '/secrets' ? ofImmutable(before) : []),
  ];
  const changed = paths.filter(
    (path) => at(before, path) !== undefined && !isDeepStrictEqual(at(before, path), at(after, path)),
  );
  if (key === '/pods' && !isDeepStrictEqual(containersWithoutImages(before), containersWithoutImages(after))) {
    return [
      {
        reason: 'FieldValueForbidden',
        field: 'spec',
        message:
          'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
      },
    ];
  }
  return changed.map((field) => ({
    reason: 'FieldValueInvalid',
    field,
    message: `Invalid value: ${JSON.stringify(at(after, field) ?? null).slice(0, 200)}: field is immutable`,
  }));
}
