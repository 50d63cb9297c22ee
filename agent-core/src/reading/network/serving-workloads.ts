import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { distinctBy } from '../distinct-by.ts';
import { workloadRef } from '../measures/labelled-object.ts';
import { podsStandingFor } from '../pods/pods-standing-for.ts';

/** The workloads of the pods behind a Service; of a workload itself. */
export function servingWorkloads(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  return distinctBy(
    podsStandingFor(snapshot, ref).map((pod) => workloadRef(snapshot, refTo('Pod', pod))),
    refKey,
  );
}
