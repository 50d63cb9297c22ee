import { expect, it } from 'vitest';
import { AutoDevOpsError, errorCodes } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { isUnplannable } from './unplannable.ts';

it('of all failures, only what no action reads and what an action refuses leaves another way open', () => {
  const codes = Object.keys(errorCodes) as ErrorCode[];
  expect(codes.filter((code) => isUnplannable(new AutoDevOpsError(code, 'No.', 'Wait.')))).toEqual(
    expect.arrayContaining(['change.invalid', 'change.refused']),
  );
  expect(codes.filter((code) => isUnplannable(new AutoDevOpsError(code, 'No.', 'Wait.')))).toHaveLength(2);
});

it.each([new Error('change.refused'), { code: 'change.refused' }, undefined])(
  'is no failure of a plan: %s',
  (error) => {
    expect(isUnplannable(error)).toBe(false);
  },
);
