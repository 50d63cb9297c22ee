import { AutoDevOpsError } from '@autodevops/domain/errors';
import { SuppressionFile } from '@autodevops/domain/suppression';
import type { Suppression } from '@autodevops/domain/suppression';
import { parse } from 'yaml';
import { z } from 'zod';

const barred = ['may not be read by you', 'Change its permissions, or give another one with --suppressions.'] as const;

/** Reads a file of suppressions. Throws `suppression.invalid` when it is not whole: half a list would hide too much or too little. */
function suppressionsFrom(path: string, text: string): readonly Suppression[] {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new AutoDevOpsError(
      'suppression.invalid',
      `${path} is not YAML: ${why}`,
      'Correct the file; docs/cli.md shows the form.',
      { cause: error },
    );
  }
  const result = SuppressionFile.safeParse(value);
  if (result.success) return result.data.suppressions;
  const problems = z.prettifyError(result.error).replaceAll('\n', ' ');
  throw new AutoDevOpsError(
    'suppression.invalid',
    `${path} is not a list of suppressions: ${problems}`,
    'Each needs code, object, owner, reason and expires.',
  );
}

/** As `suppressionsFrom`, but of the file itself; one that cannot be read is told in the same way. */
export async function readSuppressions(
  path: string,
  readFile: (path: string) => Promise<string>,
): Promise<readonly Suppression[]> {
  let text: string;
  try {
    text = await readFile(path);
  } catch (error) {
    const { code } = error as { code?: unknown };
    const [why, remedy] =
      code === 'EACCES' || code === 'EPERM'
        ? barred
        : [
            code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : 'cannot be read',
            'Check the path that is given with --suppressions.',
          ];
    throw new AutoDevOpsError('suppression.invalid', `The file of suppressions, ${path}, ${why}.`, remedy, {
      cause: error,
    });
  }
  return suppressionsFrom(path, text);
}
