import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import type { FieldPath } from '../../scarlet/patches/field-patch.ts';
import { isSecretText, textLeaves } from '../../scarlet/secrets/secret-texts.ts';
import { pathOf } from '../undoing/recovery.ts';

/** A text of an operation that looks like a credential. */
export interface SecretPlace {
  /** In the operation. */
  readonly at: FieldPath;
  /** In the object that the operation is about. */
  readonly path: FieldPath;
  readonly value: string;
}

/**
 * Texts of an operation that look like credentials, by themselves or by the name that they stand under. A patch names a
 * field by its place in a list, so `views` are the object as it is and as it will be: what is called so in either counts.
 */
export function secretPlaces(operation: ClusterOperation, views: readonly Manifest[]): readonly SecretPlace[] {
  if (operation.verb === 'create' || operation.verb === 'apply') {
    const { object } = operation;
    return textLeaves(object)
      .filter(({ path, value }) => isSecretText([object], path, value))
      .map(({ path, value }) => ({ at: ['object', ...path], path, value }));
  }
  if (operation.verb !== 'patch') return [];
  return operation.steps.flatMap((step, index) => {
    if (step.op === 'remove') return [];
    const root = pathOf(step.path);
    const own = textLeaves(step.value);
    const found = own.filter(
      ({ path, value }) =>
        isSecretText(views, [...root, ...path], value) || (path.length > 0 && isSecretText([step.value], path, value)),
    );
    return found.map(({ path, value }) => ({
      at: ['steps', index, 'value', ...path],
      path: [...root, ...path],
      value,
    }));
  });
}
