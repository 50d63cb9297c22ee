import { isRecord } from '@autodevops/domain/raw-record';
import type { ObjectStore } from '../object-store.ts';
import type { RawObject } from '../recording.ts';
import type { Resource } from '../resources/resource.ts';
import { badRequest } from '../serving/status.ts';
import { selectorText } from './selector-text.ts';
import { definedSubresource } from './status-subresource.ts';
import { invalid } from './write-status.ts';

const scalable: ReadonlySet<string> = new Set([
  'apps/deployments',
  'apps/replicasets',
  'apps/statefulsets',
  '/replicationcontrollers',
]);

/** Where the number stands: `spec.replicas`, or what the definition of a custom resource says. */
function pathOf(store: ObjectStore, resource: Resource): readonly string[] | undefined {
  if (!resource.custom) return scalable.has(`${resource.group}/${resource.plural}`) ? ['spec', 'replicas'] : undefined;
  const defined = definedSubresource(store, resource, 'scale');
  return isRecord(defined) && typeof defined['specReplicasPath'] === 'string'
    ? defined['specReplicasPath'].split('.').slice(1)
    : undefined;
}

export function hasScale(store: ObjectStore, resource: Resource): boolean {
  return pathOf(store, resource) !== undefined;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

function withValue(value: unknown, path: readonly string[], wanted: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return wanted;
  return {
    ...(isRecord(value) ? value : {}),
    [key]: withValue(isRecord(value) ? value[key] : undefined, rest, wanted),
  };
}

/** A workload as its Scale: how many replicas there should be and are. */
export function scaleOf(store: ObjectStore, resource: Resource, object: RawObject): RawObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = selectorText(valueAt(object, ['spec', 'selector']));
  // Kinds that are built in have one replica unless they say otherwise.
  const replicas = valueAt(object, pathOf(store, resource) ?? []) ?? (resource.custom ? 0 : 1);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid,
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      creationTimestamp,
    },
    // Nought is left out, as Go does.
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: valueAt(object, ['status', 'replicas']) ?? 0,
      ...(selector === undefined || selector === '' ? {} : { selector }),
    },
  };
}

/** The workload as its changed Scale wants it. Throws the Status 400 for a number that is none. */
export function withScale(
  store: ObjectStore,
  resource: Resource,
  { object, scale }: { readonly object: RawObject; readonly scale: unknown },
): RawObject {
  const replicas = valueAt(scale, ['spec', 'replicas']) ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
    throw badRequest('json: cannot unmarshal into Go struct field ScaleSpec.spec.replicas of type int32');
  }
  if (replicas < 0) {
    throw invalid({ group: 'autoscaling', plural: 'scales', kind: 'Scale', name: object.metadata.name }, [
      {
        reason: 'FieldValueInvalid',
        field: 'spec.replicas',
        message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
      },
    ]);
  }
  const { uid, resourceVersion } = (valueAt(scale, ['metadata']) ?? {}) as { uid?: string; resourceVersion?: string };
  const changed = withValue(object, pathOf(store, resource) ?? [], replicas) as RawObject;
  return {
    ...changed,
    metadata: {
      ...changed.metadata,
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
  };
}
