import type { Manifest } from '@autodevops/domain/change/operation';
import type { ObjectRef } from '@autodevops/domain/object-ref';

/** An object of the cluster as it is, and as the dry run says that it would be; undefined where there is none. */
export interface BeforeAfter {
  readonly object: ObjectRef;
  readonly before: Manifest | undefined;
  readonly after: Manifest | undefined;
}
