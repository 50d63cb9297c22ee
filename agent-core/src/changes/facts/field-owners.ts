import type { Manifest } from '@autodevops/domain/change/operation';
import { isRecord } from '@autodevops/domain/raw-record';
import { fieldNamed, isSame, managedFieldsOf, namesBelow } from '../../reading/managed-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface FieldOwner {
  readonly manager: string;
  /** By server-side apply, so it declares the field for good; otherwise it once wrote it. */
  readonly applies: boolean;
}

/**
 * Whether one of these fields differs. A field without fields below owns all that is below: a value, an atomic list or
 * map. So does an account without any, which a reader leaves of a list's objects: which fields they are cannot be told.
 */
function owns(fields: unknown, before: unknown, after: unknown): boolean {
  if (!isRecord(fields) || isSame(before, after)) return false;
  const names = namesBelow(fields);
  return (
    names.length === 0 || names.some((name) => owns(fields[name], fieldNamed(before, name), fieldNamed(after, name)))
  );
}

/** What is declared of an object, without what the server keeps for itself. */
function declared(object: Manifest): Fields {
  const { status: _status, metadata, ...rest } = object;
  const { labels, annotations, finalizers } = metadata;
  return { ...rest, metadata: { labels: labels ?? {}, annotations: annotations ?? {}, finalizers: finalizers ?? [] } };
}

/**
 * Who owns a field that would be changed, by the server's own account of the object as it is. Fields that are new are
 * nobody's; an account in another version of the API may mean any field.
 */
export function ownersOfChanges(before: Manifest, after: Manifest): readonly FieldOwner[] {
  const [was, is] = [declared(before), declared(after)];
  return managedFieldsOf(before)
    .filter(
      ({ fieldsV1, subresource, apiVersion }) =>
        subresource !== 'status' && owns(apiVersion === before.apiVersion ? fieldsV1 : {}, was, is),
    )
    .map(({ manager, operation }) => ({ manager, applies: operation === 'Apply' }));
}
