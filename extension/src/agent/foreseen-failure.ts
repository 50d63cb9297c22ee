import { AutoDevOpsError } from '@autodevops/domain/errors';
import { t } from '../language/translate.ts';

/** What failed, as an error with a sentence for people. */
export function foreseenFailure(error: unknown): AutoDevOpsError {
  return error instanceof AutoDevOpsError
    ? error
    : new AutoDevOpsError(
        'internal',
        t('Something went wrong that nobody foresaw.'),
        t('See the log of the extension.'),
        { cause: error },
      );
}
