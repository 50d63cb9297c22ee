import { datedBeginning } from '@autodevops/domain/dated-beginning';
import type { Cause } from '@autodevops/domain/diagnosis';
import { t } from './translate.ts';

/** The change that a cause began with, and when it was made, in the language of the window; empty when none is known. */
export function beginningText(cause: Pick<Cause, 'began' | 'beganAt'>): string {
  return datedBeginning(cause, (time) => t('That was at {0}.', time));
}
