import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { fieldsCalled } from '../fields/catalogue.ts';
import { hasField } from '../fields/field.ts';
import type { Field } from '../fields/field.ts';

const besides =
  /(?:^|,? )(?:together )?(?:with|and|plus|including|showing) (?:their|its|the) (?<fields>[a-z][\w ,-]*)$/i;

/** Takes "with their cluster IPs and ports" off the end; where not all of it is known, nothing. */
export function readColumns(
  text: string,
  kinds: readonly KindName[],
): { readonly columns: readonly Field[]; readonly rest: string } {
  const match = besides.exec(text);
  const words = match?.groups?.['fields']?.split(/,? and |, /i) ?? [];
  const columns = words.map((called) =>
    fieldsCalled(called).find((field) => kinds.some((kind) => hasField(field, kind))),
  );
  const known = columns.filter((field) => field !== undefined);
  return match === null || known.length < columns.length
    ? { columns: [], rest: text }
    : { columns: known, rest: text.slice(0, match.index) };
}
