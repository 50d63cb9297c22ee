import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { fields } from '../fields/catalogue.ts';
import { hasField } from '../fields/field.ts';
import type { Field } from '../fields/field.ts';

/** A field whose words stand at the front, by the longest words for one. */
export function fieldAtFront(
  words: string,
  kinds: readonly KindName[],
): { readonly field: Field; readonly rest: string } | undefined {
  const [found] = fields
    .filter((field) => kinds.some((kind) => hasField(field, kind)))
    .flatMap((field) => {
      const match = field.within.exec(words);
      return match?.index === 0 ? [{ field, length: match[0].length }] : [];
    })
    .toSorted((a, b) => b.length - a.length);
  return found === undefined ? undefined : { field: found.field, rest: words.slice(found.length).trim() };
}
