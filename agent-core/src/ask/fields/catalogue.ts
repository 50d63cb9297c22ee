import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { accessFields } from './access-fields.ts';
import type { Field } from './field.ts';
import { hasField } from './field.ts';
import { metadataFields } from './metadata-fields.ts';
import { networkFields } from './network-fields.ts';
import { nodeFields } from './node-fields.ts';
import { podFields } from './pod-fields.ts';
import { resourceFields } from './resource-fields.ts';
import { storageFields } from './storage-fields.ts';
import { workloadFields } from './workload-fields.ts';

/** Everything that objects say of themselves and people ask for. */
export const fields: readonly Field[] = [
  ...resourceFields,
  ...podFields,
  ...workloadFields,
  ...networkFields,
  ...storageFields,
  ...nodeFields,
  ...accessFields,
  ...metadataFields,
];

/** The fields that these words are called by, of any kind. */
export function fieldsCalled(words: string): readonly Field[] {
  const plain = words.trim().replace(/^(?:the|its|their|all|any|every|each|own|current) /i, '');
  const found = fields.filter(({ exact }) => exact.test(plain));
  return found.length > 0
    ? found
    : fields.filter(({ exact }) => exact.test(plain.replace(/ (?:versions?|values?|settings?)$/i, '')));
}

/** A field that a text speaks of, and the text around its words. */
export interface FieldInText {
  readonly field: Field;
  readonly before: string;
  readonly after: string;
}

/** Whether one of the field's own values stands right behind it: "type NodePort" is no node port. */
function isFollowed(
  { field, match }: { readonly field: Field; readonly match: RegExpExecArray },
  text: string,
): boolean {
  return field.values?.test(text.slice(match.index + match[0].length).trim()) === true;
}

/** The field of a kind that a text speaks of, by the longest words for one. */
export function fieldWithin(text: string, kind: KindName): FieldInText | undefined {
  const found = fields
    .filter((field) => hasField(field, kind))
    .flatMap((field) => {
      const match = field.within.exec(text);
      return match === null ? [] : [{ field, match }];
    })
    .toSorted(
      (a, b) => Number(isFollowed(b, text)) - Number(isFollowed(a, text)) || b.match[0].length - a.match[0].length,
    );
  const [first] = found;
  if (first === undefined) return undefined;
  const { index, 0: words } = first.match;
  return { field: first.field, before: text.slice(0, index).trim(), after: text.slice(index + words.length).trim() };
}
