import { z } from 'zod';
import { metaOf } from './option-meta.ts';
import type { OptionMeta } from './option-meta.ts';

/** One option as the command line sees it, read from the zod object that declares it. */
export interface OptionRow extends OptionMeta {
  /** The field: `minSeverity`. */
  readonly key: string;
  /** As typed, without dashes: `min-severity`. */
  readonly name: string;
  readonly takesValue: boolean;
  readonly repeats: boolean;
  readonly choices: readonly string[];
  /** Shown in help; empty when there is none worth showing. */
  readonly standard: string;
}

export type OptionSchema = z.ZodObject<Record<string, z.ZodType>>;

function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface Unwrapped {
  readonly inner: z.core.$ZodType;
  readonly standard: unknown;
}

function unwrap(schema: z.core.$ZodType): Unwrapped {
  let inner = schema;
  let standard: unknown;
  for (;;) {
    if (inner instanceof z.ZodDefault) {
      standard = inner.def.defaultValue;
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodOptional) {
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodPipe) {
      inner = inner.def.in;
    } else {
      return { inner, standard };
    }
  }
}

function choicesOf(schema: z.core.$ZodType): readonly string[] {
  const { inner } = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  return inner instanceof z.ZodArray ? choicesOf(inner.def.element) : [];
}

function standardText(standard: unknown): string {
  if (Array.isArray(standard)) return standard.join(',');
  return typeof standard === 'string' || typeof standard === 'number' ? String(standard) : '';
}

function rowOf(key: string, schema: z.ZodType): OptionRow {
  const { inner, standard } = unwrap(schema);
  return {
    ...metaOf(schema),
    key,
    name: kebab(key),
    takesValue: !(inner instanceof z.ZodBoolean),
    repeats: inner instanceof z.ZodArray,
    choices: choicesOf(schema),
    standard: standardText(standard),
  };
}

/** The options of a command, in the order in which they are declared. */
export function optionTable(schema: OptionSchema): readonly OptionRow[] {
  return Object.entries(schema.shape).map(([key, field]) => rowOf(key, field));
}

/** `-n, --namespace NAMESPACE` */
export function optionUsage(row: OptionRow): string {
  const names = row.short === undefined ? `    --${row.name}` : `-${row.short}, --${row.name}`;
  return row.takesValue ? `${names} ${row.value ?? 'VALUE'}` : names;
}
