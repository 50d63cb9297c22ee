import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { isRecord } from '@autodevops/domain/raw-record';

/** `kubectl apply` keeps the whole object in it, values included. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function isSecret({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return kind === 'Secret' && apiVersion === 'v1';
}

function emptied(values: unknown): unknown {
  return isRecord(values) ? Object.fromEntries(Object.keys(values).map((key) => [key, ''])) : undefined;
}

/** A Secret with its keys and without its values, and without the copy that `kubectl apply` keeps; anything else as it is. */
export function withoutSecretValues(object: Manifest): Manifest {
  if (!isSecret(object)) return object;
  const { data, stringData, ...rest } = object;
  const { annotations, ...metadata } = object.metadata;
  const kept = isRecord(annotations)
    ? Object.fromEntries(Object.entries(annotations).filter(([name]) => name !== lastApplied))
    : undefined;
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...metadata, ...(kept === undefined ? {} : { annotations: kept }) },
    ...(data === undefined ? {} : { data: emptied(data) }),
    ...(stringData === undefined ? {} : { stringData: emptied(stringData) }),
  };
}

function refuse(what: string): never {
  throw new AutoDevOpsError(
    'change.refused',
    what,
    'Change the values of Secrets where they are kept: by your secret store, or by hand.',
  );
}

/**
 * Throws `change.refused` for an operation that would write values of a Secret, or find them out by testing: what is
 * planned from here never knows them, so it could only lose them.
 */
export function refuseSecretValues(operation: ClusterOperation): void {
  if (operation.verb === 'create' || operation.verb === 'apply') {
    if (isSecret(operation.object)) {
      refuse(
        `Secret ${operation.object.metadata.namespace ?? ''}/${operation.object.metadata.name} is not written here: values of Secrets are never held.`,
      );
    }
    return;
  }
  if (operation.verb !== 'patch' || !isSecret(operation.target)) return;
  const inside = operation.steps.find(
    ({ path }) =>
      !path.startsWith('/metadata/') || path.startsWith(`/metadata/annotations/${lastApplied.replace('/', '~1')}`),
  );
  if (inside !== undefined) {
    refuse(
      `A patch of Secret ${operation.target.namespace}/${operation.target.name} reaches beyond its metadata (${inside.path.split('/')[1] ?? ''}).`,
    );
  }
}
