import { expect, it } from 'vitest';
import { catalogue } from '../analyzers/catalogue.ts';
import { objectCodes } from './signal-cause.ts';

it('knows every sort of code that may explain a signal', () => {
  const sorts = new Set([...catalogue.keys()].map((code) => `${code.split('.')[0]}.`));
  const missing = [...sorts].filter((sort) => sort !== 'signal.' && sort !== 'hygiene.' && !objectCodes.includes(sort));
  expect(missing).toEqual([]);
});
