import { assert, jsonValue, property } from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('is the same text whatever the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson({ '10': 1, '9': 2, é: 3, e: 4 })).toBe('{"10":1,"9":2,"e":4,"é":3}');
});

it('says what JSON.stringify says, and reads back as the same value', () => {
  assert(
    property(jsonValue(), (value) => {
      const same = JSON.parse(JSON.stringify(value)) as unknown;
      expect(JSON.parse(canonicalJson(same))).toEqual(same);
    }),
  );
});

it('leaves out what is undefined and refuses what JSON cannot say', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  expect(() => canonicalJson({ a: Number.NaN })).toThrow('JSON has no NaN.');
  expect(() => canonicalJson(() => 1)).toThrow('JSON has no function.');
});
