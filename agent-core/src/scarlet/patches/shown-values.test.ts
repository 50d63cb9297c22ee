import { expect, it } from 'vitest';
import { applied, patched } from './shown-values.ts';

it('a value that the server writes its own way, or adds to, is still shown', () => {
  expect(patched({ limits: { cpu: '1', memory: '64Mi' }, more: true }, { limits: { cpu: '1000m' } })).toBe(true);
  expect(patched({ limits: { cpu: '2' } }, { limits: { cpu: '1' } })).toBe(false);
  expect(patched({}, { limits: { cpu: '1' } })).toBe(false);
});

it('a patch sets a list as it stands, and an apply leaves the entries of others in it', () => {
  const [live, wanted] = [[{ name: 'a', port: 1 }, { name: 'b' }], [{ name: 'b' }]];
  expect(patched(live, wanted)).toBe(false);
  expect(patched(live, [{ name: 'a' }, { name: 'b' }])).toBe(true);
  expect(applied(live, wanted)).toBe(true);
  expect(applied(live, [{ name: 'c' }])).toBe(false);
});
