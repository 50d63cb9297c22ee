import { expect, it } from 'vitest';
import { parseQuantity } from './quantity.ts';

it.each([
  ['250m', 0.25],
  ['1Gi', 2 ** 30],
  ['2e3', 2000],
  [' 3 ', 3],
  ['-1', -1],
])('reads %s', (text, amount) => {
  expect(parseQuantity(text)).toBe(amount);
});

it.each(['', 'Gi', '1 Gi', '1GiB', '0x10', 'NaN'])('takes "%s" for none', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

it.each(['constructor', 'toString', '__proto__'])('takes what every object has under the name %s for none', (name) => {
  const amounts: Readonly<Record<string, string>> = {};
  expect(parseQuantity(amounts[name])).toBeUndefined();
});
