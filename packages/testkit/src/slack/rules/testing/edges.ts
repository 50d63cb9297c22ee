import { step } from '../checking/values.ts';
import type { ListRule, NumberRule, ObjectRule, Rule, TextRule } from '../rule.ts';
import type { ProblemCode } from '../problem.ts';
import { sampleOf } from './sample.ts';

/** A whole payload that is just inside of one bound, and one just past it. */
export interface Edge {
  readonly pointer: string;
  readonly code: ProblemCode;
  /** What is bounded: `text of at most 75`. */
  readonly says: string;
  readonly inside: unknown;
  readonly past: unknown;
}

type Wrap = (value: unknown) => unknown;

function edge(pointer: string, code: ProblemCode, says: string, wrap: Wrap, inside: unknown, past: unknown): Edge {
  return { pointer, code, says, inside: wrap(inside), past: wrap(past) };
}

/** Of two UTF-16 units and one code point: a length that counts units would be seen. */
const wide = '😀';

function ofText({ min = 0, max, form }: TextRule, pointer: string, wrap: Wrap): readonly Edge[] {
  const example = form?.example ?? 'x'.repeat(Math.max(1, min));
  return [
    edge(pointer, 'wrong_type', 'text', wrap, example, 1),
    ...(form === undefined
      ? []
      : [edge(pointer, 'invalid_value', form.says, wrap, form.example, `no ${form.example}`)]),
    ...(max === undefined
      ? []
      : [edge(pointer, 'too_long', `text of at most ${max}`, wrap, wide.repeat(max), wide.repeat(max + 1))]),
    ...(min === 0 || form !== undefined
      ? []
      : [edge(pointer, 'too_short', `text of at least ${min}`, wrap, wide.repeat(min), wide.repeat(min - 1))]),
  ];
}

function ofNumber({ min, max, above, isWhole = false }: NumberRule, pointer: string, wrap: Wrap): readonly Edge[] {
  const inside = min ?? (above ?? 0) + 1;
  return [
    edge(pointer, 'wrong_type', 'number', wrap, inside, String(inside)),
    ...(isWhole ? [edge(pointer, 'wrong_type', 'whole number', wrap, inside, inside + 0.5)] : []),
    ...(min === undefined ? [] : [edge(pointer, 'out_of_range', `at least ${min}`, wrap, min, min - 1)]),
    ...(max === undefined ? [] : [edge(pointer, 'out_of_range', `at most ${max}`, wrap, max, max + 1)]),
    ...(above === undefined ? [] : [edge(pointer, 'out_of_range', `above ${above}`, wrap, above + 0.001, above)]),
  ];
}

function ofList({ of, min, max }: ListRule, pointer: string, wrap: Wrap): readonly Edge[] {
  const items = (count: number): unknown[] => Array.from({ length: count }, (_, index) => sampleOf(of, index));
  return [
    edge(pointer, 'wrong_type', 'list', wrap, items(Math.max(1, min ?? 1)), 'x'),
    ...(min === undefined ? [] : [edge(pointer, 'too_few', `at least ${min}`, wrap, items(min), items(min - 1))]),
    ...(max === undefined ? [] : [edge(pointer, 'too_many', `at most ${max}`, wrap, items(max), items(max + 1))]),
    ...edgesOf(of, step(pointer, 0), (value) => wrap([value, ...items((min ?? 1) - 1)])),
  ];
}

function ofObject(rule: ObjectRule, pointer: string, wrap: Wrap): readonly Edge[] {
  const sample = sampleOf(rule) as Record<string, unknown>;
  const without = (name: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(sample).filter(([key]) => key !== name));
  const needed = Object.keys(rule.fields).filter((name) => rule.fields[name]?.isNeeded === true);
  return [
    edge(pointer, 'unknown_field', 'no other field', wrap, sample, { ...sample, surprise: 1 }),
    ...needed.map((name) => edge(pointer, 'missing_field', `${name} is needed`, wrap, sample, without(name))),
    ...Object.entries(rule.fields)
      .filter(([name]) => name !== 'type')
      .flatMap(([name, field]) =>
        edgesOf(field.rule, step(pointer, name), (value) => wrap({ ...sample, [name]: value })),
      ),
  ];
}

/** Every bound of a rule, each with a payload on both sides of it. */
export function edgesOf(rule: Rule, pointer: string, wrap: Wrap): readonly Edge[] {
  switch (rule.is) {
    case 'text':
      return ofText(rule, pointer, wrap);
    case 'number':
      return ofNumber(rule, pointer, wrap);
    case 'flag':
      return [edge(pointer, 'wrong_type', 'flag', wrap, true, 'true')];
    case 'word':
      return rule.of.map((word) => edge(pointer, 'invalid_value', `${word} among others`, wrap, word, `${word}-not`));
    case 'list':
      return ofList(rule, pointer, wrap);
    case 'object':
      return ofObject(rule, pointer, wrap);
    case 'variant':
      return [
        edge(step(pointer, 'type'), 'unknown_type', rule.called, wrap, sampleOf(rule), {
          ...(sampleOf(rule) as object),
          type: 'surprise',
        }),
        ...Object.values(rule.types).flatMap((type) => ofObject(type, pointer, wrap)),
      ];
    case 'any':
      return [];
  }
}
