import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { ContainerView } from '../pod-status.ts';

/** One variable of a container, with its value where it can be seen (never out of a Secret). */
export interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  /** Where it is set: the pod or a ConfigMap, and the path there. */
  readonly object: ObjectRef;
  readonly path: string;
}

function fromSources(snapshot: Snapshot, pod: Pod, view: ContainerView): Variable[] {
  return view.spec.envFrom.flatMap((source) => {
    const map =
      source.configMapRef === undefined
        ? undefined
        : snapshot.get('ConfigMap', pod.metadata.namespace, source.configMapRef.name);
    if (map === undefined) return [];
    const object = refTo('ConfigMap', map);
    return Object.entries(map.data).map(([key, value]) => ({
      name: `${source.prefix ?? ''}${key}`,
      value,
      object,
      path: `data.${key}`,
    }));
  });
}

/** Variables in the order in which they take effect: a later one of the same name wins. */
export function environmentOf(snapshot: Snapshot, pod: Pod, view: ContainerView): readonly Variable[] {
  const ref = refTo('Pod', pod);
  const own = view.spec.env.map((variable, index): Variable => {
    const key = variable.valueFrom?.configMapKeyRef;
    const map = key === undefined ? undefined : snapshot.get('ConfigMap', pod.metadata.namespace, key.name);
    if (map !== undefined && key !== undefined) {
      return {
        name: variable.name,
        value: map.data[key.key],
        object: refTo('ConfigMap', map),
        path: `data.${key.key}`,
      };
    }
    const value = variable.valueFrom === undefined ? (variable.value ?? '') : undefined;
    return { name: variable.name, value, object: ref, path: `${view.path}.env[${index}]` };
  });
  return [...fromSources(snapshot, pod, view), ...own];
}
