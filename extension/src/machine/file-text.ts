import { readFile } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { t } from '../language/translate.ts';

/** What a file says; undefined where there is none. Throws `config.invalid` where it may not be read. */
export async function fileText(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new AutoDevOpsError(
      'config.invalid',
      t('{0} cannot be read ({1}).', path, error.code ?? ''),
      t('Correct the rights of the file.'),
      { cause: error },
    );
  });
}
