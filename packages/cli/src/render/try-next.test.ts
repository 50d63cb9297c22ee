import { expect, it } from 'vitest';
import { tryNext } from './try-next.ts';

const look = { columns: 40, rows: undefined, colour: false, unicode: true };
const tries = [
  ['npx autodevops fix', 'repair it'],
  ['npx autodevops doctor', 'what is missing'],
] as const;

it('what to try stands beside what it is good for', () => {
  expect(tryNext(tries, look)).toEqual([
    'Try next:',
    '  npx autodevops fix     repair it',
    '  npx autodevops doctor  what is missing',
  ]);
});

it('is told one below the other where the screen is narrow, and no line is broken', () => {
  expect(tryNext(tries, { ...look, columns: 39 })).toEqual([
    'Try next:',
    '  npx autodevops fix',
    '    repair it',
    '  npx autodevops doctor',
    '    what is missing',
  ]);
});
