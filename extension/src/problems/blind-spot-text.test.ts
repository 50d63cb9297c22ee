import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import { expect, it } from 'vitest';
import { blindSpotText } from './blind-spot-text.ts';

it('what was not seen is told with its reason and its remedy, by the names that the editor has', () => {
  expect(
    blindSpotText({
      what: 'The rule "x"',
      why: 'It ended \u001B[31munexpectedly.',
      ...asRemedy(remedy`Report it with ${{ do: 'capture-bundle' }}.`),
    }),
  ).toBe(String.raw`The rule "x": It ended \x1b[31munexpectedly. Report it with Auto-DevOps: Capture Bundle.`);
});
