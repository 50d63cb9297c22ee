import { isRecord } from '@autodevops/domain/raw-record';
import type { FieldPath } from './field-path.ts';

export type Fields = Readonly<Record<string, unknown>>;

const nothing: Fields = Object.freeze({});

/** What lies at a path; undefined where nothing does. */
export function fieldAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((at, step) => {
    if (typeof step === 'number') return Array.isArray(at) ? (at[step] as unknown) : undefined;
    return isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, value);
}

export function mapAt(value: unknown, ...path: FieldPath): Fields {
  const found = fieldAt(value, path);
  return isRecord(found) ? found : nothing;
}

export function listAt(value: unknown, ...path: FieldPath): readonly unknown[] {
  const found = fieldAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** A text, or a number as one; empty where there is neither. */
export function textAt(value: unknown, ...path: FieldPath): string {
  const found = fieldAt(value, path);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : '';
}

/** A map of texts, such as labels; what is no text is left out. */
export function textsAt(value: unknown, ...path: FieldPath): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapAt(value, ...path)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
