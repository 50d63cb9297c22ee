import type { Cause } from '@autodevops/domain/diagnosis';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { ownedTree } from '../../graph/graph.ts';
import { concerns, neighbourhood } from '../../jamie/causes/focus.ts';
import type { AskContext } from '../intent.ts';

/** Causes that show at the objects themselves, and those of what the objects stand on. */
export interface Concerned {
  readonly own: readonly Cause[];
  readonly below: readonly Cause[];
  readonly information: readonly Cause[];
}

function ownKeys(snapshot: Snapshot, refs: readonly ObjectRef[]): ReadonlySet<string> {
  return new Set(refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]).map(refKey));
}

export function concernedBy({ snapshot, diagnosis }: AskContext, refs: readonly ObjectRef[]): Concerned {
  const own = ownKeys(snapshot, refs);
  const around = neighbourhood(snapshot, refs);
  const at = diagnosis.causes.filter((cause) => concerns(cause, own));
  return {
    own: at,
    below: diagnosis.causes.filter((cause) => !at.includes(cause) && concerns(cause, around)),
    information: diagnosis.information.filter((cause) => concerns(cause, own)),
  };
}

/** Everything in a namespace: causes at its objects or with symptoms there. */
export function causesIn({ diagnosis }: AskContext, namespace: string): readonly Cause[] {
  const inside = (ref: ObjectRef): boolean =>
    ref.namespace === namespace || (ref.kind === 'Namespace' && ref.name === namespace);
  return diagnosis.causes.filter((cause) => inside(cause.object) || cause.symptoms.some((s) => inside(s.object)));
}
