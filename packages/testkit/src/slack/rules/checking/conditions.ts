import type { Problem } from '../problem.ts';
import type { Condition } from '../rule.ts';
import { asList, asRecord, step } from './values.ts';

type Value = Readonly<Record<string, unknown>>;

function given(value: Value, names: readonly string[]): readonly string[] {
  return names.filter((name) => value[name] !== undefined);
}

function conflict(pointer: string, message: string): readonly Problem[] {
  return [{ pointer, code: 'conflict', message }];
}

function repeated(list: readonly unknown[], by: string): readonly number[] {
  const seen = new Set<unknown>();
  return list.flatMap((item, index) => {
    const key = asRecord(item)[by];
    if (key === undefined) return [];
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated ? [index] : [];
  });
}

function columns(rows: unknown): number {
  return asList(asList(rows)[0]).length;
}

function pointProblems(value: Value, series: string, axis: string, pointer: string): readonly Problem[] {
  const categories = asList(asRecord(value[axis])['categories']);
  return asList(value[series]).flatMap((one, index) => {
    const labels = asList(asRecord(one)['data']).map((point) => asRecord(point)['label']);
    const isCovered =
      labels.length === categories.length &&
      new Set(labels).size === labels.length &&
      categories.every((category) => labels.includes(category));
    return isCovered
      ? []
      : conflict(step(step(pointer, series), index), 'must have exactly one point for each category');
  });
}

function check(value: Value, condition: Condition, pointer: string): readonly Problem[] {
  switch (condition.kind) {
    case 'at-least-one':
      return given(value, condition.of).length > 0
        ? []
        : [
            {
              pointer,
              code: 'missing_field',
              message: `missing one of the required fields: ${condition.of.join(', ')}`,
            },
          ];
    case 'exactly-one': {
      const names = given(value, condition.of);
      if (names.length === 1) return [];
      return names.length === 0
        ? [
            {
              pointer,
              code: 'missing_field',
              message: `missing one of the required fields: ${condition.of.join(', ')}`,
            },
          ]
        : conflict(pointer, `only one of these fields is allowed: ${condition.of.join(', ')}`);
    }
    case 'not-both':
      return given(value, condition.of).length < 2
        ? []
        : conflict(pointer, `only one of these fields is allowed: ${condition.of.join(', ')}`);
    case 'needs':
      return value[condition.field] !== true || value[condition.other] === true
        ? []
        : conflict(pointer, `${condition.field} needs ${condition.other}`);
    case 'not-more-than': {
      const [low, high] = [Number(value[condition.field] ?? Number.NaN), Number(value[condition.other] ?? Number.NaN)];
      return low > high ? conflict(step(pointer, condition.field), `must not be more than ${condition.other}`) : [];
    }
    case 'distinct':
      return repeated(asList(value[condition.list]), condition.by).map((index) => ({
        pointer: step(step(step(pointer, condition.list), index), condition.by),
        code: 'duplicate_id',
        message: `${condition.by} must be unique`,
      }));
    case 'same-length': {
      const width = columns(value[condition.rows]);
      return asList(value[condition.rows]).flatMap((row, index) =>
        asList(row).length === width
          ? []
          : conflict(step(step(pointer, condition.rows), index), `must have ${width} cells as the first row has`),
      );
    }
    case 'plain-header':
      return asList(asList(value[condition.rows])[0]).flatMap((cell, index) =>
        asRecord(cell)['type'] === 'rich_text'
          ? conflict(step(step(step(pointer, condition.rows), 0), index), 'must not be rich text in the header')
          : [],
      );
    case 'as-many-as-columns':
      return value[condition.list] === undefined ||
        asList(value[condition.list]).length <= columns(value[condition.rows])
        ? []
        : conflict(step(pointer, condition.list), 'must not have more entries than there are columns');
    case 'among': {
      if (value[condition.field] === undefined || value[condition.list] === undefined) return [];
      const wanted = JSON.stringify(value[condition.field]);
      return asList(value[condition.list]).some((option) => JSON.stringify(option) === wanted)
        ? []
        : conflict(step(pointer, condition.field), `must be one of ${condition.list}`);
    }
    case 'a-point-for-each':
      return pointProblems(value, condition.series, condition.axis, pointer);
  }
}

export function checkConditions(value: Value, conditions: readonly Condition[], pointer: string): readonly Problem[] {
  return conditions.flatMap((condition) => check(value, condition, pointer));
}
