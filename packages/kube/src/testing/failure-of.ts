import { AutoDevOpsError } from '@autodevops/domain/errors';

/** The error for people that a promise ends with. Anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<AutoDevOpsError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AutoDevOpsError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
