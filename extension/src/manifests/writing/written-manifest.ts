import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { isRecord } from '@autodevops/domain/raw-record';
import { t } from '../../language/translate.ts';
import type { Fields } from '../reading/field-value.ts';

/** Kinds that the action `apply-manifest` takes: what says who may do what, guards others or holds secrets is not among them. */
const kinds: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Service',
  'ConfigMap',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PersistentVolumeClaim',
];

export function canApply(kind: string): boolean {
  return kinds.includes(kind);
}

interface Applied {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly value: Fields;
}

function metadataOf({ name, namespace, value }: Applied): Fields {
  const { labels, annotations } = isRecord(value['metadata']) ? value['metadata'] : {};
  const own = (given: unknown): Fields | undefined =>
    isRecord(given) && Object.keys(given).length > 0 ? given : undefined;
  return {
    name,
    namespace,
    ...(own(labels) === undefined ? {} : { labels }),
    ...(own(annotations) === undefined ? {} : { annotations }),
  };
}

/** Asks for exactly what the file says to be applied. Throws `change.refused` for kinds that are not applied from here. */
export function applyRequest(object: Applied, uid: string): ActionRequest {
  const { apiVersion, kind, namespace, name, value } = object;
  if (!canApply(kind)) {
    throw new AutoDevOpsError(
      'change.refused',
      t('A {0} is not applied from here.', kind),
      t('Apply it with kubectl, if you may.'),
    );
  }
  const { status: _status, metadata: _metadata, ...rest } = value;
  const manifest = { ...rest, apiVersion, kind, metadata: metadataOf(object) } as ActionRequest['params'][string];
  return { action: 'apply-manifest', target: { apiVersion, kind, namespace, name, uid }, params: { manifest } };
}
