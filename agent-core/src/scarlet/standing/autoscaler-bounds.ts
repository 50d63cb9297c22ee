import type { Manifest } from '@autodevops/domain/change/operation';
import type { Live } from '../action.ts';
import { fieldAt } from '../patches/field-patch.ts';
import { refuse } from '../refusal.ts';
import { podsOf } from './pods-of.ts';

/** So many times the present number of replicas an autoscaler may be let go to at once. */
const mostTimes = 4;

/** Between how many replicas an autoscaler keeps its target. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export function boundsOf(scaler: Manifest): Bounds {
  return {
    min: Number(fieldAt(scaler, ['spec', 'minReplicas']) ?? 1),
    max: Number(fieldAt(scaler, ['spec', 'maxReplicas']) ?? 1),
  };
}

/** Refused for bounds that exclude each other, and for more replicas at once than a repair needs. */
export function checkBounds(before: Bounds, after: Bounds): void {
  if (after.min > after.max) {
    refuse(`minReplicas ${after.min} would be above maxReplicas ${after.max}.`, 'Raise maxReplicas with it.');
  }
  if (after.max > before.max * mostTimes) {
    refuse(
      `maxReplicas ${after.max} is more than ${mostTimes} times the present ${before.max}.`,
      'Raise it in smaller steps.',
    );
  }
}

/** The workload that an autoscaler scales; undefined where there is none. */
export async function targetOfScaler(scaler: Manifest, namespace: string, live: Live): Promise<Manifest | undefined> {
  const ref = (field: string): string => String(fieldAt(scaler, ['spec', 'scaleTargetRef', field]) ?? '');
  return await live.cluster.get(
    { apiVersion: ref('apiVersion'), kind: ref('kind'), namespace, name: ref('name') },
    { signal: live.signal },
  );
}

/** So many pods of a workload: which of them go is not known, so the first stand for them. */
export async function somePodsOf(
  workload: Manifest | undefined,
  count: number,
  live: Live,
): Promise<readonly Manifest[]> {
  return workload === undefined || count <= 0 ? [] : (await podsOf(workload, live)).slice(0, count);
}
