import { Damaged } from './damaged.ts';

/** An object as a parser gives it: as the API sent it, or what its shape reads of that. */
export interface ParsedObject {
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Throws `Damaged` for what is no object. */
export function asParsedObject(value: unknown): ParsedObject {
  const { metadata } = (value ?? {}) as { metadata?: unknown };
  if (typeof metadata !== 'object' || metadata === null) throw new Damaged('sends an object that is none');
  return value as ParsedObject;
}
