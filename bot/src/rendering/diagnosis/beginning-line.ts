import type { RichTextSection } from '@slack/types';
import type { Cause } from '@autodevops/domain/diagnosis';
import { line, when, words } from '../text/rich-text.ts';

/** The change that a cause began with, and when it was made; nothing where none is known. */
export function beginningLine({ began, beganAt = '' }: Pick<Cause, 'began' | 'beganAt'>): RichTextSection | undefined {
  if (began === '') return undefined;
  const changed = when(beganAt);
  return changed === undefined ? line(words(began)) : line(words(began), words(' That was '), changed);
}
