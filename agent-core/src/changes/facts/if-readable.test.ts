import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { ifReadable } from './if-readable.ts';

const failing = (error: unknown) => async (): Promise<never> => {
  throw error;
};

it('gives what is seen, nothing included', async () => {
  expect(await ifReadable(async () => 3)).toBe(3);
  expect(await ifReadable(async () => undefined)).toBeUndefined();
});

it('is not known where the cluster does not let it be seen', async () => {
  const denied = new AutoDevOpsError('cluster.forbidden', 'You may not list pods.', 'Ask for it.');
  expect(await ifReadable(failing(denied))).toBeUndefined();
});

it.each([
  ['an interruption', new AutoDevOpsError('interrupted', 'It was stopped.', 'Begin anew.')],
  ['a mistake of the program', new TypeError('x is not a function')],
])('lets %s through', async (_name, error) => {
  await expect(ifReadable(failing(error))).rejects.toBe(error);
});
