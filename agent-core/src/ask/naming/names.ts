import { listed } from '@autodevops/domain/count-words';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { distinctBy } from '../../reading/distinct-by.ts';

/** "Deployment shop/web and Service shop/web" */
export function namesOf(refs: readonly ObjectRef[]): string {
  return listed(refs.map(refText));
}

/** Each object once, in the order in which they came. */
export function distinct(refs: readonly ObjectRef[]): readonly ObjectRef[] {
  return distinctBy(refs, refKey);
}
