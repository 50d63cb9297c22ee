import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Field } from '../fields/field.ts';
import { toldBy } from '../fields/told.ts';
import type { AskContext } from '../intent.ts';
import { inScope } from '../scope.ts';

/** One of the objects that a question chooses from. */
export interface Subject {
  readonly kind: KindName;
  readonly ref: ObjectRef;
  readonly metadata: Metadata;
}

/** What a field of the object says; nothing where it says nothing, or has no such field. */
export function valuesOf({ snapshot }: AskContext, field: Field, { ref }: Subject): readonly string[] {
  return toldBy(snapshot, field, ref)?.values ?? [];
}

/** Every object of some kinds in the question's scope. */
export function subjectsOf(context: AskContext, kinds: readonly KindName[]): readonly Subject[] {
  return kinds.flatMap((kind) =>
    inScope(context, kind).map((object) => ({ kind, ref: refTo(kind, object), metadata: object.metadata })),
  );
}

/** What a field of the object comes to, value by value; of a field that is no amount, how many values there are. */
export function amountsOf(context: AskContext, field: Field, subject: Subject): readonly number[] {
  const values = valuesOf(context, field, subject);
  return field.measure === undefined
    ? [values.length]
    : values.flatMap((value) => field.measure?.of(value, context.snapshot.now) ?? []);
}
