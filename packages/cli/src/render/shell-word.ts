import { printable } from '@autodevops/domain/printable';

/** One word of a command line to copy: names from a bundle may hold anything, so odd ones are quoted. */
export function shellWord(text: string): string {
  const safe = printable(text);
  return /^[\w./:=@%+,-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}
