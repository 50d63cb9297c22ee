import type { Problem } from '../problem.ts';
import type { FlagRule, ListRule, NumberRule, ObjectRule, Rule, TextRule, VariantRule, WordRule } from '../rule.ts';
import { checkConditions } from './conditions.ts';
import { codePoints, isRecord, step } from './values.ts';

function wrongType(pointer: string, wanted: string): readonly Problem[] {
  return [{ pointer, code: 'wrong_type', message: `must be a ${wanted}` }];
}

function checkText(value: unknown, { min = 0, max, form }: TextRule, pointer: string): readonly Problem[] {
  if (typeof value !== 'string') return wrongType(pointer, 'string');
  const length = codePoints(value);
  if (length < min) {
    return [{ pointer, code: 'too_short', message: `must be more than ${min - 1} characters`, constraint: min }];
  }
  if (max !== undefined && length > max) {
    return [{ pointer, code: 'too_long', message: `must be less than ${max + 1} characters`, constraint: max }];
  }
  if (form !== undefined && !form.pattern.test(value)) return [{ pointer, code: 'invalid_value', message: form.says }];
  return [];
}

function checkNumber(
  value: unknown,
  { min, max, above, isWhole = false }: NumberRule,
  pointer: string,
): readonly Problem[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(pointer, 'number');
  if (isWhole && !Number.isInteger(value)) return wrongType(pointer, 'whole number');
  if (min !== undefined && value < min) {
    return [{ pointer, code: 'out_of_range', message: `must be ${min} or more`, constraint: min }];
  }
  if (max !== undefined && value > max) {
    return [{ pointer, code: 'out_of_range', message: `must be ${max} or less`, constraint: max }];
  }
  if (above !== undefined && value <= above) {
    return [{ pointer, code: 'out_of_range', message: `must be more than ${above}`, constraint: above }];
  }
  return [];
}

function checkFlag(value: unknown, _rule: FlagRule, pointer: string): readonly Problem[] {
  return typeof value === 'boolean' ? [] : wrongType(pointer, 'boolean');
}

function checkWord(value: unknown, { of }: WordRule, pointer: string): readonly Problem[] {
  if (typeof value !== 'string') return wrongType(pointer, 'string');
  return of.includes(value)
    ? []
    : [{ pointer, code: 'invalid_value', message: `must be a valid enum value`, constraint: of }];
}

function checkList(value: unknown, { of, min, max }: ListRule, pointer: string): readonly Problem[] {
  if (!Array.isArray(value)) return wrongType(pointer, 'array');
  const items: readonly unknown[] = value;
  return [
    ...(min !== undefined && items.length < min
      ? [{ pointer, code: 'too_few', message: `no fewer than ${min} items allowed`, constraint: min } as const]
      : []),
    ...(max !== undefined && items.length > max
      ? [{ pointer, code: 'too_many', message: `no more than ${max} items allowed`, constraint: max } as const]
      : []),
    ...items.flatMap((item, index) => check(item, of, step(pointer, index))),
  ];
}

function checkObject(value: unknown, { fields, conditions }: ObjectRule, pointer: string): readonly Problem[] {
  if (!isRecord(value)) return wrongType(pointer, 'object');
  const missing = Object.entries(fields).filter(([name, { isNeeded }]) => isNeeded && value[name] === undefined);
  return [
    ...missing.map(
      ([name]) => ({ pointer, code: 'missing_field', message: `missing required field: ${name}` }) as const,
    ),
    ...Object.entries(value).flatMap(([name, part]): readonly Problem[] => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) {
        return [{ pointer, code: 'unknown_field', message: `invalid additional property: ${name}` }];
      }
      return part === undefined ? [] : check(part, field.rule, step(pointer, name));
    }),
    ...checkConditions(value, conditions, pointer),
  ];
}

function checkVariant(value: unknown, { called, types }: VariantRule, pointer: string): readonly Problem[] {
  if (!isRecord(value)) return wrongType(pointer, called);
  const { type } = value;
  if (type === undefined) return [{ pointer, code: 'missing_field', message: 'missing required field: type' }];
  const rule = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
  if (rule === undefined) {
    return [
      {
        pointer: step(pointer, 'type'),
        code: 'unknown_type',
        message: `unsupported type: ${String(type)}`,
        constraint: Object.keys(types),
      },
    ];
  }
  return checkObject(value, rule, pointer);
}

/** What is wrong with a value, with where. */
export function check(value: unknown, rule: Rule, pointer: string): readonly Problem[] {
  switch (rule.is) {
    case 'text':
      return checkText(value, rule, pointer);
    case 'number':
      return checkNumber(value, rule, pointer);
    case 'flag':
      return checkFlag(value, rule, pointer);
    case 'word':
      return checkWord(value, rule, pointer);
    case 'list':
      return checkList(value, rule, pointer);
    case 'object':
      return rule.type === undefined
        ? checkObject(value, rule, pointer)
        : checkVariant(value, { is: 'variant', called: rule.type, types: { [rule.type]: rule } }, pointer);
    case 'variant':
      return checkVariant(value, rule, pointer);
    case 'any':
      return [];
  }
}
