import { isMap, isScalar, stringify } from 'yaml';
import type { Scalar, YAMLMap } from 'yaml';
import type { FieldPath } from '../reading/field-path.ts';
import { follow } from '../reading/field-place.ts';
import type { Manifest } from '../reading/manifest.ts';
import type { TextEdit } from './text-edit.ts';

type Value = string | number | boolean | Readonly<Record<string, unknown>>;

/** As the file writes it now: quotes stay quotes. */
function written(value: string | number | boolean, { type }: Scalar): string {
  if (typeof value === 'string' && type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  if (typeof value === 'string' && type === 'QUOTE_SINGLE') return `'${value.replaceAll("'", "''")}'`;
  return stringify(value, { lineWidth: 0 }).trim();
}

function isFlow(map: YAMLMap): boolean {
  return map.flow === true;
}

/** Before the first key: what follows may be blanks and remarks of whatever comes next. */
function insertInto(map: YAMLMap, key: string, value: unknown, text: string): TextEdit | undefined {
  const first = map.items[0]?.key;
  if (!isScalar(first) || first.range == null) {
    return map.items.length === 0 && isFlow(map) && map.range != null
      ? { start: map.range[0], end: map.range[1], text: `{${key}: ${JSON.stringify(value)}}` }
      : undefined;
  }
  const [at] = first.range;
  if (isFlow(map)) return { start: at, end: at, text: `${stringify(key).trim()}: ${JSON.stringify(value)}, ` };
  const indent = ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
  const lines = stringify({ [key]: value }, { lineWidth: 0 })
    .trimEnd()
    .split('\n');
  return { start: at, end: at, text: `${lines.join(`\n${indent}`)}\n${indent}` };
}

/**
 * The edit that gives a field a value, leaving everything else of the file as it is written. Undefined where the value
 * is there already, or where nothing of the file says where it would stand.
 */
export function setField(manifest: Manifest, path: FieldPath, value: Value, text: string): TextEdit | undefined {
  const { node, rest } = follow(manifest, path);
  if (rest.length === 0) {
    if (
      !isScalar(node) ||
      node.range == null ||
      node.value === null ||
      typeof value === 'object' ||
      node.value === value
    ) {
      return undefined;
    }
    return { start: node.range[0], end: node.range[1], text: written(value, node) };
  }
  const [key, ...inner] = rest;
  if (!isMap(node) || typeof key !== 'string' || inner.some((step) => typeof step === 'number')) return undefined;
  return insertInto(
    node,
    key,
    inner.reduceRight<unknown>((held, step) => ({ [step]: held }), value),
    text,
  );
}
