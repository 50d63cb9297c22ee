import type { ClusterOperation, Manifest, PatchStep, Target } from '@autodevops/domain/change/operation';
import { changeAnnotation, fieldManager } from '@autodevops/domain/change/field-manager';
import type { KubeWrite } from '../http/kube-request.ts';
import { objectPath } from './object-path.ts';
import type { ServedKind } from './served-resources.ts';

export interface WriteRequest {
  readonly path: string;
  readonly write: KubeWrite;
}

interface Wish {
  readonly dryRun: boolean;
  readonly changeId: string;
}

/** What an operation is about: which object, by what address. */
export function subjectOf(operation: ClusterOperation): Pick<Target, 'apiVersion' | 'kind' | 'namespace' | 'name'> {
  if (operation.verb !== 'create' && operation.verb !== 'apply') return operation.target;
  const { apiVersion, kind, metadata } = operation.object;
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** The steps, after those that test that the object is the one that was seen, and is as it was. */
function guarded({ uid, resourceVersion }: Target, steps: readonly PatchStep[]): readonly PatchStep[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    ...steps,
  ];
}

/** `managedFields` is the server's own account of owners, which it takes from nobody who applies. */
function marked(object: Manifest, changeId: string): Manifest {
  const { managedFields: _owners, ...metadata } = object.metadata;
  const annotations = {
    ...(metadata['annotations'] as Readonly<Record<string, string>> | undefined),
    [changeAnnotation]: changeId,
  };
  return { ...object, metadata: { ...metadata, name: object.metadata.name, annotations } };
}

function preconditions({ uid, resourceVersion }: Target): object {
  return { preconditions: { uid, resourceVersion } };
}

function query(options: Readonly<Record<string, string>>, dryRun: boolean): string {
  const text = new URLSearchParams({ ...options, ...(dryRun ? { dryRun: 'All' } : {}) }).toString();
  return text === '' ? '' : `?${text}`;
}

const strict = { fieldManager, fieldValidation: 'Strict' };
const json = 'application/json';

/** The one HTTP request that an operation is. Throws `cluster.invalid` for names that no path can hold. */
export function writeRequest(
  operation: ClusterOperation,
  served: ServedKind,
  { dryRun, changeId }: Wish,
): WriteRequest {
  const { namespace, name } = subjectOf(operation);
  const path = objectPath(served, { namespace, name });
  const dry = dryRun ? { dryRun: ['All'] } : {};
  switch (operation.verb) {
    case 'patch':
      return {
        path: objectPath(served, { namespace, name, subresource: operation.subresource }) + query(strict, dryRun),
        write: {
          method: 'PATCH',
          contentType: 'application/json-patch+json',
          body: guarded(operation.target, operation.steps),
          waitsForTurn: true,
        },
      };
    case 'create':
      return {
        path: path.slice(0, path.lastIndexOf('/')) + query(strict, dryRun),
        write: { method: 'POST', contentType: json, body: marked(operation.object, changeId), waitsForTurn: true },
      };
    case 'apply':
      return {
        path: path + query({ ...strict, force: String(operation.force) }, dryRun),
        // JSON is YAML.
        write: {
          method: 'PATCH',
          contentType: 'application/apply-patch+yaml',
          body: marked(operation.object, changeId),
          waitsForTurn: true,
        },
      };
    case 'delete':
      return {
        path,
        write: {
          method: 'DELETE',
          contentType: json,
          body: {
            kind: 'DeleteOptions',
            apiVersion: 'v1',
            ...preconditions(operation.target),
            propagationPolicy: operation.propagation,
            ...dry,
          },
          waitsForTurn: true,
        },
      };
    case 'evict': {
      const body = {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace },
        deleteOptions: { ...preconditions(operation.target), ...dry },
      };
      return {
        path: objectPath(served, { namespace, name, subresource: 'eviction' }) + query({}, dryRun),
        write: { method: 'POST', contentType: json, body, waitsForTurn: false },
      };
    }
  }
}
