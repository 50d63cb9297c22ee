import { listed } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import type { Field } from './field.ts';
import type { Told } from './told.ts';

/** Whether it orders objects by their age. */
export function isTime(field: Field): boolean {
  return field.said === 'creation time';
}

/** A value as people compare it: a time by how long ago it was. */
export function rankedText({ values }: Told, field: Field, now: number): string {
  const [value = ''] = values;
  return isTime(field) ? `${formatDuration(now - Date.parse(value))} old, made at ${value}` : listed(values);
}
