import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromStored, toStored } from './stored-text.ts';

it('leaves a plain name as it is', () => {
  expect(toStored('slack:T1/U2 Müller')).toBe('slack:T1/U2 Müller');
});

it('gives every text back, whatever is in it', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fromStored(toStored(text)) === text));
  expect(fromStored(toStored('\ud800"\\\0'))).toBe('\ud800"\\\0');
});

it('writes only what a database can keep', () => {
  const stored = toStored('a\0b\udfff');
  expect(stored).not.toContain('\0');
  expect(stored.isWellFormed()).toBe(true);
});

it('refuses what is too long to be a key', () => {
  expect(toStored('ü'.repeat(500))).toHaveLength(500);
  expect(() => toStored('ü'.repeat(513))).toThrow(expect.objectContaining({ code: 'usage' }));
});
