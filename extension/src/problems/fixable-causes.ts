import type { Cause } from '@autodevops/domain/diagnosis';
import { t } from '../language/translate.ts';

/** Whether words name an object: `web`, `deployment/web`; no words name every one. */
export function isNamedIn(words: string, name: string): boolean {
  return (
    words === '' ||
    words
      .toLowerCase()
      .split(/[\s/]+/)
      .includes(name)
  );
}

/** Why nothing is offered for the causes that words are about, where none of them can be fixed. */
export function nothingToFix(words: string, fitting: readonly Cause[]): string {
  if (fitting.length > 0) return t('No action of the catalogue would help; a person has to do it.');
  return words === '' ? t('No problem is seen now.') : t('No present problem is called so.');
}
