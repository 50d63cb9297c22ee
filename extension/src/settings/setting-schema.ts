/**
 * The JSON Schema of a setting, as the manifest has it from the setting's zod shape: by it a window reads what is
 * configured without loading zod. A test holds every keyword that the manifest uses against what is known here.
 */
export interface ValueSchema {
  readonly type: 'string' | 'boolean' | 'integer' | 'array';
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: ValueSchema;
}

export interface SettingSchema extends ValueSchema {
  readonly default: unknown;
}

type Found = string | undefined;

function outside(size: number, least: number | undefined, most: number | undefined): boolean {
  return size < (least ?? -Infinity) || size > (most ?? Infinity);
}

function mistakeInString(value: unknown, { minLength, maxLength, enum: choices }: ValueSchema): Found {
  if (typeof value !== 'string') return 'is no text';
  if (choices !== undefined && !choices.includes(value)) return `is none of ${choices.join(', ')}`;
  return outside(value.length, minLength, maxLength)
    ? `is not of ${minLength ?? 0} to ${maxLength ?? 'any number of'} characters`
    : undefined;
}

function mistakeInInteger(value: unknown, { minimum, maximum }: ValueSchema): Found {
  if (!Number.isSafeInteger(value)) return 'is no whole number';
  return outside(Number(value), minimum, maximum)
    ? `is not from ${minimum ?? 'any'} to ${maximum ?? 'any'}`
    : undefined;
}

function mistakeInArray(value: unknown, { maxItems, items }: ValueSchema): Found {
  if (!Array.isArray(value)) return 'is no list';
  if (outside(value.length, undefined, maxItems)) return `has more than ${maxItems} entries`;
  if (items === undefined) return undefined;
  const found = value.map((one) => mistakeIn(one, items)).find((mistake) => mistake !== undefined);
  return found === undefined ? undefined : `has an entry that ${found}`;
}

const checks: Readonly<Record<ValueSchema['type'], (value: unknown, schema: ValueSchema) => Found>> = {
  string: mistakeInString,
  integer: mistakeInInteger,
  array: mistakeInArray,
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'is neither true nor false'),
};

/** What is wrong with a value, as the end of a sentence about it; undefined where nothing is. */
export function mistakeIn(value: unknown, schema: ValueSchema): Found {
  return checks[schema.type](value, schema);
}
