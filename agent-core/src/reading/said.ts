import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';

/** Foreign text for use within a sentence: on one line, masked, printable, without a full stop at its end. */
export function said(text: string, length = 240): string {
  return oneLine(redact(text), length).replace(/\.$/, '');
}
