import { oneLine } from '@autodevops/domain/printable';

/** Foreign text as one part of a document's path: short, on one line, without what paths are made of. */
export function tabName(text: string): string {
  const plain = oneLine(text, 80)
    .replaceAll(/[\\/?#%:]+/g, ' ')
    .trim();
  return plain === '' || /^\.+$/.test(plain) ? '_' : plain;
}
