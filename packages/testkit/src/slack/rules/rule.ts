/**
 * What a payload may hold, as data: the validator walks it, and the tests take every bound of it to the edge and past
 * it. Lengths are Unicode code points.
 */
export type Rule = TextRule | NumberRule | FlagRule | WordRule | ListRule | ObjectRule | VariantRule | AnyRule;

export interface TextRule {
  readonly is: 'text';
  readonly min?: number;
  readonly max?: number;
  /** With an example, and what is said of a text that does not match. */
  readonly form?: { readonly pattern: RegExp; readonly example: string; readonly says: string };
}

export interface NumberRule {
  readonly is: 'number';
  readonly min?: number;
  readonly max?: number;
  /** Greater than this. */
  readonly above?: number;
  readonly isWhole?: boolean;
}

export interface FlagRule {
  readonly is: 'flag';
}

export interface WordRule {
  readonly is: 'word';
  readonly of: readonly string[];
}

export interface ListRule {
  readonly is: 'list';
  readonly of: Rule;
  readonly min?: number;
  readonly max?: number;
}

export interface Field {
  readonly rule: Rule;
  readonly isNeeded: boolean;
}

export interface ObjectRule {
  readonly is: 'object';
  /** What `type` has to say, where it has one. */
  readonly type?: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly conditions: readonly Condition[];
}

/** What fields have to do with each other. */
export type Condition =
  | { readonly kind: 'at-least-one'; readonly of: readonly string[] }
  | { readonly kind: 'exactly-one'; readonly of: readonly string[] }
  | { readonly kind: 'not-both'; readonly of: readonly [string, string] }
  | { readonly kind: 'needs'; readonly field: string; readonly other: string }
  | { readonly kind: 'not-more-than'; readonly field: string; readonly other: string }
  | { readonly kind: 'distinct'; readonly list: string; readonly by: string }
  | { readonly kind: 'same-length'; readonly rows: string }
  | { readonly kind: 'plain-header'; readonly rows: string }
  | { readonly kind: 'as-many-as-columns'; readonly list: string; readonly rows: string }
  | { readonly kind: 'among'; readonly field: string; readonly list: string }
  | { readonly kind: 'a-point-for-each'; readonly series: string; readonly axis: string };

/** One of several objects, told apart by `type`. `called`: what people call such a thing. */
export interface VariantRule {
  readonly is: 'variant';
  readonly called: string;
  readonly types: Readonly<Record<string, ObjectRule>>;
}

/** Anything that is JSON. */
export interface AnyRule {
  readonly is: 'any';
}

export function text(max?: number, min = 1): TextRule {
  return { is: 'text', min, ...(max === undefined ? {} : { max }) };
}

export function number(bounds: Omit<NumberRule, 'is'> = {}): NumberRule {
  return { is: 'number', ...bounds };
}

export const flag: FlagRule = { is: 'flag' };
export const any: AnyRule = { is: 'any' };

export function word(...of: readonly string[]): WordRule {
  return { is: 'word', of };
}

export function list(of: Rule, bounds: { readonly min?: number; readonly max?: number } = {}): ListRule {
  return { is: 'list', of, ...bounds };
}

export function needed(rule: Rule): Field {
  return { rule, isNeeded: true };
}

export function optional(rule: Rule): Field {
  return { rule, isNeeded: false };
}

export function object(fields: Readonly<Record<string, Field>>, ...conditions: readonly Condition[]): ObjectRule {
  return { is: 'object', fields, conditions };
}

/** An object whose `type` is that word. */
export function typed(
  type: string,
  fields: Readonly<Record<string, Field>>,
  ...conditions: readonly Condition[]
): ObjectRule {
  return { is: 'object', type, fields: { type: needed(word(type)), ...fields }, conditions };
}

export function variant(called: string, ...rules: readonly ObjectRule[]): VariantRule {
  return { is: 'variant', called, types: Object.fromEntries(rules.map((rule) => [rule.type ?? '', rule])) };
}
