import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** A Service whose selector selects no living pod. */
export interface EmptyService {
  readonly snapshot: Snapshot;
  readonly service: Service;
  readonly ref: ObjectRef;
  /** Selected pods that have ended. */
  readonly finished: readonly Pod[];
}
