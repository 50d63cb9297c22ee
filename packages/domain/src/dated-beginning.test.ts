import { expect, it } from 'vitest';
import { datedBeginning } from './dated-beginning.ts';

const began = 'Since revision 7: image 1.4 → 1.5.';
const beganAt = '2026-01-01T11:48:00Z';

it('what a cause began with has its date, where one is known', () => {
  expect(datedBeginning({ began, beganAt })).toBe(`${began} That was at ${beganAt}.`);
  expect(datedBeginning({ began })).toBe(began);
  expect(datedBeginning({ began: '', beganAt })).toBe('');
});

it('the date is told in the language of who reads it', () => {
  expect(datedBeginning({ began, beganAt }, (time) => `Das war um ${time}.`)).toBe(`${began} Das war um ${beganAt}.`);
});
