import type { Cause } from '@autodevops/domain/diagnosis';
import { t } from './translate.ts';

/** The change that a cause began with, and when it was made; empty when none is known. */
export function beginningText({ began, beganAt = '' }: Pick<Cause, 'began' | 'beganAt'>): string {
  return began === '' || beganAt === '' ? began : `${began} ${t('That was at {0}.', beganAt)}`;
}
