import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import { expect, it } from 'vitest';
import { failureText } from './failure-text.ts';

it('a failure is what happened and what to do, as the editor has it, and drives nothing', () => {
  expect(
    failureText({
      message: 'No agent \u001B[31manswers.',
      ...asRemedy(remedy`Start it with ${{ do: 'start-agent' }}.`),
    }),
  ).toBe(String.raw`No agent \x1b[31manswers. Start it with Auto-DevOps: Restart Agent.`);
  expect(failureText({ message: 'It ended.', remedy: '' })).toBe('It ended.');
});
