import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { AskContext } from '../intent.ts';
import { inScope } from '../scope.ts';
import { valuesOf } from './field.ts';
import type { Field } from './field.ts';

/** An object with what a field of it says; no values where it says nothing. */
export interface Told {
  readonly ref: ObjectRef;
  readonly values: readonly string[];
}

/** What every object of a kind in scope says. */
export function toldOf<K extends KindName>(context: AskContext, field: Field, kind: K): readonly Told[] {
  return inScope(context, kind).map((object) => ({
    ref: refTo(kind, object),
    values: valuesOf(field, context.snapshot, kind, object) ?? [],
  }));
}

/** What one object says; undefined where it is not there, or its kind has no such field. */
export function toldBy(snapshot: Snapshot, field: Field, ref: ObjectRef): Told | undefined {
  if (!isKindName(ref.kind)) return undefined;
  const object = snapshot.get(ref.kind, ref.namespace, ref.name);
  const values = object === undefined ? undefined : valuesOf(field, snapshot, ref.kind, object);
  return values === undefined ? undefined : { ref, values };
}
