import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';

const longest = 200;

/** How a field is read, by kind. A kind that is absent has no such field; no values: this object does not set it. */
export type Readers = { readonly [K in KindName]?: (object: ObjectOf<K>, snapshot: Snapshot) => readonly string[] };

/** What of a field can be compared: more or less of it, sooner or later. */
export interface Measure {
  /** Of a value as the field words it, or of what a person wrote. */
  readonly of: (value: string, now: number) => number | undefined;
  /** A sum of it, for people; absent where a sum says nothing. */
  readonly text?: (sum: number) => string;
}

/** One thing that objects say of themselves. */
export interface Field {
  /** How it is said of one object: "storage class". */
  readonly said: string;
  /** A question that asks for it and nothing else. */
  readonly exact: RegExp;
  /** The words for it within a longer question. */
  readonly within: RegExp;
  readonly of: Readers;
  /** Of what every object has. */
  readonly any?: (metadata: Metadata) => readonly string[];
  readonly measure?: Measure;
  /** Written by people, so anything may stand in it: it is masked before it is shown. */
  readonly isFree?: true;
  /** Words that are a value of this field and name it by that: "best effort" is a QoS class. */
  readonly values?: RegExp;
}

/** `words` are the ways to call it, as one pattern without anchors; `loosely` are ways that mean it in a longer question only. */
export function field(
  said: string,
  words: string,
  of: Readers,
  { loosely, ...more }: Pick<Field, 'any' | 'measure' | 'values' | 'isFree'> & { readonly loosely?: string } = {},
): Field {
  const within = loosely === undefined ? words : `${words}|${loosely}`;
  return {
    said,
    exact: new RegExp(`^(?:${words})$`, 'i'),
    within: new RegExp(`(?<![\\w-])(?:${within})(?![\\w-])`, 'i'),
    of,
    ...more,
  };
}

/** The values of a field for an object; undefined where its kind has no such field. */
export function valuesOf<K extends KindName>(
  asked: Field,
  snapshot: Snapshot,
  kind: K,
  object: ObjectOf<K>,
): readonly string[] | undefined {
  const read = asked.of[kind];
  const values = read === undefined ? asked.any?.(object.metadata) : read(object, snapshot);
  if (values === undefined) return undefined;
  const shown = asked.isFree === true ? values.map((value) => oneLine(redact(value), longest)) : values;
  return [...new Set(shown.filter((value) => value !== ''))];
}

/** Whether objects of a kind have the field. */
export function hasField(asked: Field, kind: KindName): boolean {
  return asked.any !== undefined || asked.of[kind] !== undefined;
}

/** "yes" or "no" of a switch; nothing where it is not set. */
export function yesOrNo(flag: boolean | undefined): readonly string[] {
  return flag === undefined ? [] : [flag ? 'yes' : 'no'];
}

/** A value that may be absent, as the list of values that it is. */
export function one(value: string | number | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [String(value)];
}

/** `key=value` of each, as kubectl writes labels. */
export function pairs(map: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(map).map(([key, value]) => `${key}=${value}`);
}
