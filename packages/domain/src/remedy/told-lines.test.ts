import { expect, it } from 'vitest';
import { asRemedy, remedy } from './remedy.ts';
import { linesToldBy } from './told-lines.ts';

it('tells the lines that name a step as the surface does, and leaves the others', () => {
  const named = asRemedy(remedy`See it with ${{ do: 'list-changes' }}.`);
  const lines = ['`autodevops change list` is quoted.', named.remedy];
  expect(linesToldBy(() => 'Press the button.', { lines, remedies: [named] })).toEqual([lines[0], 'Press the button.']);
  expect(linesToldBy(() => 'Press the button.', { lines })).toEqual(lines);
});
