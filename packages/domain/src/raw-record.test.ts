import { expect, it } from 'vitest';
import { isRecord } from './raw-record.ts';

it('an object has fields, even an empty one or one without a prototype', () => {
  expect([{}, { a: 1 }, Object.create(null), JSON.parse('{"__proto__":1}')].map(isRecord)).toEqual(
    Array.from({ length: 4 }, () => true),
  );
});

it.each([null, undefined, [], [{}], 'text', 7, true])('%j has none', (value) => {
  expect(isRecord(value)).toBe(false);
});
