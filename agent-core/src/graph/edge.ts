import type { ObjectRef } from '@autodevops/domain/object-ref';

/** How one object leans on another. Read it as a sentence: `from` verb `to`. */
export type Verb =
  | 'owns'
  | 'selects'
  | 'mounts'
  | 'reads'
  | 'uses account'
  | 'pulls with'
  | 'calls'
  | 'routes to'
  | 'runs on'
  | 'binds'
  | 'is provisioned by'
  | 'scales'
  | 'guards'
  | 'admits through'
  | 'limits';

/** `detail`: the field or the port through which, for people. */
export interface Edge {
  readonly from: ObjectRef;
  readonly to: ObjectRef;
  readonly verb: Verb;
  readonly detail: string;
}
