import { expect, it } from 'vitest';
import { tabName } from './tab-name.ts';

it('is one part of a path, whatever it is made from', () => {
  expect(tabName('arn:aws:eks:eu-west-1:1/prod')).toBe('arn aws eks eu-west-1 1 prod');
  expect(tabName('../../etc/passwd')).toBe('.. .. etc passwd');
  expect(tabName('..')).toBe('_');
  expect(tabName('a\nb\u202e')).toBe(String.raw`a b\u{202e}`.replace('\\', ' '));
  expect(tabName('')).toBe('_');
  expect(tabName('x'.repeat(300))).toHaveLength(80);
});
