import { readPolicy } from '@autodevops/agent-core/policy/reading/read-policy';
import type { PolicyFile } from '@autodevops/agent-core/policy/reading/read-policy';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { usageError } from '../options/usage-error.ts';
import type { Surroundings } from '../surroundings.ts';

/** The text of a file of policies or cases. Throws `policy.invalid` where it cannot be read. */
export async function policyText(path: string, { readFile }: Pick<Surroundings, 'readFile'>): Promise<string> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new AutoDevOpsError(
      'policy.invalid',
      `${path} cannot be read (${error.code ?? 'unknown'}).`,
      'Name a file that exists and may be read.',
      { cause: error },
    );
  });
}

/** The policy in the one file that a command takes. Throws `usage` and `policy.invalid`. */
export async function policyFromWords(
  positionals: readonly string[],
  surroundings: Pick<Surroundings, 'readFile'>,
): Promise<PolicyFile> {
  const [path, more] = positionals;
  if (path === undefined) throw usageError('Which policy?', 'Give a file; deploy/policies holds three examples.');
  if (more !== undefined) {
    throw usageError(`One policy at a time; "${printable(more)}" is one too many.`, 'Ask for one after the other.');
  }
  return readPolicy(await policyText(path, surroundings), path);
}
